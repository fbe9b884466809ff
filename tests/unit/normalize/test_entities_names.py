"""Names as strings: what must meet and what must not."""

import pytest

from dateline.normalize.entity_names import clean, fold, initials, is_acronym, readable, sound, surname


@pytest.mark.parametrize(
    "spellings",
    [
        ("Zelenskyy", "Zelenskiy", "Zelensky", "Zelenskyi", "Selenskyj"),
        ("Syrskyi", "Syrskyy", "Syrsky"),
        ("Dmitry Peskov", "Dmitri Peskov", "Dmitriy Peskov"),
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Andrei Belousov", "Andrey Belousov"),
    ],
)
def test_transliterations_sound_alike(spellings: tuple[str, ...]) -> None:
    assert len({sound(name) for name in spellings}) == 1


@pytest.mark.parametrize(("a", "b"), [("Lavrov", "Larov"), ("Putin", "Patin"), ("Kim Jong Un", "Kim Jong Il"), ("Smirnov", "Smirnova")])
def test_other_names_do_not(a: str, b: str) -> None:
    assert sound(a) != sound(b)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the U.S.", "us"),
        ("el-Fasher’s", "el fasher"),
        ("Türkiye", "turkiye"),
        ("Médecins Sans Frontières", "medecins sans frontieres"),
        ("Łódź", "lodz"),
    ],
)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


def test_small_readings() -> None:
    assert clean("the\nDefence Ministry's") == "Defence Ministry"
    assert surname("Abdel Fattah al-Burhan") == "burhan"
    assert surname("Robert F. Kennedy Jr.") == "kennedy"
    assert initials("International Atomic Energy Agency") == "iaea"
    assert [is_acronym(x) for x in ("IAEA", "U.N.", "F-16s", "Kyiv", "NATO")] == [True, True, False, False, True]
    assert readable("KRAMATORSK") == "Kramatorsk"
