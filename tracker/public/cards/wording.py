"""How a record is called, and what its values say, in words:
for pages, feeds, files of releases, and the desk.

Each of the four ways to call one is as long as where it stands has room for.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from types import MappingProxyType
from typing import Any

from django.utils.safestring import SafeString

from tracker.public.cards.chips import word
from tracker.public.cards.context import Body
from tracker.public.cards.grammar import whose
from tracker.schema.records import CLAIMS, OCCURRENCES
from tracker.values.csl import SourceType
from tracker.values.days import period, when
from tracker.values.nouns import Noun
from tracker.values.text_diff import edits
from tracker.values.texts import one_line
from tracker.values.vocabularies import (
    DIRECTED,
    ActorKind,
    Basis,
    Confidence,
    Operation,
    Pattern,
    Position,
    Standing,
    Vocabulary,
    VoteKind,
)

NOTHING: tuple[Any, ...] = (None, "", [], {})
NO_TERMS: Mapping[str, str] = MappingProxyType({})
VERBS = {
    Position.NEUTRAL: "is neutral",
    Position.SILENT: "is silent",
    Position.NO_EVIDENCE: "has no known position",
}
MOST_AUTHORS = 2
NO_VALUE = "none"
# What lists of changes call a field,
# where its own name is a word of coders or needs others beside it.
FIELD_WORDS = {
    "accessed_on": "last read on",
    "amends": "amendment to",
    "archive_url": "archived copy",
    "ballots": "votes cast",
    "ballots_complete": "all votes are known",
    "basis": "what it rests on",
    "citations": "sources",
    "confirmed_on": "last checked",
    "container_title": "published in",
    "core_interests": "core interest of",
    "counterpart": "other actor",
    "derives_from": "passes on",
    "draft_symbol": "draft",
    "ends": "tells that it ended",
    "english_title": "English title",
    "frames": "complete votes",
    "hedged": "with reserve",
    "held": "day of the vote",
    "held_as": "how they met",
    "instruments": "by what means",
    "iso3": "country code",
    "issued": "published on",
    "likelihood": "how likely",
    "locator": "where in the source",
    "locator_label": "kind of place in the source",
    "names": "names in other languages",
    "parent": "part of",
    "pattern": "how they relate",
    "quote": "quotation",
    "relation": "what the source does",
    "resolutions": "outcome of the forecast",
    "retrospective": "asked afterwards",
    "settled": "decided on",
    "settlement": "how it was decided",
    "settlement_locator": "where in the source of the decision",
    "settlement_source": "source of the decision",
    "slug": "address here",
    "standing": "accepted or disputed",
    "standing_note": "why it is disputed",
    "symbol": "document",
    "tally_abstain": "abstentions",
    "tally_absent": "absent",
    "tally_no": "votes against",
    "tally_yes": "votes in favour",
    "text": "text that was issued",
    "url": "web address",
    "whose": "whose forecast",
    "wikidata_id": "Wikidata",
    "without_vote": "adopted without a vote",
    "yes_means": "what a yes means",
}
OPERATION_WORDS = {
    Operation.PUBLISHED: "new",
    Operation.UPDATED: "corrected or changed",
    Operation.RENAMED: "with a changed name",
    Operation.RETRACTED: "withdrawn",
    Operation.MERGED: "merged into another",
}


def value(given: Any, terms: Mapping[str, str] = NO_TERMS) -> str:
    """Return a value in words:
    "" for nothing, a term by its label in `terms`, a reference by its name.
    """
    if given in NOTHING:
        return ""
    if isinstance(given, bool):
        return "yes" if given else "no"
    if isinstance(given, list):
        return ", ".join(value(each, terms) for each in given)
    if isinstance(given, dict):
        return when(given) if "edtf" in given else str(given["name"])
    return terms.get(str(given), str(given))


@cache
def terms_of(vocabulary: type[Vocabulary]) -> Mapping[str, str]:
    """Return the labels of the terms of a vocabulary."""
    return {str(term.value): str(term.label) for term in vocabulary}


def plain(field: str) -> str:
    """Return the name of a field as words."""
    return field.replace("_", " ")


def field_words(field: str) -> str:
    """Return what readers call a field."""
    return FIELD_WORDS.get(field) or plain(field)


def change(field: str, before: str, after: str) -> str:
    """Return what became of a field; of what was empty or is now, only the other side is told."""
    if before == NO_VALUE:
        return f"{field_words(field)}: {after} (new)"
    if after == NO_VALUE:
        return f"{field_words(field)}: {before} (removed)"
    return f"{field_words(field)}: {before} → {after}"


def happened(operation: str) -> str:
    """Return what an edition did to a record."""
    return OPERATION_WORDS[Operation(operation)]


def name(noun: Noun, body: Body) -> str:
    """Return the title or name of a record;
    of a vote that may have neither, its symbol, and whose it is and when.
    """
    if noun is Noun.VOTE:
        words = ": ".join(filter(None, (body["symbol"], body["title"]))) or body["body"]["name"]
        return one_line(words) + (f" ({when(body['held'])})" if body["held"] else "")
    return one_line(body.get("title") or body["name"])


def subject(claim: Body) -> str:
    """Return whose claim it is, and on which issue, whose title is no object of “supports”:
    that is what it asks.
    """
    return f"{whose(claim)} on “{one_line(claim['issue']['name'])}”"


def headline(noun: Noun, body: Body) -> str:
    """Return what a feed calls a record: a claim by what it says on which issue;
    no name of what is withheld.
    """
    if not body:
        return f"A withheld {noun}"
    if noun in CLAIMS:
        dated = (
            f", {period(body['since'], body['until'])}" if body["since"] or body["until"] else ""
        )
        return f"{'Forecast: ' * (body['basis'] == Basis.FORECAST)}{_claim(noun, body)}{dated}"
    if noun in OCCURRENCES and body["since"]:
        return f"{one_line(body['title'])}, {when(body['since'])}"
    return name(noun, body)


def _claim(noun: Noun, body: Body) -> str:
    if noun is Noun.STANCE:
        return f"{subject(body)}: {word(Position(body['position']))}"
    label = _term(Pattern, body["pattern"])
    if body["pattern"] in DIRECTED:
        return (
            f"{body['actor']['name']} {label} {body['counterpart']['name']} on "
            f"“{one_line(body['issue']['name'])}”"
        )
    return f"{subject(body)}: {label}"


def title(noun: Noun, body: Body) -> str:
    """Return what a list below an issue calls a record:
    a claim by what it says, when, on which basis, how surely.
    """
    match noun:
        case Noun.STANCE:
            verb = VERBS.get(body["position"]) or _term(Position, body["position"])
            return f"{body['actor']['name']} {verb} ({_particulars(body)})"
        case Noun.ALIGNMENT:
            how, (first, second) = (
                _term(Pattern, body["pattern"]),
                (body[end]["name"] for end in ("actor", "counterpart")),
            )
            pair = (
                f"{first} {how} {second}"
                if body["pattern"] in DIRECTED
                else f"{first} and {second}, {how}"
            )
            return f"{pair} ({_particulars(body)})"
    if noun in OCCURRENCES and body["since"]:
        return f"{one_line(body['title'])} ({when(body['since'])})"
    return name(noun, body)


def _particulars(body: Body) -> str:
    since, until = (when(body[end]) if body[end] else "" for end in ("since", "until"))
    days = (
        f"{since} to {until}"
        if since and until
        else f"since {since}"
        if since
        else until and f"until {until}"
    )
    sure = f"{_term(Confidence, body['confidence'])} confidence"
    hedged = "hedged" if body.get("hedged") else ""
    contested = "contested" if body["standing"] == Standing.CONTESTED else ""
    return "; ".join(filter(None, [days, _term(Basis, body["basis"]), sure, hedged, contested]))


def label(noun: Noun, body: Body) -> str:
    """Return one line by which the desk tells a record from others of its kind,
    with dates as they are typed.
    """
    match noun:
        case Noun.ACTOR:
            kind = "" if body["kind"] == ActorKind.STATE else f" ({_term(ActorKind, body['kind'])})"
            return f"{body['name']}{kind}"
        case Noun.ISSUE:
            return f"{body['title']}{'' if body['question'] else ' (group of issues)'}"
        case Noun.SOURCE:
            where = ", ".join(
                filter(None, [body["publisher"] or body["container_title"], _typed(body["issued"])])
            )
            return f"{body['title']} ({where})" if where else str(body["title"])
        case Noun.STANCE:
            called = (
                f"{body['actor']['name']} {_term(Position, body['position'])}: "
                f"{body['issue']['name']}"
            )
        case Noun.ALIGNMENT:
            both = f"{body['actor']['name']} and {body['counterpart']['name']}"
            called = f"{both}, {_term(Pattern, body['pattern'])}: {body['issue']['name']}"
        case Noun.VOTE:
            words = ": ".join(filter(None, [body["symbol"], body["title"]]))
            called = words or f"{body['body']['name']}, {_term(VoteKind, body['kind'])}"
            return f"{called} ({_typed(body['held'])})" if body["held"] else called
        case _:
            called = str(body.get("title") or body["name"])
    since, until = _typed(body.get("since")), _typed(body.get("until"))
    days = f"{since}/{until}" if since and until else since or (until and f"until {until}")
    return f"{called} ({days})" if days else called


def distinctions(noun: Noun, body: Body) -> list[str]:
    """Return what tells a record from others that are called alike,
    for those that are chosen from a list.
    """
    match noun:
        case Noun.ACTOR:
            return [
                _term(ActorKind, body["kind"]),
                body["iso3"] or body["short_name"],
                body["slug"],
            ]
        case Noun.ISSUE:
            parent = body.get("parent")
            return [f"in {parent['name']}" if parent else "", body["question"] or "group of issues"]
        case Noun.SOURCE:
            authors = (
                str(author.get("family") or author.get("literal"))
                for author in body["authors"][:MOST_AUTHORS]
            )
            where = body["publisher"] or body["container_title"]
            return [
                _term(SourceType, body["type"]),
                ", ".join(authors),
                where,
                _typed(body["issued"]),
                body["url"],
            ]
    return []


def _term(vocabulary: type[Vocabulary], term: str) -> str:
    """Return the label of a term, or one that the vocabulary has no longer as it is."""
    return value(term, terms_of(vocabulary))


def _typed(date: Body | None) -> str:
    return date["edtf"] if date else ""


def rewordings(
    changed: Mapping[str, Sequence[Any]], texts: Iterable[str], before: str
) -> Iterator[SafeString]:
    """Yield as HTML what went and what came in each of these texts among changed fields, {field:
    [old, new]}.

    `before` is where the record is as it was before.
    """
    for field in texts:
        if field in changed:
            pieces = ((escape(text), mark) for text, mark in edits(*changed[field]) if text)
            html = (f"<{mark}>{text}</{mark}>" if mark else text for text, mark in pieces)
            link = f'<a class="when" href="{escape(before)}">as it was before</a>'
            words = "".join(html).strip().replace("</del><ins>", "</del> <ins>")
            yield SafeString(f"{field_words(field)}: <bdi>{words}</bdi> {link}")
