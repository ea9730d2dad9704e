"""Pascal VOC: an XML file an image."""
