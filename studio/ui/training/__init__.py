"""The Train workspace: what can be trained, the run in progress, and the runs before it."""
