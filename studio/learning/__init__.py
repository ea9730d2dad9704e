"""Training, evaluation and prediction without a window. Torch lives here and nowhere else.

``events``, ``config``, ``recipe`` and ``catalogue`` import no torch, so that the window may.
"""
