"""The canvas's tools, one a file; ``tool`` says what a tool is."""
