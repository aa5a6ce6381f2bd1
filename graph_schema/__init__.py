"""What may be in the graph: node and link types, vocabularies, the territory reference. Pure, no I/O but its data."""
