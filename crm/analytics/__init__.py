"""Measures of a network: pure functions from a network on a day to small frozen results; no store, no clock."""
