"""Draw docs/speed.svg out of benchmarks/results/speed.json: CPU seconds for a thousand articles, spaCy alone and the whole flow.

python benchmarks/speed_chart.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from markupsafe import escape

HERE = Path(__file__).resolve().parent
RESULT = HERE / "results" / "speed.json"
TARGET = HERE.parent / "docs" / "speed.svg"
_WIDTH, _LEFT, _ROW = 720, 210, 34
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#222}.floor{fill:#8a8f98}.pass{fill:#3b6ea5}.beyond{fill:#d08a2e}.in{fill:#fff}"
    "@media(prefers-color-scheme:dark){text{fill:#ddd}}"
)


def draw(result: dict[str, Any]) -> str:
    """Return the chart: a bar for spaCy alone, and one a flow in two parts."""
    words = sum(entry["words"] for entry in result["flows"]) / sum(entry["articles"] for entry in result["flows"])
    bars = [("spaCy, the same pipeline", [("floor", 1000 * words / result["floor"]["words_per_cpu_second"])])]
    for entry in result["flows"]:
        thousand = 1000 * entry["cpu_seconds"] / entry["articles"]
        beyond = thousand * entry["share_beyond_language_pass"]
        label = f"{entry['articles']:,} articles, {entry['workers']} worker{'s' * (entry['workers'] > 1)}"
        bars.append((label, [("pass", thousand - beyond), ("beyond", beyond)]))
    scale = (_WIDTH - _LEFT - 70) / max(sum(value for _, value in parts) for _, parts in bars)
    height = 50 + _ROW * len(bars)
    about = "CPU seconds of all processes for a thousand articles: spaCy alone, and the whole flow in its language pass and everything beyond that."
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(about)}"><style>{_STYLE}</style>',
        f'<rect class="pass" x="{_LEFT}" y="10" width="12" height="12"/><text x="{_LEFT + 18}" y="21">language pass of the flow</text>',
        f'<rect class="beyond" x="{_LEFT + 200}" y="10" width="12" height="12"/><text x="{_LEFT + 218}" y="21">everything beyond it</text>',
    ]
    for number, (label, parts) in enumerate(bars):
        y = 36 + _ROW * number
        out.append(f'<text x="{_LEFT - 10}" y="{y + 16}" text-anchor="end">{escape(label)}</text>')
        x = float(_LEFT)
        for style, value in parts:
            wide = value * scale
            out.append(f'<rect class="{style}" x="{x:.1f}" y="{y}" width="{wide:.1f}" height="24"/>')
            if len(parts) > 1:
                out.append(f'<text class="in" x="{x + wide / 2:.1f}" y="{y + 16}" text-anchor="middle">{value:.0f}</text>')
            x += wide
        out.append(f'<text x="{x + 8:.1f}" y="{y + 16}">{sum(value for _, value in parts):.0f} s</text>')
    return "\n".join([*out, "</svg>\n"])


if __name__ == "__main__":
    TARGET.write_text(draw(json.loads(RESULT.read_text(encoding="utf-8"))), encoding="utf-8")
