"""Documents of others, opened only in a process of their own: it may die, hang or swell without harm.

``process`` starts one and asks it, ``child`` holds what runs there, ``documents`` says what a proof's file shows.
"""
