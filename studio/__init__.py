"""Vision Studio: label pictures, train a model on them, see what it sees."""

__version__ = "0.1.0"
