"""The demo: the accounts and the cases of the source documents, made through the portal's own actions."""
