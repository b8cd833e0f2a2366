"""新文书: a letter, form or list about problems, written with its page beside it."""
