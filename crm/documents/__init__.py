"""What leaves the network as a file, by one door (``gate``): spreadsheets, calendars, pictures, data for graphs."""
