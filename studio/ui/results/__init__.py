"""The Results workspace: how good a model is, and where it is wrong."""
