"""What of a project a task can learn from, whether that is enough, and what stands in the way.

No torch here.
"""
