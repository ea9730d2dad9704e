"""Tags of whole images: as folders of classes, or as a table."""
