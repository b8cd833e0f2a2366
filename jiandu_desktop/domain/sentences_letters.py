"""Sentences for the troubles of 新文书: code → what happened and what to do next."""

from __future__ import annotations

from jiandu_desktop.domain.translatable import QT_TRANSLATE_NOOP

SENTENCES: dict[str, str] = {
    "letter-needs-problems": QT_TRANSLATE_NOOP(
        "errors", "还没有选问题，{kind}不能出具。请先选出要写进文书的问题，再出具。"
    ),
    "letter-needs-visit": QT_TRANSLATE_NOOP("errors", "还没有选是哪一次督导。请在左边选一次已经定稿的督导，再出具。"),
    "letter-needs-assignment": QT_TRANSLATE_NOOP(
        "errors", "还没有选督导任务。请在左边勾选要通知的学校和任务，再出具。"
    ),
    "letter-needs-addressee": QT_TRANSLATE_NOOP("errors", "还没有写发给谁，{kind}不能出具。请填写主送单位后再出具。"),
    "letter-problem-refused": QT_TRANSLATE_NOOP(
        "errors", "“{problem}”现在不能写进{kind}，文书没有出具，也没有用掉文号。{why}"
    ),
}
