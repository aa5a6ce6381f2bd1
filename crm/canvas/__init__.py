"""The network as a picture: what a view shows, how it is laid out, and what is written from it."""
