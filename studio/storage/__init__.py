"""The project on disk: one SQLite file, one door for edits, one for facts."""
