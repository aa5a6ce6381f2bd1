"""What runs in a process of its own, so that a file that breaks its reader breaks nothing else.

Its scripts use the standard library, one reader and one another; they import nothing else of ours, so that they start
at once.
"""
