"""What a user can do, in plain Python: the only door through which the window and the command line reach the rest."""
