"""What runs in a process of its own, so that a file that breaks its reader breaks nothing else.

Its scripts use the standard library and one reader; they import nothing of ours, so that they start at once.
"""
