"""What the product does: stores, domain services, analytics, audit."""
