"""Writes initials.txt, the first letters of every reading of every character, as pypinyin (MIT licence) knows them.

Run it again after another version of pypinyin: python resources/pinyin/make_initials.py. A test compares the two.
Each line is the letters, the commonest reading first, a tab, and the characters that are read so.
"""

from collections import defaultdict
from pathlib import Path

from pypinyin import Style, pinyin
from pypinyin.pinyin_dict import pinyin_dict


def letters_of(character: str) -> str:
    """The first letters of a character's readings, each once, lower case."""
    readings = pinyin(character, style=Style.FIRST_LETTER, heteronym=True, strict=False)[0]
    return "".join(dict.fromkeys(each.lower() for each in readings if each.isascii() and each.isalpha()))


def main() -> None:
    by_letters: dict[str, list[str]] = defaultdict(list)
    for number in sorted(pinyin_dict):
        letters = letters_of(chr(number))
        if letters:
            by_letters[letters].append(chr(number))
    lines = [f"{letters}\t{''.join(characters)}\n" for letters, characters in sorted(by_letters.items())]
    target = Path(__file__).with_name("initials.txt")
    target.write_text("".join(lines), encoding="utf-8", newline="\n")
    print(f"{target.name}: {sum(map(len, by_letters.values()))} characters in {len(lines)} lines")


if __name__ == "__main__":
    main()
