"""Frozen values and pure functions: what the program is about, without disk, torch or Qt."""
