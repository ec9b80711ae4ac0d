"""What records are found by at the desk:
their words without accents, case and punctuation, in any script.

`folded` and `sought` are SQL functions (`sql/words.sql`): the first folds texts, the second makes
the LIKE pattern of a word that is searched. Two characters are looked for at the beginning of
words, Chinese ones anywhere, so that an index of trigrams finds all of them.
"""

from typing import Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import BooleanField, Func, TextField, Value

from tracker.models.nouns import RECORDS
from tracker.values.nouns import Noun


def words(noun: Noun) -> Func:
    """Return the expression of all words of a record, as the index of its noun holds them."""
    [index] = [index for index in RECORDS[noun]._meta.indexes if index.name == f"{noun}_words"]
    [indexed] = index.expressions
    return cast(Func, indexed.get_source_expressions()[0])


def has_word(noun: Noun, word: str) -> Func:
    """Return the condition that a record has a word."""
    pattern = Func(Value(word), function="sought", output_field=TextField())
    return Func(
        words(noun),
        pattern,
        template="(%(expressions)s)",
        arg_joiner=" LIKE ",
        output_field=BooleanField(),
    )


def has_near_word(noun: Noun, word: str) -> Func:
    """Return the condition that a record has a word, or one spelled nearly so."""
    folded = Func(Value(word), function="folded", output_field=TextField())
    return Func(
        words(noun),
        folded,
        template="(%(expressions)s)",
        arg_joiner=" %%> ",
        output_field=BooleanField(),
    )


def is_any(field: str, records: "models.QuerySet[Any] | list[int]", *, key: str = "pk") -> Func:
    """Return the condition that a field names one of some records;
    by an index, also beside other conditions.
    """
    keys = (
        Value(records, output_field=ArrayField(models.IntegerField()))
        if isinstance(records, list)
        else ArraySubquery(records.order_by().values(key))
    )
    return Func(
        models.F(field),
        keys,
        template="(%(expressions)s))",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )
