"""From image files to batches: reading, resizing, cutting into tiles and varying."""
