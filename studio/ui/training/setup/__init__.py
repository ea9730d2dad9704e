"""The page that starts a training: what can be trained, and every setting with its reason."""
