"""What this documentation takes from the code itself: pages that can never say anything else than it does."""
