"""Draw docs/speed.svg out of benchmarks/results/speed.json: CPU seconds for a thousand articles, the bare spaCy pass and all beyond it.

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
    "text{font:13px system-ui,sans-serif;fill:#222}.floor{fill:#3b6ea5}.beyond{fill:#d08a2e}.in{fill:#fff}"
    "@media(prefers-color-scheme:dark){text{fill:#ddd}}"
)


def draw(result: dict[str, Any]) -> str:
    """Return the chart: one bar a flow, in two parts."""
    bars = []
    for entry in result["flows"]:
        thousand = 1000 * entry["cpu_seconds"] / entry["articles"]
        beyond = thousand * entry["share_beyond_floor"]
        bars.append((f"{entry['articles']:,} articles, {entry['workers']} worker{'s' * (entry['workers'] > 1)}", thousand - beyond, beyond))
    scale = (_WIDTH - _LEFT - 70) / max(floor + beyond for _, floor, beyond in bars)
    height = 50 + _ROW * len(bars)
    about = "CPU seconds of all processes for a thousand articles: the bare spaCy pass, and everything beyond it."
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(about)}"><style>{_STYLE}</style>',
        f'<rect class="floor" x="{_LEFT}" y="10" width="12" height="12"/><text x="{_LEFT + 18}" y="21">bare spaCy pass</text>',
        f'<rect class="beyond" x="{_LEFT + 150}" y="10" width="12" height="12"/><text x="{_LEFT + 168}" y="21">everything beyond it</text>',
    ]
    for number, (label, floor, beyond) in enumerate(bars):
        y = 36 + _ROW * number
        first, second = floor * scale, beyond * scale
        out.append(f'<text x="{_LEFT - 10}" y="{y + 16}" text-anchor="end">{escape(label)}</text>')
        out.append(f'<rect class="floor" x="{_LEFT}" y="{y}" width="{first:.1f}" height="24"/>')
        out.append(f'<rect class="beyond" x="{_LEFT + first:.1f}" y="{y}" width="{second:.1f}" height="24"/>')
        out.append(f'<text x="{_LEFT + first + second + 8:.1f}" y="{y + 16}">{floor + beyond:.0f} s</text>')
        for x, value in ((_LEFT + first / 2, floor), (_LEFT + first + second / 2, beyond)):
            out.append(f'<text class="in" x="{x:.1f}" y="{y + 16}" text-anchor="middle">{value:.0f}</text>')
    return "\n".join([*out, "</svg>\n"])


if __name__ == "__main__":
    TARGET.write_text(draw(json.loads(RESULT.read_text(encoding="utf-8"))), encoding="utf-8")
