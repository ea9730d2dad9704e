"""Networks, each built with random weights by a function that names its sizes."""
