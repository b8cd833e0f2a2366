"""Some of the shipped checklists: 自评 beside 督评, an answer judged from a figure, rows that one number makes."""

from __future__ import annotations

from jiandu_desktop.paths import shipped_forms
from jiandu_desktop.ui.tour.camera import FULL
from jiandu_desktop.ui.tour.scenes_kinds import trial_of, turn_to
from jiandu_desktop.ui.tour.stage import Scene, Stage


def five_managements(stage: Stage) -> None:
    """作业管理: the minutes of five pupils decide; the problem says how many they were."""
    director = stage.director
    with trial_of(stage, shipped_forms() / "five-managements.xlsx") as room:
        turn_to(stage, room, "hw_minutes_primary")
        director.write("95")
        director.press("Return")
        turn_to(stage, room, "hw_primary")
        judged = room.instance.node("/data/sec_homework/hw_primary")
        stage.expect(judged.failed, "超过规定时长，由表判为不符合")
        stage.camera.shoot("checklist-five", "五项管理：自评与督评并列，作业时间由表判定", FULL)


def drowning(stage: Stage) -> None:
    """Two water bodies looked at: two rows of a table."""
    director = stage.director
    with trial_of(stage, shipped_forms() / "drowning-prevention.xlsx") as room:
        turn_to(stage, room, "waters_seen")
        director.press("Ctrl+A")
        director.write("2")
        director.press("Return")
        room.view.go_to("/data/sec_water/water[1]/water_name")
        director.settle()
        for name, chief in (("青河老桥段", "河口镇何勇"), ("村东水塘", "东沟村赵平")):
            for text in (name, chief, "2"):
                director.write(text)
                director.press("Return")
            director.press("1")
            director.write("杆绳圈齐全")
            director.press("Return")
        stage.expect(room.instance.node("/data/sec_water/water[2]/water_chief").value == "东沟村赵平", "两处水域各一行")
        stage.camera.shoot("checklist-waters", "预防溺水：填几处水域，就有几行", FULL, dark=False)


SCENES: tuple[Scene, ...] = (
    ("检查表：五项管理，自评与督评", five_managements),
    ("检查表：预防溺水，逐处记录水域", drowning),
)
