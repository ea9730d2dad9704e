"""The Label workspace: canvas, tool strip, classes, shapes and the strip of images."""
