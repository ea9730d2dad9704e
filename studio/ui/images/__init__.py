"""Lists of images: the model behind them, how they are searched, and the Images workspace."""
