"""What a user can do, in plain Python: one method, one unit of work."""
