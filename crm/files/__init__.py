"""Files of this machine: their paths, rights, locks, charsets and types, and what it remembers in them."""
