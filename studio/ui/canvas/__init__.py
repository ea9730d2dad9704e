"""The canvas: one picture, the shapes on it, and the tools that change them."""
