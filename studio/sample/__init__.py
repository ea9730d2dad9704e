"""The sample project: pictures of small parts on a bench, drawn by a seeded program.

``bench`` makes surfaces, ``reliefs`` the height fields of parts, ``light`` shades them,
``scenes`` puts the three together and ``project`` makes a labelled project of it. ``pretrain``
teaches the small backbone on scenes of other shapes.
"""
