"""What records are found by at the desk: their words without accents, case and punctuation, in any script.

`folded` and `sought` are SQL functions (`sql/words.sql`): the first folds texts, the second makes the LIKE pattern of a
word that is searched. Two characters are looked for at the beginning of words, Chinese ones anywhere, so that an index
of trigrams finds all of them.
"""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import BooleanField, Func, TextField, Value

from tracker.values.nouns import Noun


def _joined(field: str | Func) -> Func:
    return Func(field, function="joined", output_field=TextField())


def _texts(field: str) -> Func:
    return Func(field, function="texts_of", output_field=TextField())


def _spellings(field: str) -> Func:
    return _joined(Func(field, function="spellings", output_field=ArrayField(TextField())))


# by noun, what its records are found by
FOUND_BY: dict[Noun, tuple[Any, ...]] = {
    Noun.ISSUE: ("title", "slug", "question", "ref"),
    Noun.ACTOR: (
        "name", "short_name", "slug", "iso3", "wikidata_id", "ref", _texts("names"), _joined("aliases")
    ),
    Noun.SOURCE: ("title", "publisher", "container_title", "url", "archive_url", "ref", _texts("authors")),
    Noun.STANCE: ("summary", "standing_note", "ref"),
    Noun.ALIGNMENT: ("summary", "standing_note", "ref"),
    Noun.MEETING: ("title", "place", "country", "series", "summary", "ref"),
    Noun.VOTE: ("title", _spellings("symbol"), "amends", "summary", "ref"),
}  # fmt: skip


def words(noun: Noun) -> Func:
    """Return the expression of all words of a record, as an index holds them."""
    return Func(*FOUND_BY[noun], function="folded", output_field=TextField())


def search_index(noun: Noun) -> GinIndex:
    """Return the index of the words of a noun's records."""
    return GinIndex(OpClass(words(noun), name="gin_trgm_ops"), name=f"{noun}_words")


def has_word(noun: Noun, word: str) -> Func:
    """Return the condition that a record has a word."""
    pattern = Func(Value(word), function="sought", output_field=TextField())
    return Func(words(noun), pattern, template="(%(expressions)s)", arg_joiner=" LIKE ", output_field=BooleanField())


def has_near_word(noun: Noun, word: str) -> Func:
    """Return the condition that a record has a word, or one spelled nearly so."""
    folded = Func(Value(word), function="folded", output_field=TextField())
    return Func(words(noun), folded, template="(%(expressions)s)", arg_joiner=" %%> ", output_field=BooleanField())


def is_any(field: str, records: "models.QuerySet[Any] | list[int]", *, key: str = "pk") -> Func:
    """Return the condition that a field names one of some records; by an index, also beside other conditions."""
    keys = (
        Value(records, output_field=ArrayField(models.IntegerField()))
        if isinstance(records, list)
        else ArraySubquery(records.order_by().values(key))
    )
    return Func(models.F(field), keys, template="(%(expressions)s))", arg_joiner=" = ANY(", output_field=BooleanField())
