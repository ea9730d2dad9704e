"""Training, evaluation and prediction without a window. Torch lives here and nowhere else.

What lies in this folder itself is the run: the trainer, what it works with, what it leaves, and
what is done with a model afterwards (``evaluate``, ``predictor``). ``config``, ``choices``,
``events``, ``spec``, ``snapshot`` and whole packages (``catalogue``, ``readiness``, ``advice``,
``analysis``) import no torch, so that the window may import them; an import contract holds that.
"""
