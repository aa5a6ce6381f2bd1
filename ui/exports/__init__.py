"""A canvas as a file that people keep or send: a page, a drawing, or data for other graph software."""
