"""Searching the desk's lists and its searching selects alike:
by any name, without accents, in any script.

A claim is found by the names of what it names, too; an issue, and what is on it, by those of the
issues above it. All words must be found; only where nothing has them all are they looked for as
nearly spelled names. What has a word with a minus before it is left out.

A searching select has the best match first: what is called exactly so, by any of its names or
codes; then whose name begins so; then of whose name another word begins so; then the rest. What is
alike in this stays in the list's order.
"""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any
from unicodedata import normalize

from django.db.models import Case, Func, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Lower
from django.utils.text import smart_split, unescape_string_literal

from tracker.models.nouns import records_of
from tracker.models.searching import has_near_word, has_word, is_any
from tracker.models.tables import tables_of
from tracker.models.tree import below
from tracker.values.nouns import Noun

Has = Callable[[Noun, str], Func]
MOST_WORDS, MOST_NAMED = 10, 1000
# by noun, the fields that name what it is found by as well
BY_NAMES_OF: dict[Noun, dict[str, Noun]] = {
    Noun.ISSUE: {"id": Noun.ISSUE},
    Noun.STANCE: {"actor": Noun.ACTOR, "issue": Noun.ISSUE},
    Noun.ALIGNMENT: {"actor": Noun.ACTOR, "counterpart": Noun.ACTOR, "issue": Noun.ISSUE},
    Noun.VOTE: {"body": Noun.ACTOR, "issue": Noun.ISSUE},
}
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


def search(noun: Noun, records: "QuerySet[Any]", sought: str) -> "QuerySet[Any]":
    """Return those of the records of a noun that have all the words sought,
    as they are spelled or else nearly so.
    """
    words, without = _search_words(sought)
    for word in without:
        records = records.exclude(_condition(noun, word, has_word))
    if not words:
        return records
    exactly = _with_all(noun, records, words, has_word)
    return (
        exactly if exactly.order_by().exists() else _with_all(noun, records, words, has_near_word)
    )


def says_what_to_find(sought: str) -> bool:
    """Tell whether there is a word to be found, and not only what must not be there."""
    return any(any(map(str.isalnum, word)) for word in _search_words(sought)[0])


def _search_words(sought: str) -> tuple[list[str], list[str]]:
    split = list(smart_split(normalize("NFC", sought.replace("\x00", ""))))[:MOST_WORDS]
    words = [_unquoted(word) for word in split if not word.startswith("-")]
    return words, [_unquoted(word[1:]) for word in split if word.startswith("-") and word[1:]]


def _with_all(noun: Noun, records: "QuerySet[Any]", words: list[str], has: Has) -> "QuerySet[Any]":
    for word in words:
        records = records.filter(_condition(noun, word, has))
    return records


def _condition(noun: Noun, word: str, has: Has) -> Q:
    # summaries are long: nearly every one has a word that is spelled nearly like another
    own = [has(noun, word)] if has is has_word or noun not in BY_NAMES_OF else []
    fields = BY_NAMES_OF.get(noun, {})
    ids = {other: _named(other, word, has) for other in dict.fromkeys(fields.values())}
    named = [is_any(field, ids[other]) for field, other in fields.items() if ids[other]]
    if (table := tables_of(noun).get("participant")) and (actors := _named(Noun.ACTOR, word, has)):
        taking_part = table.model._default_manager.filter(is_any("actor", actors))
        named.append(is_any("id", taking_part, key=noun.value))
    return reduce(or_, map(Q, [*own, *named]), Q()) or Q(pk__in=[])


def _named(noun: Noun, word: str, has: Has) -> list[int]:
    """Return the ids of the records of a noun that have a word:
    looked up first, for the plan depends on how many.
    """
    ids = list(records_of(noun).filter(has(noun, word)).values_list("pk", flat=True)[:MOST_NAMED])
    return below(ids) if noun is Noun.ISSUE and ids else ids


def _unquoted(word: str) -> str:
    return (
        unescape_string_literal(word)
        if word[:1] in ("'", '"') and word[:1] == word[-1:] and word[1:]
        else word
    )


def ranked(noun: Noun, records: "QuerySet[Any]", sought: str) -> "QuerySet[Any]":
    """Return records with their `closeness` to what was sought, the closest first;
    as they are if they are too many.
    """
    ids = list(records.order_by().values_list("pk", flat=True)[: MOST_RECORDS + 1])
    if noun not in CALLED_BY or len(ids) > MOST_RECORDS:
        many: QuerySet[Any] = records.annotate(closeness=Value(REST))
        return many
    few: QuerySet[Any] = records.model._default_manager.filter(is_any("pk", ids)).alias(
        called=_called(noun)
    )
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
