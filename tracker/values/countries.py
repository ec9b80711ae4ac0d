"""Countries of ISO 3166-1: the one list of their codes, and of the names by which people know them."""

from collections.abc import Iterable
from functools import cache
from typing import Any

import pycountry

from tracker.values.nearness import folded

# Where neither ISO's own name nor its common one is what people look for.
CALLED = {
    "BRN": "Brunei",
    "COD": "Democratic Republic of the Congo",
    "FSM": "Micronesia",
    "PSE": "Palestine",
    "RUS": "Russia",
    "VAT": "Vatican City",
    "VGB": "British Virgin Islands",
    "VIR": "US Virgin Islands",
}


@cache
def codes() -> dict[str, str]:
    """Return the alpha-3 codes, each with its alpha-2 code."""
    return {country.alpha_3: country.alpha_2 for country in _countries()}


@cache
def names() -> dict[str, str]:
    """Return the name of each country by its alpha-3 code."""
    return {country.alpha_3: getattr(country, "common_name", country.name) for country in _countries()} | CALLED


def name_of(code: str | None) -> str:
    """Return the name of a country by its code, or the code where there is none of it; "" for none."""
    return names().get(code, code) if code else ""


def code_of(name: str) -> str | None:
    """Return the alpha-3 code of the country that has this name, that of ISO or a common one, or this code."""
    return _codes_by_name().get(folded(name))


@cache
def _codes_by_name() -> dict[str, str]:
    fields = ("alpha_3", "name", "official_name", "common_name")
    of_iso = {folded(getattr(country, field, "")): country.alpha_3 for country in _countries() for field in fields}
    of_iso.pop("")
    return of_iso | {folded(name): code for code, name in names().items()}


def _countries() -> Iterable[Any]:
    return iter(pycountry.countries)
