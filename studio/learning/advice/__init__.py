"""The automatic settings of a training, each with its reason. No torch here."""
