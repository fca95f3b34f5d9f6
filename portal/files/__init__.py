"""What people send: judged by its content, pictures drawn anew. No tables, and nothing known of the rest."""
