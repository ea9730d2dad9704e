"""The window around the workspaces: header, status bar, and the project that is open."""
