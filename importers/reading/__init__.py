"""From bytes to tables, and from a table's headers and cells to values: what formats read with."""
