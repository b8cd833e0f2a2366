"""Sentences for what becomes of issued documents: voiding, signed copies, the seal, certificates, proof."""

from __future__ import annotations

from jiandu_desktop.domain.translatable import QT_TRANSLATE_NOOP

SENTENCES: dict[str, str] = {
    "paper-needs-reason": QT_TRANSLATE_NOOP(
        "errors", "作废、替代和拒签都要写明理由，登记簿才说得清。请写上理由再点一次。"
    ),
    "paper-voided": QT_TRANSLATE_NOOP("errors", "{number} 已经作废，不能再改。需要时请重新出具一份。"),
    "paper-not-provisional": QT_TRANSLATE_NOOP("errors", "{number} 已经是正式文号，不用再补号。"),
    "paper-numbered": QT_TRANSLATE_NOOP("errors", "{number} 已经补过正式文号：{formal}。"),
    "no-numbers-left": QT_TRANSLATE_NOOP(
        "errors", "本机的{kind}文号已经用完。请先同步一次，督导室会再发一段号，然后再办。"
    ),
    "witnesses-too-many": QT_TRANSLATE_NOOP("errors", "见证人最多写 {limit} 位，用顿号隔开。"),
    "scan-unreadable": QT_TRANSLATE_NOOP(
        "errors", "签回件“{name}”打不开：文件不完整，或者加了密码，没有收下。请重新扫描或拍照，再选一次。"
    ),
    "scan-empty": QT_TRANSLATE_NOOP("errors", "签回件“{name}”里一页也没有，没有收下。请重新扫描后再选。"),
    "scan-too-long": QT_TRANSLATE_NOOP(
        "errors", "加上“{name}”，签回件就超过 {limit} 页了，没有收下。请只选这一份文书的页面。"
    ),
    "scan-elsewhere": QT_TRANSLATE_NOOP(
        "errors", "{number} 的签回件在另一台电脑上，还没有同步到本机。可以在督导室的电脑上看。"
    ),
}
