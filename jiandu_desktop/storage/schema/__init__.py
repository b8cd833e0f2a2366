"""Numbered SQL steps that build the database; a step is never changed once it was released."""
