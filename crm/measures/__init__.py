"""What a network measures on a day, read once and kept: freshness, coverage, calls, growth, introductions."""
