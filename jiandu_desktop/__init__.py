"""Jiandu: the desktop workplace of a responsible education inspector (责任督学)."""

__version__ = "0.1.0"
