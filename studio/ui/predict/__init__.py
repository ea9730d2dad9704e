"""The Predict workspace: what a model sees on images it has never met."""
