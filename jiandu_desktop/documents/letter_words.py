"""The wording of each kind of letter, notice and circular about problems: what a clerk would write, editable after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jiandu_desktop.documents import office_words, wording
from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, WARNING_LEVEL_NAMES, DocumentKind, PressingLetter

Said = Callable[[PressingLetter], str]


@dataclass(frozen=True, slots=True)
class KindWords:
    """How one kind is worded. `opening` goes before the problems, `demand` has a line per item; `ending` is the last
    line (特此函告). The heads are those of its chapters; an empty one leaves its chapter without problems or advice."""

    opening: Said
    demand: Said
    ending: str = ""
    advice: str = ""
    problems_head: str = "存在的问题"
    demand_head: str = "有关要求"
    advice_head: str = "工作建议"


def default_opening(letter: PressingLetter) -> str:
    """What stands before the problems unless somebody writes it otherwise."""
    letter = office_words.as_issued(letter)
    return office_words.opening(letter, WORDS[letter.kind].opening(letter))


def default_demand(letter: PressingLetter) -> str:
    """What is asked for, a line per item."""
    letter = office_words.as_issued(letter)
    built_in = WORDS[letter.kind].demand(letter)
    return "\n".join(office_words.demands(letter, built_in.splitlines()))


def title_parts(letter: PressingLetter) -> tuple[str, ...]:
    """The title in parts that belong together."""
    name = DOCUMENT_KIND_NAMES[letter.kind]
    subject = wording.clause(letter.subject)
    if letter.kind is DocumentKind.TALK_NOTICE:
        return (f"关于{subject}的", name)
    if letter.kind is DocumentKind.WARNING and letter.warned is not None:
        return (f"关于{subject}的", WARNING_LEVEL_NAMES[letter.warned.level] + "通知")
    if letter.kind is DocumentKind.REPORT:
        return (f"关于{subject}情况的", "报告")
    if letter.kind is DocumentKind.CIRCULAR:
        return (f"关于{subject}情况的", "通报")
    return (f"关于{subject}的", name)


def _overdue(letter: PressingLetter) -> int:
    return sum(problem.days_over > 0 for problem in letter.problems)


def _numbers(letter: PressingLetter) -> str:
    """（青教督改〔2026〕17号 …）: the notices that the problems were issued with, three at most."""
    numbers = list(dict.fromkeys(problem.number for problem in letter.problems if problem.number))
    if not numbers:
        return ""
    rest = "等" if len(numbers) > 3 else ""
    return f"（{'、'.join(numbers[:3])}{rest}）"


def _schools(letter: PressingLetter) -> list[str]:
    return list(dict.fromkeys(problem.school for problem in letter.problems if problem.school))


def _you(letter: PressingLetter) -> str:
    """你校 to one school, 你单位 to others."""
    schools = _schools(letter)
    return "你校" if len(schools) == 1 and letter.addressee == schools[0] else "你单位"


def _whose(letter: PressingLetter) -> str:
    schools = _schools(letter)
    if _you(letter) == "你校":
        return "你校"
    if len(schools) == 1:
        return schools[0]
    return f"{schools[0]}等{len(schools)}所学校" if schools else "有关学校"


def _count(letter: PressingLetter) -> str:
    """仍有3项问题未销号，其中2项已逾期."""
    late = _overdue(letter)
    return f"{len(letter.problems)}项问题未销号" + (f"，其中{late}项已超过整改期限" if late else "")


def _standing(letter: PressingLetter) -> str:
    ours = letter.office.calls_itself
    until = wording.day(letter.dated)
    return f"{ours}此前印发整改要求{_numbers(letter)}，截至{until}，{_whose(letter)}仍有{_count(letter)}。"


def _by(letter: PressingLetter) -> str:
    return f"于{wording.day(letter.answer_by)}前" if letter.answer_by else "在收到后尽快"


def _tip_opening(letter: PressingLetter) -> str:
    if not letter.problems:
        return f"为做好{wording.clause(letter.subject)}，现将有关事项提示如下。"
    return f"{_whose(letter)}有{len(letter.problems)}项问题即将到期或者需要留意。为防止逾期，现提示如下。"


def _reminder_demand(letter: PressingLetter) -> str:
    return (
        f"请{_you(letter)}对照上述问题逐项核实，抓紧落实整改措施，{_by(letter)}书面反馈整改进展。\n"
        "确有困难不能按期完成的，应当说明原因和已采取的措施，并在期限届满前提出延期申请。"
    )


def _warning_demand(letter: PressingLetter) -> str:
    return (
        f"请{_you(letter)}立即组织排查，逐项制定处置措施，明确责任人和完成时限，{_by(letter)}报送处置情况。\n"
        "预警解除以前，每周报送一次整改进展。"
    )


def _supervision_demand(letter: PressingLetter) -> str:
    ours = letter.office.calls_itself
    return (
        f"请{_you(letter)}对督办事项逐项落实，{_by(letter)}完成整改，并将办理结果加盖公章书面报{ours}。\n"
        "涉及几个单位的，由主办单位牵头办理、统一报送；不能按期办结的，应当在期限内报告进展和原因。\n"
        f"{ours}将对办理结果进行审核，不符合要求的退回重办；逾期未办结的，按照《教育督导问责办法》有关规定办理。"
    )


def _circular_opening(letter: PressingLetter) -> str:
    found = sum(each.found for each in letter.standings)
    closed = sum(each.closed for each in letter.standings)
    late = sum(each.overdue for each in letter.standings)
    return (
        f"截至{wording.day(letter.dated)}，{len(letter.standings)}所学校共有督导问题{found}项，已办结{closed}项，"
        f"尚有{found - closed}项未办结，其中逾期{late}项。现将有关情况通报如下。"
    )


def _circular_demand(letter: PressingLetter) -> str:
    return (
        f"各校要对照通报逐项核查，未办结的问题{_by(letter)}完成整改并报送结果。\n"
        "被点名的学校主要负责人要亲自部署，逐项明确责任人和完成时限；再次逾期的，将约谈学校主要负责人。"
    )


def _talk_opening(letter: PressingLetter) -> str:
    talk = letter.talk
    person = talk.person if talk is not None and talk.person else "学校主要负责人"
    return (
        f"{_standing(letter)}根据《教育督导问责办法》，决定对{_whose(letter)}{person}进行约谈，现将有关事项通知如下。"
    )


def _talk_demand(letter: PressingLetter) -> str:
    return (
        "请准时参加，不得委托他人；确因特殊情况不能参加的，应当提前一个工作日书面说明。\n"
        "请提前准备书面材料，说明问题成因、整改进展、下一步措施和完成时限。"
    )


def _consultation_demand(letter: PressingLetter) -> str:
    return (
        "请结合职责研究支持措施，帮助学校解决自身难以解决的困难。\n"
        f"请{_by(letter)}将研究意见函复{letter.office.calls_itself}。"
    )


def _handover_opening(letter: PressingLetter) -> str:
    return (
        f"{letter.office.calls_itself}在督导中发现{_whose(letter)}有{len(letter.problems)}项问题，依照职责分工属于贵单位管辖。"
        "现将有关情况移交贵单位处理。"
    )


def _handover_demand(letter: PressingLetter) -> str:
    return f"请依法依规处理，并{_by(letter)}将处理结果函告{letter.office.calls_itself}。\n请在送达回证上签收后退回。"


def _copy_opening(letter: PressingLetter) -> str:
    return (
        f"{letter.office.calls_itself}在督导中发现{_whose(letter)}有{len(letter.problems)}项问题，与贵单位工作有关。"
        "现将有关情况抄告，供工作中掌握。"
    )


def _report_opening(letter: PressingLetter) -> str:
    return f"现将{_whose(letter)}督导问题整改的有关情况报告如下。{_standing(letter)}"


def _report_demand(letter: PressingLetter) -> str:
    return "建议责成有关单位限期整改，并指定一名负责人包抓。\n对整改不力的，建议依照《教育督导问责办法》研究处理。"


WORDS: Mapping[DocumentKind, KindWords] = {
    DocumentKind.WORK_TIP: KindWords(
        _tip_opening,
        lambda letter: f"请{_you(letter)}提前安排，按期完成。",
        "特此提示。",
        problems_head="提示事项",
        demand_head="建议措施",
        advice_head="其他建议",
    ),
    DocumentKind.REMINDER: KindWords(_standing, _reminder_demand, "特此提醒。", problems_head="需要整改的问题"),
    DocumentKind.WARNING: KindWords(
        lambda letter: _standing(letter) + "根据预警规则，现予预警。",
        _warning_demand,
        "特此通知。",
        problems_head="预警事项",
        demand_head="处置要求",
    ),
    DocumentKind.SUPERVISION: KindWords(
        lambda letter: _standing(letter) + "现予督办。",
        _supervision_demand,
        "特此函告。",
        problems_head="督办事项",
        demand_head="办理要求",
    ),
    DocumentKind.CIRCULAR: KindWords(
        _circular_opening, _circular_demand, problems_head="未办结的主要问题", demand_head="下一步要求"
    ),
    DocumentKind.TALK_NOTICE: KindWords(
        _talk_opening, _talk_demand, "特此通知。", problems_head="约谈事由", demand_head="有关要求"
    ),
    DocumentKind.CONSULTATION: KindWords(
        lambda letter: (
            f"{letter.office.calls_itself}在督导中发现{_whose(letter)}有{len(letter.problems)}项问题，需要贵单位支持解决。"
            "现商请如下。"
        ),
        _consultation_demand,
        "特此函商，请予支持。",
        problems_head="有关问题",
        demand_head="商请事项",
    ),
    DocumentKind.HANDOVER: KindWords(_handover_opening, _handover_demand, "特此函告。", problems_head="移交事项"),
    DocumentKind.COPY_NOTICE: KindWords(_copy_opening, lambda letter: "", "特此抄告。", problems_head="抄告事项"),
    DocumentKind.REPORT: KindWords(
        _report_opening,
        _report_demand,
        "特此报告。",
        problems_head="主要问题",
        demand_head="处理建议",
        advice_head="其他建议",
    ),
}
"""Kinds that a `PressingLetter` may be of."""
