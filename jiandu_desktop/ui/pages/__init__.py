"""The pages of the rail and the rooms that are entered from them."""
