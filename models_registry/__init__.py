"""Self-managed models and certification: the room is reserved, its first slice is still to come."""
