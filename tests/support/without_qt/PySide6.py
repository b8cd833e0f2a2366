"""Stands in for PySide6 in the run of the tests below ui and in the processes they start: absent."""

raise ModuleNotFoundError("this run has no PySide6: only jiandu_desktop.ui may ask for it", name="PySide6")
