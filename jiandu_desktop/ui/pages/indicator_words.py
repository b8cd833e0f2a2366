"""How the seven indicators are said: values, how far they come, how they were reckoned, what is lacking."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from jiandu_desktop.domain.indicator import (
    FIGURE_NAMES,
    INDICATOR_UNITS,
    Holding,
    Indicator,
    Lift,
    Missing,
    Reach,
    Reading,
    Spread,
    Verdict,
    holding_of,
)
from jiandu_desktop.services.balance_picture import IndicatorRow, Picture
from jiandu_desktop.services.balance_tables import two_places
from jiandu_desktop.ui.pages.words import number_words
from jiandu_desktop.ui.widgets.table_model import State

_MARKS: dict[Reach, tuple[str, str]] = {
    Reach.MET: ("check", "text2"),
    Reach.NEAR: ("three-quarter-disc", "text"),
    Reach.BELOW: ("flag", "caution"),
    Reach.MISSING: ("ring", "text3"),
}
_VERDICTS: dict[Verdict, tuple[str, str]] = {
    Verdict.MET: ("check", "accent"),
    Verdict.FAILED: ("flag", "caution"),
    Verdict.UNKNOWN: ("ring", "text3"),
}


def reach_words(reach: Reach) -> str:
    """达标, 达 85%, 未达, 缺数据."""
    return {
        Reach.MET: QCoreApplication.translate("Indicators", "达标"),
        Reach.NEAR: QCoreApplication.translate("Indicators", "达 85%"),
        Reach.BELOW: QCoreApplication.translate("Indicators", "未达 85%"),
        Reach.MISSING: QCoreApplication.translate("Indicators", "缺数据"),
    }[reach]


def verdict_words(verdict: Verdict | None) -> str:
    """The 综合评估; None is a school without a sheet."""
    if verdict is None:
        return QCoreApplication.translate("Indicators", "没有学校表")
    return {
        Verdict.MET: QCoreApplication.translate("Indicators", "达标"),
        Verdict.FAILED: QCoreApplication.translate("Indicators", "未达标"),
        Verdict.UNKNOWN: QCoreApplication.translate("Indicators", "待补数据"),
    }[verdict]


def value_words(value: Fraction | None) -> str:
    """Two decimals as in the official tables."""
    return "—" if value is None else f"{two_places(value):f}"


def cell_state(reading: Reading | None) -> State:
    """A cell of the matrix: its mark says how far the value comes, so that no colour has to."""
    if reading is None:
        return State(_MARKS[Reach.MISSING][0], "—", "text3")
    mark, tone = _MARKS[reading.reach]
    return State(mark, reach_words(reading.reach) if reading.value is None else value_words(reading.value), tone)


def verdict_state(verdict: Verdict | None) -> State:
    """The school's own cell."""
    mark, tone = _VERDICTS[verdict] if verdict is not None else ("ring", "text3")
    return State(mark, verdict_words(verdict), tone)


def spread_words(spread: Spread) -> tuple[str, str]:
    """差异系数 with its judgement, and the tone; `0.312`, `0.612 超限`, `0.312 暂算`."""
    if spread.coefficient is None:
        return "—", "text3"
    if Fraction(spread.coefficient) > spread.limit:
        return QCoreApplication.translate("Indicators", "{value} 超限").format(value=spread.coefficient), "caution"
    if spread.unknown:
        return QCoreApplication.translate("Indicators", "{value} 暂算").format(value=spread.coefficient), "text2"
    return str(spread.coefficient), "accent"


def reading_words(reading: Reading, indicator: Indicator) -> str:
    """The value beside its line: `3.46 平方米，标准 4.50，为标准的 76.9%`."""
    unit = INDICATOR_UNITS[indicator]
    if reading.value is None:
        names = "、".join(FIGURE_NAMES[name] for name in reading.missing)
        return QCoreApplication.translate("Indicators", "缺 {names}").format(names=names)
    words = QCoreApplication.translate("Indicators", "{value} {unit}，标准 {line}，为标准的 {share}%")
    share = f"{float(100 * reading.value / reading.line):.1f}" if reading.line else "—"
    return words.format(value=value_words(reading.value), unit=unit, line=value_words(reading.line), share=share)


def formula_words(picture: Picture, row: IndicatorRow, indicator: Indicator) -> str:
    """How the value was reckoned, with its figures; empty where one is missing."""
    if row.figures is None:
        return ""
    holding = holding_of(row.figures, row.section, indicator, picture.standards)
    if isinstance(holding, Missing):
        return ""
    unit, pupils = INDICATOR_UNITS[indicator], number_words(holding.pupils)
    per = " × 100" if holding.per != 1 else ""
    if holding.amount == holding.whole:
        words = QCoreApplication.translate("Indicators", "{amount} {unit} ÷ {pupils} 名学生{per}")
        return words.format(amount=amount_words(holding.amount), unit=unit, pupils=pupils, per=per)
    words = QCoreApplication.translate(
        "Indicators", "全校 {whole} {unit}，按学生折算分得 {share}%，即 {amount} {unit} ÷ {pupils} 名学生{per}"
    )
    return words.format(
        whole=amount_words(holding.whole), amount=amount_words(holding.amount), share=_share(holding), unit=unit,
        pupils=pupils, per=per,
    )  # fmt: skip


def lift_words(lift: Lift | Missing, indicator: Indicator) -> str:
    """What would lift it: `差 13 人到标准，差 4 人到 85%`; empty for what is met or unknown."""
    if isinstance(lift, Missing) or not lift.to_line:
        return ""
    unit = INDICATOR_UNITS[indicator]
    to_line = QCoreApplication.translate("Indicators", "还差 {amount} {unit}达到标准").format(
        amount=amount_words(lift.to_line), unit=unit
    )
    if not lift.to_share:
        return to_line
    to_share = QCoreApplication.translate("Indicators", "差 {amount} {unit}达到 85%").format(
        amount=amount_words(lift.to_share), unit=unit
    )
    return QCoreApplication.translate("Indicators", "{first}，{second}").format(first=to_line, second=to_share)


def amount_words(amount: Fraction) -> str:
    """A resource as it is counted: whole numbers as such, others with at most two decimals."""
    if amount.denominator == 1:
        return number_words(int(amount))
    return f"{float(amount):.2f}".rstrip("0").rstrip(".")


def _share(holding: Holding) -> str:
    return f"{float(100 * holding.amount / holding.whole):.1f}" if holding.whole else "—"
