"""Work off the window's thread, and how its results come back. What hangs holds nobody up."""
