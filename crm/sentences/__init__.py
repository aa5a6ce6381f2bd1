"""A sentence about a contact, read: words, clauses, what they tell."""
