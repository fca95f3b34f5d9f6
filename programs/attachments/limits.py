"""How much one activity holds, and how long one request may take; of one file see portal/files/sizes.py."""

PHOTOS_PER_ENTRY = 10
EVIDENCE_PER_ENTRY = 10
# For all pictures of one request: gunicorn ends a web worker after 30 s.
REQUEST_WALL_S = 20
