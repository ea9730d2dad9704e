"""CVAT's own XML, for images and for videos."""
