"""Around sync: a check of the shared folder, a backup that can be put back, everything exported."""

from __future__ import annotations

from PySide6.QtCore import Qt

from jiandu_desktop.ui.pages.settings import SettingsPage
from jiandu_desktop.ui.pages.sync import SyncPage
from jiandu_desktop.ui.tour.scenes_before import page_of
from jiandu_desktop.ui.tour.stage import Scene, Stage


def check_folder(stage: Stage) -> None:
    """With 同步 in front."""
    director = stage.director
    page = page_of(stage, SyncPage)
    director.click(page.folder.try_out)
    director.wait(page.doctor.isVisible, "检查文件夹的结果", 60)
    director.settle()
    stage.expect("可以使用" in page.doctor.words(), "共享文件夹可以使用")
    stage.camera.shoot("sync-check", "同步：检查文件夹，要请管理员做的可以复制")
    director.click(page.doctor.close_it)


def backups(stage: Stage) -> None:
    """With 设置 in front."""
    director = stage.director
    page = page_of(stage, SettingsPage)
    item = page.nav.findItems("数据与备份", Qt.MatchFlag.MatchExactly)[0]
    director.click(page.nav.viewport(), page.nav.visualItemRect(item).center())
    before = len(page.data.backups)
    director.click(page.data.now)
    director.wait(lambda: len(page.data.backups) > before, "多了一份备份")
    director.settle()
    line = page.data.backups[0]
    stage.expect(page.data.kept.links[line.path].isVisible(), "这份备份打开核对过，可以恢复")
    stage.camera.shoot("backups", "设置：每份备份都打开核对过，可以恢复", dark=False)


SCENES_SYNC: tuple[Scene, ...] = (("同步：检查文件夹", check_folder),)
SCENES_SETTINGS: tuple[Scene, ...] = (("设置：备份", backups),)
