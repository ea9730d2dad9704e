"""Work in the background: a child process does it, a thread of the window listens to it.

Only ``thread`` and ``queue`` know Qt; only ``engine`` and ``quick_worker``, inside a child, reach
torch.
"""
