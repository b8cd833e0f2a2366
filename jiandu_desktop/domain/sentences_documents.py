"""Sentences for the troubles of documents: code → what happened and what to do next."""

from __future__ import annotations

from jiandu_desktop.domain.translatable import QT_TRANSLATE_NOOP

SENTENCES: dict[str, str] = {
    "font-unusable": QT_TRANSLATE_NOOP(
        "errors", "字体文件“{path}”读不了（{reason}）。请重新安装监督，或把完好的字体文件放回原处后再生成文书。"
    ),
    "pdf-unreadable": QT_TRANSLATE_NOOP(
        "errors", "“{name}”不是完整的 PDF 文件，打不开。请重新取得这份文件，或在“文书”里从记录再次导出。"
    ),
    "pdf-not-ours": QT_TRANSLATE_NOOP(
        "errors",
        "“{name}”里没有监督生成的文书标记。它可能不是本单位的文书，或者是扫描件、另存过的文件；请核对原始 PDF。",
    ),
    "document-wordless": QT_TRANSLATE_NOOP(
        "errors",
        "{number} 是旧版本出具的，当时没有留下可编辑的文字，不能另存为 Word。可以另存 PDF，或者按原记录重新出具一份。",
    ),
    "words-unreadable": QT_TRANSLATE_NOOP(
        "errors", "这份文书留存的文字读不出来，可能是更新版本的监督出具的。请升级监督后再另存为 Word；PDF 不受影响。"
    ),
}
