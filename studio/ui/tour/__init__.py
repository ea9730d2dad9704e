"""The tour: five bubbles that point at where one begins."""
