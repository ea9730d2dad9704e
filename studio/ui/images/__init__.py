"""Lists of images: the model behind them, their thumbnails, and the Images workspace."""
