"""Claims held against the network: what each is about, what it changes, what becomes of it."""
