"""Write Ukrainian and Russian names in Latin letters, for tables that have them in Cyrillic only (letters: seeds/reference/cyrillic.csv).

Ukrainian after the Cabinet's table of 2010, Russian after the usage of English-language news (simplified BGN/PCGN).
"""

from __future__ import annotations

from functools import cache

from dateline.resources import rows


@cache
def _letters(language: str) -> dict[str, tuple[str, str]]:
    return {row["letter"]: (row[f"{language}_first"], row[language]) for row in rows("cyrillic.csv")}


def romanize(name: str, country: str = "UA") -> str:
    """Return a Cyrillic name in Latin letters; other characters stay.

    >>> romanize("Запоріжжя"), romanize("Суджа", "RU"), romanize("Гуляйполе")
    ('Zaporizhzhia', 'Sudzha', 'Huliaipole')
    """
    letters = _letters("ru" if country in ("RU", "BY") else "uk")
    out: list[str] = []
    first = True
    for position, letter in enumerate(name):
        low = letter.lower()
        if low == "з" and name[position + 1 : position + 2].lower() == "г" and country not in ("RU", "BY"):
            latin = "z"  # "Згурівка" is Zghurivka; the "г" after it is written "gh".
        elif low == "г" and position and name[position - 1].lower() == "з" and country not in ("RU", "BY"):
            latin = "gh"
        elif low in letters:
            latin = letters[low][0 if first else 1]
        else:
            out.append(letter)
            first = not letter.isalpha() and letter not in "'’ʼ"
            continue
        out.append(latin.capitalize() if letter.isupper() else latin)
        first = False
    return "".join(out).replace("'", "").replace("’", "").replace("ʼ", "")
