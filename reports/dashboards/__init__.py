"""A province's figures as a page: read from the tally when asked, every number opens what is behind it."""
