"""labelme's JSON, one file an image; X-AnyLabeling's too."""
