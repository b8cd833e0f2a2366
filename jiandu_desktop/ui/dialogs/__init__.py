"""Dialogs: only for what no line in place can say."""
