"""Schools are looked for by the names people use, not only by the registered ones."""

from __future__ import annotations

import pytest

from jiandu_desktop.services.school_names import short_names, spellings


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("城关第二小学", "cgex"),
        ("城关第二小学", "城关二小"),
        ("城关第二小学", "cgdexx"),
        ("青禾县第三初级中学", "青禾三中"),
        ("青禾县第三初级中学", "qhsz"),
        ("城关镇第一小学", "cgyx"),
        ("南岭乡初级中学", "nlcz"),
        ("青禾县高级中学", "青禾高中"),
        ("青禾县实验小学", "qhsx"),
    ],
)
def test_a_school_is_found_by_the_name_everyone_calls_it(name: str, typed: str) -> None:
    assert typed in spellings(name)


def test_a_name_that_is_never_shortened_has_its_initials_alone() -> None:
    assert short_names("河西小学") == ()
    assert spellings("河西小学").split() == ["hxxx"]
