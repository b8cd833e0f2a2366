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
    "seal-unknown-kind": QT_TRANSLATE_NOOP("errors", "没有叫“{kind}”的文种。可以写的有：{known}。"),
    "seal-no-computer": QT_TRANSLATE_NOOP("errors", "“{person}”还没有接入的电脑，印章借不出去。请先发邀请并同步一次。"),
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
    "certificate-missing": QT_TRANSLATE_NOOP(
        "errors", "还没有选电子签名证书。请先在“设置、印章与签名”里选择证书文件。"
    ),
    "certificate-unreadable": QT_TRANSLATE_NOOP(
        "errors", "“{name}”不是完整的证书文件（.p12 或 .pfx），没有收下。请向发证单位重新取得后再选。"
    ),
    "certificate-password": QT_TRANSLATE_NOOP("errors", "“{name}”的密码不对。请看清大小写，再输一次。"),
    "certificate-without-key": QT_TRANSLATE_NOOP(
        "errors", "“{name}”里没有私钥，只能验签不能签名，没有收下。请选带私钥的 .p12 或 .pfx。"
    ),
    "certificate-expired": QT_TRANSLATE_NOOP(
        "errors", "“{subject}”的证书已于 {day} 到期，不能再签。请换上新证书；以前签的仍然有效。"
    ),
    "certificate-not-yet": QT_TRANSLATE_NOOP(
        "errors", "“{subject}”的证书 {day} 才生效，现在不能签。请核对电脑的日期，或等到那一天。"
    ),
    "verify-too-large": QT_TRANSLATE_NOOP(
        "errors", "“{name}”有 {size} MB，不会是一份文书，没有核对。请确认选对了文件（上限 {limit} MB）。"
    ),
    "verify-other-number": QT_TRANSLATE_NOOP("errors", "文号不同：登记的是 {ours}，文件写的是 {theirs}。"),
    "verify-other-title": QT_TRANSLATE_NOOP("errors", "标题不同：登记的是“{ours}”，文件写的是“{theirs}”。"),
    "verify-other-pages": QT_TRANSLATE_NOOP("errors", "页数不同：原件 {ours} 页，文件 {theirs} 页。"),
    "verify-other-words": QT_TRANSLATE_NOOP("errors", "第 {page} 页文字不同：原件是“{ours}”，文件是“{theirs}”。"),
    "verify-other-page": QT_TRANSLATE_NOOP("errors", "第 {page} 页的文字大部分不同，是另一份文书的内容。"),
    "verify-other-look": QT_TRANSLATE_NOOP("errors", "第 {page} 页文字相同，图形或版面不同。"),
    "verify-same-to-the-eye": QT_TRANSLATE_NOOP(
        "errors", "看得见的内容与原件一样，文件本身被动过：多半是用别的软件另存过。"
    ),
    "verify-no-original": QT_TRANSLATE_NOOP("errors", "本机没有原件，说不出是哪里不同。请在签发的电脑上核对。"),
    "verify-torn": QT_TRANSLATE_NOOP("errors", "文件已经残缺，说不出是哪里不同。"),
    "verify-signature-good": QT_TRANSLATE_NOOP("errors", "电子签名有效：{signer}，{at} 签，签名以后没有改动。"),
    "verify-signature-broken": QT_TRANSLATE_NOOP("errors", "电子签名无效：{signer} 签名以后，文件被改过。"),
    "verify-signature-expired": QT_TRANSLATE_NOOP("errors", "签名的时候证书不在有效期内（到期日 {day}）。"),
    "verify-signature-unreadable": QT_TRANSLATE_NOOP("errors", "文件里有电子签名，但读不出来，不能作准。"),
    "verify-signer-known": QT_TRANSLATE_NOOP("errors", "签名证书是本单位登记过的。"),
    "verify-signer-unknown": QT_TRANSLATE_NOOP(
        "errors", "签名证书不是本单位登记过的，由“{issuer}”颁发；是谁签的，请向对方核实。"
    ),
    "verify-voided": QT_TRANSLATE_NOOP("errors", "注意：这份文书已于 {day} 作废（{reason}）。"),
    "verify-superseded": QT_TRANSLATE_NOOP("errors", "注意：这份文书已于 {day} 被 {by} 替代（{reason}）。"),
    "verify-numbered": QT_TRANSLATE_NOOP("errors", "临时文号已于 {day} 补为 {number}。"),
    "scan-elsewhere": QT_TRANSLATE_NOOP(
        "errors", "{number} 的签回件在另一台电脑上，还没有同步到本机。可以在督导室的电脑上看。"
    ),
}
