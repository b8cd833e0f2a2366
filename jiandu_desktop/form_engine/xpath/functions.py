"""The two libraries: XPath 1.0 alone, and XPath 1.0 with OpenRosa's and ODK's functions in front."""

from __future__ import annotations

from typing import Final

from jiandu_desktop.form_engine.xpath.core_functions import CORE
from jiandu_desktop.form_engine.xpath.odk_dates import DATES
from jiandu_desktop.form_engine.xpath.odk_functions import ODK
from jiandu_desktop.form_engine.xpath.odk_nodes import NODES
from jiandu_desktop.form_engine.xpath.odk_numbers import NUMBERS
from jiandu_desktop.form_engine.xpath.scope import Library

PLAIN: Final = Library(CORE.functions)
FORMS: Final = Library({**CORE.functions, **ODK.functions, **NUMBERS.functions, **DATES.functions, **NODES.functions})
