"""Taking persons out of a text that is to be published: names that are known, names before a title, numbers of people.

No program can know every name that somebody typed into a sentence. What the office's records hold as a name is always
taken out; beyond that, a surname with one or two characters before a title (王小川老师) is. Whoever publishes reads it
through once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

HIDDEN = "×××"

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛范彭郎鲁韦马苗方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常于傅康余顾孟黄穆萧尹姚邵汪祁毛狄米贝臧戴宋茅庞熊纪舒屈项祝董梁杜阮蓝闵季贾路"
    "江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房丁邓洪包左石崔龚程邢裴陆翁段侯武刘景龙叶白蒲卓池乔谭申冉牛"
    "燕尚温庄晏柴瞿阎连习艾鱼向古易廖耿匡文欧沙丰关查游权盖岳帅肖覃"
)
_DOUBLE_SURNAMES = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "皇甫",
    "尉迟",
    "令狐",
    "慕容",
    "司徒",
    "夏侯",
    "东方",
    "端木",
    "公孙",
)
_TITLES = "老师|班主任|副校长|校长|副园长|园长|副主任|主任|副书记|书记|同学|医生|厨师|保安|女士|先生|督学"
_NO_NAMES = "安全|安保|包联|常务|卫生|高年|高中|管理|文化|文体|文科|任课|任何|全体|方面|毕业|连续|关工|计财|金融"
"""Words that begin like a surname and stand before a title: 安全副校长, 任课老师."""

_BEGINS = "(?<![\u4e00-\u9fff])|(?<=[由和与及对向请跟同是为系找问经让叫给据])"
_BEFORE_TITLE = re.compile(rf"(?:{_BEGINS})(?!{_NO_NAMES})[{_SURNAMES}][\u4e00-\u9fff]{{0,2}}?(?=(?:{_TITLES}))")
_NUMBERS = re.compile(r"(?<!\d)(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|\d{17}[\dXx]|0\d{2,3}-?\d{7,8})(?!\d)")
"""Mobile numbers, numbers of identity cards, numbers of land lines."""

_SPLIT = re.compile(r"[、,，;；/\s（）()]+")
_MARK = "\ue000"


class Veil:
    """Hides persons in texts. `names` are what rosters hold: single names, lists of them, or 王小川（校长）; `entries`
    are fields in which somebody may have written an office as well (何田、食堂): there a name begins with a surname.
    `kept` are texts in which nothing is hidden, such as the names of schools."""

    def __init__(self, names: Iterable[str], kept: Iterable[str] = (), entries: Iterable[str] = ()) -> None:
        # One character alone is no name: it would take half of the text with it.
        known = {part for name in names for part in _SPLIT.split(name) if _is_name(part)}
        known |= {part for entry in entries for part in _SPLIT.split(entry) if _is_name(part) and _has_surname(part)}
        self._names = self._either(known)
        self._kept = self._either({each for each in kept if each})

    def hide(self, text: str) -> str:
        """`text` without persons."""
        spared: list[str] = []

        def spare(match: re.Match[str]) -> str:
            spared.append(match[0])
            return _MARK

        if self._kept is not None:
            text = self._kept.sub(spare, text)
        if self._names is not None:
            text = self._names.sub(HIDDEN, text)
        text = _BEFORE_TITLE.sub(HIDDEN, text)
        text = _NUMBERS.sub(HIDDEN, text)
        back = iter(spared)
        return re.sub(_MARK, lambda _: next(back, ""), text)

    @staticmethod
    def _either(texts: set[str]) -> re.Pattern[str] | None:
        """The longest first, so that 王小川 is not taken for 王小."""
        ordered = sorted(texts, key=lambda text: (-len(text), text))
        return re.compile("|".join(map(re.escape, ordered))) if ordered else None


def _is_name(text: str) -> bool:
    """Two to four ideographs, or a longer name with a dot (阿依古丽·买买提); titles and offices are none."""
    if re.search(rf"(?:{_TITLES}|负责人|领导|人员|[处科室组办部股]$)", text):
        return False
    return re.fullmatch(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}", text) is not None or (
        "·" in text and len(text) <= 20
    )


def _has_surname(text: str) -> bool:
    return "·" in text or ((text[0] in _SURNAMES or text[:2] in _DOUBLE_SURNAMES) and not re.match(_NO_NAMES, text))
