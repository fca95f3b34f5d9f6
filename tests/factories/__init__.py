"""Small factories: what a test needs, said in one line each."""
