"""Other words for what readers search for, from the list that is kept beside the codebook."""

import csv
import re
from functools import cache
from importlib import resources
from typing import NamedTuple

from tracker.values.nearness import other_forms

MOST_QUERIES = 8  # that stand for one
OPERATORS = re.compile(r'"|(^|\s)-|\sor\s', re.IGNORECASE)


class Synonym(NamedTuple):
    """What is searched for, in any of its forms, and what is searched for as well."""

    phrase: re.Pattern[str]
    also: str


@cache
def synonyms() -> list[Synonym]:
    """Return the list; a noun is found in its other number, too."""
    file = resources.files("tracker.schema").joinpath("synonyms.csv")
    rows = csv.DictReader(file.read_text().splitlines())
    return [Synonym(_in_any_form(row["searched"]), row["also"]) for row in rows]


def with_synonyms(text: str) -> str:
    """Return a query that also finds its synonyms.
    One with operators says by itself what else it finds.
    """
    if OPERATORS.search(text):
        return text
    queries = [text]
    for synonym in synonyms():
        if synonym.phrase.search(text):
            queries += [synonym.phrase.sub(synonym.also, query) for query in queries]
    return " or ".join(dict.fromkeys(queries[:MOST_QUERIES]))


def _in_any_form(phrase: str) -> re.Pattern[str]:
    forms = [re.escape(form) for form in (phrase, *other_forms(phrase.casefold()))]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])", re.IGNORECASE)
