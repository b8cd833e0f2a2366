"""The wording of what is written around a visit: what a clerk would write, editable; nothing that is not known."""

from __future__ import annotations

from jiandu_desktop.documents import office_words, phrases, wording
from jiandu_desktop.domain.document import InspectionNotice, InspectionOpinion, InspectionReport

METHOD = "实地查看、查阅资料、随机听课、座谈访谈"
"""督导方式 as 挂牌督导 has it (domain.md §1.1)."""


def notice_opening(notice: InspectionNotice) -> str:
    """What stands before the contents of a 督导通知书."""
    notice = office_words.as_issued(notice)
    several = len(notice.schools) > 1
    whom = "有关学校" if several else _you(notice)
    built_in = (
        f"根据《教育督导条例》和督导工作安排，{notice.office.calls_itself}决定对{whom}开展"
        f"{wording.clause(notice.task)}。现将有关事项通知如下"
    )
    return office_words.opening(notice, built_in)


def notice_demand(notice: InspectionNotice) -> str:
    """What the school is to have ready, a line each."""
    notice = office_words.as_issued(notice)
    ours, you = notice.office.calls_itself, "各校" if len(notice.schools) > 1 else _you(notice)
    built_in = (
        f"请{you}对照督导内容认真自查，进校督导时将自查情况提供给督导人员。\n"
        "请提前准备有关制度、台账、会议和培训记录、监控录像等资料，学校负责人届时在校。\n"
        "督导期间保持正常的教育教学秩序，不作迎检布置，不安排师生迎送。\n"
        f"督导人员应当主动出示证件，遵守廉洁纪律；对督导工作有意见的，可以向{ours}反映。"
    )
    return _lines(notice, built_in)


def opinion_opening(opinion: InspectionOpinion) -> str:
    """What stands before the evaluation of a 督导意见书."""
    opinion = office_words.as_issued(opinion)
    built_in = f"{phrases.visit_opening(opinion.office, opinion.visit)}。根据《教育督导条例》，现提出如下意见"
    return office_words.opening(opinion, built_in)


def opinion_demand(opinion: InspectionOpinion, plan_days: int, report_days: int) -> str:
    """What the school is to do, a line each; the days come from the settings."""
    opinion = office_words.as_issued(opinion)
    ours = opinion.office.calls_itself
    objection = f"对本意见书有异议的，可以按照有关规定向{ours}书面提出申辩。"
    if not opinion.problems:
        return f"请你校继续落实各项管理制度，巩固工作成果。\n{objection}"
    built_in = (
        f"请你校于收到本意见书之日起{plan_days}个工作日内制定整改方案，逐项明确整改措施、责任人和完成时限，报{ours}。\n"
        f"请按期完成整改，并于整改完成后{report_days}日内书面报告整改情况，{ours}将进行核查。\n{objection}"
    )
    return _lines(opinion, built_in)


def report_advice(report: InspectionReport) -> str:
    """One line for each matter in which much was found, and for what is overdue."""
    lines = [
        f"{wording.clause(each.matter)}方面发现问题{each.count}项，涉及{each.schools}所学校，建议组织有关学校对照自查，举一反三"
        for each in report.matters[:3]
        if each.count > 1
    ]
    late = sum(each.overdue for each in report.schools)
    if late:
        lines.append(f"对已超过整改期限的{late}项问题，建议逐项督办，明确责任人和完成时限")
    return "\n".join(lines)


def _lines(document: InspectionNotice | InspectionOpinion, built_in: str) -> str:
    return "\n".join(office_words.demands(document, built_in.splitlines()))


def _you(notice: InspectionNotice) -> str:
    return "你园" if notice.schools and notice.schools[0].school.endswith("幼儿园") else "你校"
