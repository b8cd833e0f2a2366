"""Stands in for shiboken6 in the run of the tests below ui and in the processes they start: absent."""

raise ModuleNotFoundError("this run has no shiboken6: only jiandu_desktop.ui may ask for it", name="shiboken6")
