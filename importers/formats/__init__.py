"""The formats: each module turns the bytes of a file into claims, and nothing else knows it."""
