"""The steps of `tools.build_territory`, one module per source of data."""
