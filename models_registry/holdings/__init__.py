"""What there is as of a day: core forces by kind, and loans for reintegration in totals. Never who."""
