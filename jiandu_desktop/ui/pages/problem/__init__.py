"""One problem in the window: its record with four lists, its life step by step, and the forms of each step."""
