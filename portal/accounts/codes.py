"""The letters of what is read out or copied by hand."""

# None that are mistaken for one another.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
