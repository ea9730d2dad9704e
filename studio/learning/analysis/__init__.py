"""What finished runs tell beside each other. No torch here."""
