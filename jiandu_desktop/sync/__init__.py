"""The shared folder between laptops and the office."""
