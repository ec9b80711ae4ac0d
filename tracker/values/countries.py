"""Countries of ISO 3166-1, and those that are no more, of ISO 3166-3:
the one list of codes and of usual names.
"""

from functools import cache
from typing import Any, NamedTuple

import pycountry

from tracker.values.nearness import folded

# Where neither ISO's own name nor its common one is what people look for.
CALLED = {
    "BRN": "Brunei",
    "BUR": "Burma",
    "BYS": "Byelorussian SSR",
    "COD": "Democratic Republic of the Congo",
    "CSK": "Czechoslovakia",
    "DDR": "East Germany",
    "FSM": "Micronesia",
    "FXX": "Metropolitan France",
    "HVO": "Upper Volta",
    "PCI": "Trust Territory of the Pacific Islands",
    "PSE": "Palestine",
    "RUS": "Russia",
    "SUN": "Soviet Union",
    "VAT": "Vatican City",
    "VDR": "North Vietnam",
    "VGB": "British Virgin Islands",
    "VIR": "US Virgin Islands",
    "YMD": "South Yemen",
    "YUG": "Yugoslavia",
    "ZAR": "Zaire",
}

# Other names that lists of votes use:
# official names at the United Nations, today and in the past, that ISO lacks.
OTHER_NAMES = {
    "BHS": ("The Bahamas",),
    "BYS": ("Byelorussian Soviet Socialist Republic",),
    "CIV": ("Ivory Coast",),
    "COD": ("Congo (Democratic Republic of)",),
    "CPV": ("Cape Verde",),
    "CYP": ("Republic of Cyprus",),
    "DEU": ("Germany, Federal Republic of",),
    "GMB": ("The Gambia", "Gambia (Republic of The)", "Gambia (Islamic Republic of the)"),
    "KHM": ("Democratic Kampuchea", "Kampuchea", "Khmer Republic"),
    "KNA": ("St. Kitts and Nevis",),
    "KOR": ("Republic of Korea",),
    "LBY": ("Libyan Arab Jamahiriya", "Libyan Arab Republic"),
    "LCA": ("St. Lucia",),
    "LKA": ("Ceylon",),
    "MDV": ("Maldive Islands",),
    "MKD": ("The former Yugoslav Republic of Macedonia",),
    "NLD": ("The Netherlands", "Netherlands (Kingdom of the)"),
    "PRK": ("DPRK",),
    "PSE": ("State of Palestine",),
    "SUN": ("Union of Soviet Socialist Republics", "USSR"),
    "SUR": ("Surinam",),
    "SWZ": ("Swaziland",),
    "TUR": ("Turkey",),
    "UKR": ("Ukrainian Soviet Socialist Republic", "Ukrainian SSR"),
    "VAT": ("Holy See",),
    "VCT": ("St. Vincent and the Grenadines",),
    "WSM": ("Western Samoa",),
    "YMD": ("Democratic Yemen",),
}


class Country(NamedTuple):
    """A country by its usual name and its other code:
    the alpha-2, or of one that is no more the alpha-4.

    `until` is the year in which ISO gave its code up; 0 for countries that are.
    """

    name: str
    other_code: str
    until: int = 0


@cache
def countries() -> dict[str, Country]:
    """Return all countries by their alpha-3 codes."""
    now: Any = pycountry.countries
    former: Any = pycountry.historic_countries
    return {
        **{
            country.alpha_3: Country(
                _name(country), country.alpha_4, int(country.withdrawal_date[:4])
            )
            for country in former
        },
        **{country.alpha_3: Country(_name(country), country.alpha_2) for country in now},
    }


def name_of(code: str | None) -> str:
    """Return the name of a country by its code, or the code where there is none of it;
    "" for none.
    """
    if not code:
        return ""
    return countries()[code].name if code in countries() else code


def code_of(name: str) -> str | None:
    """Return the alpha-3 code of the country that has this name or code, as ISO,
    the UN or people use it.
    """
    return _codes_by_name().get(folded(name))


@cache
def _codes_by_name() -> dict[str, str]:
    fields = ("alpha_3", "name", "official_name", "common_name")
    every: tuple[Any, ...] = (*pycountry.historic_countries, *pycountry.countries)
    of_iso = {
        folded(getattr(country, field, "")): country.alpha_3
        for country in every
        for field in fields
    }
    of_iso.pop("")
    others = {folded(name): code for code, names in OTHER_NAMES.items() for name in names}
    return of_iso | others | {folded(country.name): code for code, country in countries().items()}


def _name(country: Any) -> str:
    return CALLED.get(country.alpha_3) or getattr(country, "common_name", country.name)
