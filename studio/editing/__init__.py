"""What a user's verbs mean as edits, and the open project they are applied to."""
