"""The pages of reports: reading for all, writing for the unit, review and compilation for the province."""
