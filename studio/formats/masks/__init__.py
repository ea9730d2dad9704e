"""Masks as PNG: one an image, of class numbers, or one an object."""
