"""Pixels: reading image files, masks, pyramids. NumPy, OpenCV, Pillow and tifffile; no Qt."""
