"""Runs: one in full, all of them in a list, and some beside each other."""
