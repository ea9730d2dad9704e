"""Which key does what, where the keyboard is, and how the user sees it."""
