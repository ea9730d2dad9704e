"""The Dataset workspace: what the project holds as a whole."""
