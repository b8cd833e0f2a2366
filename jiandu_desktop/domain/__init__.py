"""The words and rules of school inspection, in plain Python without any library."""
