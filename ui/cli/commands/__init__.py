"""The commands: each module here is one, named as it is typed, and nothing else lists it.

A module holds the click command of its own name (``import_`` for what Python keeps for itself), whose ``rank`` is its
place in the help page.
"""
