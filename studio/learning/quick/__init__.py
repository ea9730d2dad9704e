"""The quick classifier: a linear fit to what a frozen network sees, made anew while one tags."""
