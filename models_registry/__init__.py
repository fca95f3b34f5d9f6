"""Self-managed models and their life, core forces, loans, certification: what stands, as of a day."""
