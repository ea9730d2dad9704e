"""COCO: one JSON file of boxes, outlines, run lengths and keypoints."""
