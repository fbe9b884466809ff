"""Charts: the words beside marks."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from dateline.report.charts import figure_panel, time_domain


def mark(name: str, day: date, value: float) -> dict[str, Any]:
    return {
        "figure_id": name, "day": day, "value_min": value, "value_max": value, "approx": "exact", "side": None, "dated": True, "denied": False,
        "reports": 1,
    }  # fmt: skip


def words_beside(marks: list[dict[str, Any]]) -> list[str]:
    domain, _ = time_domain(marks)
    assert domain is not None
    said = {m["figure_id"]: {"said": f"about {m['figure_id']}", "label": ""} for m in marks}
    return re.findall(r'class="word"[^>]*>([^<]*)<', figure_panel(marks, domain, [], said))


def test_words_do_not_lie_on_the_next_mark() -> None:
    begin, far = date(2025, 1, 1), date(2025, 12, 31)
    crowded = [mark("a", begin, 5.0), mark("b", begin + timedelta(days=20), 5.0), mark("c", far, 50.0)]
    assert words_beside(crowded) == ["about b", "about c"]


def test_words_stand_beside_marks_that_have_room() -> None:
    apart = [mark("a", date(2025, 1, 1), 5.0), mark("b", date(2025, 1, 21), 50.0), mark("c", date(2025, 12, 31), 20.0)]
    assert words_beside(apart) == ["about a", "about b", "about c"]
