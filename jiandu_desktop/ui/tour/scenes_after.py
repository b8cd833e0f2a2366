"""After the visit: sync, the office collects, and the pages that show what became of it."""
from __future__ import annotations
from jiandu_desktop.ui.tour.stage import Scene
SCENES: tuple[Scene, ...] = ()
