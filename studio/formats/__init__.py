"""Data sets of other programs: one file a format, each parsing at the border and then trusted."""
