"""Sentences for photos, drawings and files that were given to a question."""

from __future__ import annotations

from jiandu_desktop.domain.translatable import QT_TRANSLATE_NOOP

SENTENCES: dict[str, str] = {
    "photo-too-many-pixels": QT_TRANSLATE_NOOP(
        "errors",
        "照片“{name}”有 {megapixels} 百万像素，超过上限 {limit} 百万像素，没有收下。请在手机相机里改用普通像素重拍。",
    ),
    "attachment-empty": QT_TRANSLATE_NOOP(
        "errors", "文件“{name}”是空的（0 字节），没有收下。请检查它是否已传完，再选一次。"
    ),
    "attachment-too-large": QT_TRANSLATE_NOOP(
        "errors", "文件“{name}”有 {size} MB，超过上限 {limit} MB，没有收下。请压缩或截取需要的部分后再选。"
    ),
    "attachment-wrong-audio": QT_TRANSLATE_NOOP(
        "errors", "“{name}”不是录音，没有收下。这道题要录音文件，例如 MP3、M4A、WAV、AMR。"
    ),
    "attachment-wrong-video": QT_TRANSLATE_NOOP(
        "errors", "“{name}”不是视频，没有收下。这道题要视频文件，例如 MP4、MOV、3GP。"
    ),
    "attachment-wrong-file": QT_TRANSLATE_NOOP(
        "errors", "“{name}”不是这道题要的文件类型（{accept}），没有收下。请换一个文件，或另存为这种类型。"
    ),
}
