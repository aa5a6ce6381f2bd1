"""A network as a whole: backed up, copied, brought to a newer schema, examined."""
