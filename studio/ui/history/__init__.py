"""The history panel: every edit, how an image was after it, and the way back."""
