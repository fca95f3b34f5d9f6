"""Kinds of background work of this room."""
