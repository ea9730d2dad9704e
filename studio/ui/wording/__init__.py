"""What the program says in the user's language about things that have no words of their own."""
