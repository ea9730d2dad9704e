"""Files of pretrained weights: where they are found, what each is, and how it gets into a model."""
