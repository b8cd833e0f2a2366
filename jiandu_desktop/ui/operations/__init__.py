"""What a user does and asks for, by name: each runs on the database lane and tells the window when it is done."""
