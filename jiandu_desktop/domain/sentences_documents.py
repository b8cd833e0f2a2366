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
    "row-template-part": QT_TRANSLATE_NOOP(
        "errors", "{kind}没有“{part}”这一项。可以改的是：{known}。请改正项目，或删去这一行。"
    ),
    "row-template-heading": QT_TRANSLATE_NOOP(
        "errors", "{kind}没有小标题“{shown}”。“程序的写法”请照抄下列之一：{known}。"
    ),
    "row-template-long": QT_TRANSLATE_NOOP("errors", "{kind}的{part}有 {count} 个字，最多 {most} 个字。请写短一些。"),
    "row-template-mark": QT_TRANSLATE_NOOP("errors", "文种代字“{shown}”不能用。请写 1 到 8 个汉字，如“督改”。"),
    "row-template-invisible": QT_TRANSLATE_NOOP(
        "errors", "{kind}的{part}里有看不见的控制字符。请删去这一格的内容，重新键入。"
    ),
    "row-template-brace": QT_TRANSLATE_NOOP(
        "errors", "{kind}的{part}里花括号没有成对。占位写成一对花括号，请补上另一半，或删去多余的。"
    ),
    "row-template-blank": QT_TRANSLATE_NOOP(
        "errors", "{kind}的{part}里不认得占位“{shown}”。这里可以用：{known}。请改正后再导入。"
    ),
    "row-template-required": QT_TRANSLATE_NOOP(
        "errors", "{kind}的{part}必须写到{wanted}，否则学校看不到应当知道的日期。请补上。"
    ),
    "document-unknown": QT_TRANSLATE_NOOP(
        "errors", "本机没有文号是“{number}”的文书。请用 jiandu document list 看文号，照抄全文号。"
    ),
    "document-slipless": QT_TRANSLATE_NOOP(
        "errors", "{number} 没有小票：现场告知单只跟着督导发现的问题和催办的问题走。请打印文书本身。"
    ),
}
