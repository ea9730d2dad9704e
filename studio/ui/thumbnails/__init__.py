"""Small pictures of image files: decoded on threads, kept in memory and on disk."""
