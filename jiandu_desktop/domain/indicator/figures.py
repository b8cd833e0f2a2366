"""What a school reports: pupils and teachers of each 学段, and what all of them share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from jiandu_desktop.domain.school import Stage

LEAST_TEACHING_POINT = 50
"""Pupils from which a 教学点 is counted (操作指南: 50 人及以上)."""


class Section(StrEnum):
    """学段 of 义务教育, each of which is judged as a school of its own."""

    PRIMARY = "primary"
    JUNIOR = "junior"


_SECTIONS: dict[Stage, tuple[Section, ...]] = {
    Stage.PRIMARY: (Section.PRIMARY,),
    Stage.TEACHING_POINT: (Section.PRIMARY,),
    Stage.JUNIOR: (Section.JUNIOR,),
    Stage.COMPLETE: (Section.JUNIOR,),
    Stage.NINE_YEAR: (Section.PRIMARY, Section.JUNIOR),
    Stage.TWELVE_YEAR: (Section.PRIMARY, Section.JUNIOR),
}
HAS_SENIOR = frozenset({Stage.COMPLETE, Stage.TWELVE_YEAR})
"""School types whose rooms and grounds 高中 pupils use as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionFigures:
    """Persons of one 学段; None is a figure that was not given, which is never 0.

    `qualified`: full-time teachers above the required education (小学 大专及以上, 初中 本科及以上).
    `backbone`: 县级以上骨干教师. `sport_art`: full-time 体育 and 艺术 teachers; `visiting_sport_art`: 走教, 轮岗, 兼职.
    """

    pupils: int | None = None
    qualified: int | None = None
    backbone: int | None = None
    sport_art: int | None = None
    visiting_sport_art: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Campus:
    """What the whole school has; areas in m², `equipment` in 元 of book value, None where not given.

    `teaching_rooms` includes `indoor_sports`, as the national statistics count it. `extra_grounds` are rebuilt or
    leased spaces, which count only in a dense city centre.
    """

    teaching_rooms: Fraction | None = None
    indoor_sports: Fraction | None = None
    gymnasium: Fraction | None = None
    grounds: Fraction | None = None
    extra_grounds: Fraction | None = None
    equipment: Fraction | None = None
    multimedia_rooms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolFigures:
    """The figures of one school; `senior_pupils` only matters for 完全中学 and 十二年一贯.

    `small_rural`: 农村小规模学校, whose visiting teachers count with 50 to 99 pupils.
    `dense_centre`: 人口密度过高的中心城区学校.
    """

    school_id: str
    stage: Stage
    sections: Mapping[Section, SectionFigures] = field(default_factory=dict)
    campus: Campus = Campus()
    senior_pupils: int | None = None
    small_rural: bool = False
    dense_centre: bool = False

    def of(self, section: Section) -> SectionFigures:
        """The figures of one 学段, all unknown where none were given."""
        return self.sections.get(section, SectionFigures())


def counted_sections(figures: SchoolFigures) -> tuple[Section, ...]:
    """The 学段 that are judged; none for special, vocational and senior schools and for a 教学点 below 50 pupils.

    A 学段 of a 一贯制 school that has no pupils (0, not unknown) is not there.
    """
    found = _SECTIONS.get(figures.stage, ())
    if figures.stage is Stage.TEACHING_POINT:
        pupils = figures.of(Section.PRIMARY).pupils
        if pupils is not None and pupils < LEAST_TEACHING_POINT:
            return ()
    return tuple(each for each in found if figures.of(each).pupils != 0)
