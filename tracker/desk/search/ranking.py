"""The order of what a searching select finds: the best match first.

First what is called exactly so, by any of its names or codes; then whose name begins so; then of whose name another
word begins so; then the rest. What is alike in this stays in the order of the list.
"""

from typing import Any
from unicodedata import normalize

from django.db.models import Case, Func, IntegerField, QuerySet, TextField, Value, When
from django.db.models.functions import Lower

from tracker.models.searching import is_any
from tracker.values.nouns import Noun

MOST_RECORDS = 5000
EXACT, BEGINS, WORD_BEGINS, REST = range(4)
ALIASES = Func("aliases", Value("|"), function="array_to_string", output_field=TextField())
OTHER_NAMES = Func("names", function="texts_of", output_field=TextField())
BETWEEN_BARS = """translate(concat_ws('|', '', %(expressions)s, ''), '"', '|')"""
# by noun, what its records are called by
CALLED_BY: dict[Noun, tuple[Any, ...]] = {
    Noun.ISSUE: ("title", "slug", "ref"),
    Noun.ACTOR: ("name", "short_name", "slug", "iso3", "wikidata_id", "ref", ALIASES, OTHER_NAMES),
    Noun.SOURCE: ("title", "url", "ref"),
}


def ranked(noun: Noun, records: "QuerySet[Any]", sought: str) -> "QuerySet[Any]":
    """Return records with their `closeness` to what was sought, the closest first; as they are if they are too many."""
    ids = list(records.order_by().values_list("pk", flat=True)[: MOST_RECORDS + 1])
    if noun not in CALLED_BY or len(ids) > MOST_RECORDS:
        many: QuerySet[Any] = records.annotate(closeness=Value(REST))
        return many
    few: QuerySet[Any] = records.model._default_manager.filter(is_any("pk", ids)).alias(called=_called(noun))
    text = " ".join(normalize("NFC", sought).split())
    closeness = Case(
        When(called__contains=_plain(Value(f"|{text}|")), then=EXACT),
        When(called__contains=_plain(Value(f"|{text}")), then=BEGINS),
        When(called__contains=_plain(Value(f" {text}")), then=WORD_BEGINS),
        default=REST,
        output_field=IntegerField(),
    )
    few = few.annotate(closeness=closeness).order_by("closeness", *records.query.order_by)
    return few


def _called(noun: Noun) -> Func:
    """Return all that a record is called by, each between bars."""
    return _plain(Func(*CALLED_BY[noun], template=BETWEEN_BARS, output_field=TextField()))


def _plain(text: Any) -> Func:
    return Lower(Func(text, function="unaccent", output_field=TextField()))
