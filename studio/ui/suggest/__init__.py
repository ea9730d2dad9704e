"""A trained model's suggestions on the image that is being labelled."""
