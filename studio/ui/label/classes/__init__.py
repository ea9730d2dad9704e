"""The panel of classes: choosing, adding, grouping, merging."""
