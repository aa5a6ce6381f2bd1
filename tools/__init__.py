"""Scripts that maintain the repository; nothing here is shipped to users."""
