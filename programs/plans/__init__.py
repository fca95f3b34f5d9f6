"""What is done about a programme: documents, plans and targets, meetings, signings, awards, and its page."""
