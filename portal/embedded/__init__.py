"""What the portal needs on a bare machine: a PostgreSQL of its own and one supervisor. Needs no Django."""
