"""The factors of units.csv against pint's registry, an independent source. pint is a development dependency only: it is too slow for every figure."""

from __future__ import annotations

import pytest

from dateline.extract.figure_units import Unit, convert, unit_named
from dateline.resources import rows

pint = pytest.importorskip("pint", reason="pint is a development dependency")

# What pint calls them, where it is not our name with underscores.
NAMES = {
    "km2": "km**2", "m2": "m**2", "cm2": "cm**2", "m3": "m**3", "km3": "km**3", "l": "liter", "t": "metric_ton", "kg": "kilogram", "g": "gram",
    "stone": "stone", "kiloton": "kilometric_ton", "megaton": "megametric_ton", "gigaton": "gigametric_ton", "pound": "pound",
    "square mile": "mile**2", "square foot": "foot**2", "square yard": "yard**2", "square inch": "inch**2", "cubic foot": "foot**3",
    "cubic inch": "inch**3", "cubic yard": "yard**3", "cubic centimeter": "centimeter**3", "barrel": "oil_barrel", "kilometer per hour": "km/hour",
    "mile per hour": "mile/hour", "meter per second": "m/s", "celsius": "degC", "fahrenheit": "degF", "pound-foot": "pound_force * foot",
    "newton metre": "newton * meter", "pound per square inch": "psi", "milliampere hour": "milliampere * hour", "watt hour": "watt * hour",
    "kilowatt hour": "kilowatt * hour", "megawatt hour": "megawatt * hour", "gigawatt hour": "gigawatt * hour", "terawatt hour": "terawatt * hour",
    "megabit per second": "megabit/second", "gigabit per second": "gigabit/second", "revolution per minute": "turn/minute",
}  # fmt: skip
BASES = {"m2": "m**2", "m3": "m**3", "N m": "newton * meter", "bit/s": "bit/second", "C": "coulomb", "Hz": "hertz"}
# No physical unit, or one that news and pint read differently (a "ton" of news is metric more often than short; turns are no hertz to pint).
OTHER_DIMENSIONS = {"share", "magnitude", "pixels", "level", "economy", "money", "frequency"}
OTHER_UNITS = {"ton", "carat", "knot", "calorie", "kilocalorie"}


def units() -> list[Unit]:
    found = {row["unit"]: unit_named(row["unit"]) for row in rows("units.csv")}
    known = [unit for unit in found.values() if unit is not None and unit.factor is not None]
    return [unit for unit in known if unit.dimension not in OTHER_DIMENSIONS and unit.name not in OTHER_UNITS]


@pytest.fixture(scope="module")
def registry() -> pint.UnitRegistry:
    return pint.UnitRegistry(autoconvert_offset_to_baseunit=True)


@pytest.mark.parametrize("unit", units(), ids=lambda unit: str(unit.name))
def test_a_unit_converts_as_pint_does(unit: Unit, registry: pint.UnitRegistry) -> None:
    theirs = registry.Quantity(7.0, registry.parse_units(NAMES.get(unit.name, unit.name.replace(" ", "_").replace("-", "_"))))
    expected = theirs.to(registry.parse_units(BASES.get(unit.base, unit.base))).magnitude
    # pint keeps the survey foot of the United States for acres, furlongs and fathoms: 2 parts in a million longer.
    assert convert(7.0, unit) == pytest.approx(expected, rel=1e-5)
