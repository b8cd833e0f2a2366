"""资源配置 of 县域义务教育优质均衡: seven indicators of each school, and how unequal a county's schools are in them.

Source: 教督〔2017〕6号 (indicators, lines, ≥ 6 of 7 and the rest ≥ 85 %), its 操作指南 of 2019 (how 一贯制 schools are
split), 教督〔2012〕3号 (差异系数). Everything is reckoned in fractions, so that 42 teachers for 1,000 pupils are 4.2.
"""

from jiandu_desktop.domain.indicator.county import County, Spread, Weighting, county_of, spread_of
from jiandu_desktop.domain.indicator.figures import Campus, SchoolFigures, Section, SectionFigures, counted_sections
from jiandu_desktop.domain.indicator.lift import Lift, lift_of
from jiandu_desktop.domain.indicator.standards import (
    FIGURE_NAMES,
    INDICATOR_NAMES,
    INDICATOR_SHORT,
    INDICATOR_UNITS,
    RESOURCE_UNITS,
    SECTION_NAMES,
    Indicator,
    Standards,
)
from jiandu_desktop.domain.indicator.values import Holding, Missing, holding_of, values_of
from jiandu_desktop.domain.indicator.verdict import Reach, Reading, SectionResult, Verdict, assess

__all__ = [
    "FIGURE_NAMES",
    "INDICATOR_NAMES",
    "INDICATOR_SHORT",
    "INDICATOR_UNITS",
    "RESOURCE_UNITS",
    "SECTION_NAMES",
    "Campus",
    "County",
    "Holding",
    "Indicator",
    "Lift",
    "Missing",
    "Reach",
    "Reading",
    "SchoolFigures",
    "Section",
    "SectionFigures",
    "SectionResult",
    "Spread",
    "Standards",
    "Verdict",
    "Weighting",
    "assess",
    "counted_sections",
    "county_of",
    "holding_of",
    "lift_of",
    "spread_of",
    "values_of",
]
