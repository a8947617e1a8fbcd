"""What only maps need."""
