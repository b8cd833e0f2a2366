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
    "seal-missing": QT_TRANSLATE_NOOP("errors", "还没有放入印章图片。请先在“设置、印章”里选择图片。"),
    "seal-width": QT_TRANSLATE_NOOP("errors", "印章宽度要在 {least} 至 {most} 毫米之间。请按实物量好再填。"),
    "seal-too-large": QT_TRANSLATE_NOOP(
        "errors", "印章图片“{name}”有 {size} MB，超过上限 {limit} MB，没有收下。请截去四周空白、另存为 PNG 后再选。"
    ),
    "seal-too-many-pixels": QT_TRANSLATE_NOOP(
        "errors", "印章图片“{name}”超过 {limit} 百万像素，没有收下。请截去四周空白后再选。"
    ),
    "seal-unreadable": QT_TRANSLATE_NOOP(
        "errors", "印章图片“{name}”打不开，可能没有传完或者不是图片，没有收下。请重新取得 PNG 图片再选。"
    ),
    "seal-background": QT_TRANSLATE_NOOP(
        "errors",
        "印章图片“{name}”的底色不是白纸，去不掉，没有收下。请在白纸上盖一枚清楚的印，扫描后截到印的四周再选；"
        "或者选底色透明的 PNG。",
    ),
    "seal-not-red": QT_TRANSLATE_NOOP(
        "errors", "图片“{name}”里看不到红色的印章，没有收下。请用彩色扫描，或者选底色透明的红色印章 PNG。"
    ),
    "seal-too-small": QT_TRANSLATE_NOOP(
        "errors",
        "印章图片“{name}”太小：印只有 {side} 像素宽，印出来会发虚，没有收下。"
        "请用 300 dpi 以上扫描，印的宽度至少 {least} 像素。",
    ),
    "scan-elsewhere": QT_TRANSLATE_NOOP(
        "errors", "{number} 的签回件在另一台电脑上，还没有同步到本机。可以在督导室的电脑上看。"
    ),
}
