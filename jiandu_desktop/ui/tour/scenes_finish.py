"""完成: back to what is missing, signatures by mouse, the documents, freezing and printing."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.services.papers import page_count
from jiandu_desktop.ui.finish.room import FinishRoom
from jiandu_desktop.ui.tour.camera import COMPACT
from jiandu_desktop.ui.tour.scenes_visit import LEFT_OPEN, here, room_of
from jiandu_desktop.ui.tour.stage import Scene, Stage
from jiandu_desktop.ui.widgets.signature import SignatureBox


def see_what_is_missing(stage: Stage) -> None:
    director = stage.director
    director.click(room_of(stage).bottom.finish)
    finish = finish_of(stage)
    stage.expect(not finish.bottom.freeze.isEnabled(), "还缺内容时不能定稿")
    director.wait(finish.papers.documents, "文书预览")
    director.settle()
    stage.camera.shoot("missing", "完成：必须改的一条在最上面，点一下就到那一题")
    first = finish.review.rows[0]
    director.click(first.button or first)
    room = room_of(stage)
    stage.expect(here(room) == LEFT_OPEN, "点一下到了没答的否决项")
    director.press("1")
    director.click(room.bottom.finish)
    finish = finish_of(stage)
    director.wait(finish.bottom.freeze.isEnabled, "补齐后可以定稿")


def look_at_papers(stage: Stage) -> None:
    director = stage.director
    finish = finish_of(stage)
    kinds = [document.kind for document in director.wait(finish.papers.documents, "文书草稿")]
    stage.expect(DocumentKind.RECTIFICATION_NOTICE in kinds, "有限期整改的问题，就有整改通知书")
    for place in (*range(len(kinds)), kinds.index(DocumentKind.RECTIFICATION_NOTICE)):
        _turn_to(stage, finish, place)


def sign(stage: Stage) -> None:
    director = stage.director
    finish = finish_of(stage)
    for hand, box in enumerate(finish.signing.boxes.values()):
        _draw_name(stage, box, hand)
    segments = finish.signing.opinion.segments()
    director.click(finish.signing.opinion, segments[0].center().toPoint())
    director.click(finish.signing.companions)
    director.write("县教育体育局 赵启明")
    director.settle()
    stage.camera.shoot("sign", "完成：得分、签字，右边就是要打印的页")
    stage.camera.shoot("sign-narrow", "完成：最小的窗口", COMPACT, dark=False)


def freeze_and_print(stage: Stage) -> None:
    director = stage.director
    finish = finish_of(stage)
    director.press("Ctrl+P")
    director.wait(lambda: finish.bottom.asks, "就地问一次是否定稿")
    stage.camera.shoot("confirm", "定稿前问一次，就在下面这一条里", dark=False)
    director.press("Return")
    director.wait(lambda: finish.frozen, "定稿", 60)
    printed = stage.keep_printed("现场督导")
    stage.camera.shoot("printed", "已定稿、取得文号、已打印")
    pdf = printed.read_bytes()
    pages = sum(document.pages for document in finish.papers.documents())
    stage.expect(page_count(pdf) >= pages, "打印的页数与文书一致")
    for row in stage.services.papers.rows():
        if row.document.visit_id == newest_visit(stage):
            number = row.document.number.replace("/", "-")
            stage.services.papers.save_as(row.document.id, stage.out / "文书" / f"{number}.pdf")
    director.click(finish.bottom.leave)
    director.wait(lambda: stage.window.room() is None, "回到今日")
    director.settle()


def finish_of(stage: Stage) -> FinishRoom:
    """完成, when it is open and at rest."""

    def shown() -> FinishRoom | None:
        room = stage.window.room()
        return room if isinstance(room, FinishRoom) else None

    room = stage.director.wait(shown, "完成打开")
    stage.director.settle()
    return room


def newest_visit(stage: Stage) -> str:
    """The visit that the tour has made."""
    rows = [row for row in stage.services.visits.rows() if row.visit.finished_at is not None]
    return max(rows, key=lambda row: row.visit.started_at).visit.id


def _turn_to(stage: Stage, finish: FinishRoom, place: int) -> None:
    """Clicks the tab of a document and waits for its first page."""
    stage.director.click(finish.papers.tabs, finish.papers.tabs.tabRect(place).center())
    pages = finish.papers.documents()[place].pages
    stage.director.wait(lambda: finish.papers.preview.page_count() == pages, "翻到这份文书")
    stage.director.settle()


def _draw_name(stage: Stage, box: SignatureBox, hand: int) -> None:
    """Three strokes across the box, as one signs with a mouse; each `hand` writes in its own way."""
    width, height = box.width(), box.height()
    for stroke, left in enumerate((0.18, 0.40, 0.64)):
        pace, swing = 0.55 + 0.17 * ((hand * 2 + stroke) % 4), 0.1 + 0.03 * ((hand + stroke) % 3)
        points = [
            QPointF(
                width * (left + 0.016 * step + 0.012 * math.sin(step * pace * 0.7)),
                height * (0.52 + (-1) ** (hand + stroke) * swing * math.sin(step * pace) - 0.01 * step),
            )
            for step in range(14)
        ]
        stage.director.drag(box, points)
    stage.director.settle()
    stage.expect(not box.is_empty(), "签字留下了")


SCENES: tuple[Scene, ...] = (
    ("完成：缺什么，点一下回去补", see_what_is_missing),
    ("完成：逐份看文书", look_at_papers),
    ("完成：用鼠标签字", sign),
    ("定稿，打印到文件", freeze_and_print),
)
