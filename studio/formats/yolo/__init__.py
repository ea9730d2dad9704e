"""YOLO: a text file an image, a line an object, and a description of the data set."""
