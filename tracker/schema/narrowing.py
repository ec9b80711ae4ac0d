"""The filters of each noun's list, declared once: the public API and the desk's offer the same names."""

from collections.abc import Mapping
from typing import Any

from tracker.schema.filters import (
    Codes,
    Day,
    Filter,
    Flag,
    Ids,
    Keys,
    Refs,
    Search,
    Since,
    Terms,
    Texts,
    Whole,
    Words,
)
from tracker.values.csl import SourceType
from tracker.values.nouns import Noun
from tracker.values.vocabularies import (
    DIRECTED,
    ActorKind,
    Basis,
    Confidence,
    Instrument,
    MeetingKind,
    MeetingStatus,
    Outlet,
    Pattern,
    Position,
    Region,
    Theme,
)

BELOW = "SELECT record FROM below"
SINCE = (
    "coalesce(%(changed_since)s::int, "
    "(SELECT max(e.number) FROM tracker_edition e WHERE e.published_at <= %(changed_since_moment)s::timestamptz), 0)"
)
_DIRECTED = ", ".join(f"'{pattern.value}'" for pattern in sorted(DIRECTED))


def _either_way(given: frozenset[str]) -> str:
    if "counterpart" not in given:
        return "(d.actor = ANY(%(actor)s) OR d.counterpart = ANY(%(actor)s))"
    return (
        "((d.actor = ANY(%(actor)s) AND d.counterpart = ANY(%(counterpart)s)) OR (d.actor = ANY(%(counterpart)s) "
        f"AND d.counterpart = ANY(%(actor)s) AND d.pattern NOT IN ({_DIRECTED})))"
    )


def _counterpart(given: frozenset[str]) -> str:
    if "actor" in given:
        return "true"  # the pair is looked for by `actor`
    return (
        f"(d.counterpart = ANY(%(counterpart)s) OR (d.actor = ANY(%(counterpart)s) AND d.pattern NOT IN ({_DIRECTED})))"
    )


def _on(given: frozenset[str]) -> str:
    return (
        "CASE WHEN %(certain)s THEN d.certain ELSE d.possible END @> %(on)s::date"
        if "certain" in given
        else ("d.possible @> %(on)s::date")
    )


def _member_of(given: frozenset[str]) -> str:
    """Return the condition that a membership's organization, by its slug of then, is among those asked for."""
    day = "%(on)s::date"
    possible = (
        f"coalesce((m -> 'since' ->> 'earliest')::date <= {day}, true) "
        f"AND coalesce((m -> 'until' ->> 'latest')::date >= {day}, true)"
    )
    certain = f"(m -> 'since' ->> 'latest')::date <= {day} AND (m -> 'until' ->> 'earliest')::date >= {day}"
    period = ""
    if "on" in given:
        period = f"AND {possible}"
        if "certain" in given:
            period = f"AND CASE WHEN %(certain)s THEN {certain} ELSE {possible} END"
    return (
        "EXISTS (SELECT FROM json_array_elements(d.body::json -> 'memberships') m "
        "JOIN tracker_actordocument o ON o.slug = m -> 'organization' ->> 'slug' AND {o} "
        f"WHERE o.record = ANY(%(member_of)s) {period})"
    )


def _every(noun: Noun) -> list[Filter]:
    says = "Only these records, by number" + ("; contested ones too." if noun in CLAIMS else ".")
    return [
        Ids("id", says, "d.record = ANY(%(id)s)", noun=noun),
        Search(
            "q",
            "Full text, as in web searches: words that must all be there, “phrases” in quotation marks, `or`, `-` "
            "before what must not be there. Blind to accents and case; finds near spellings of names, and symbols "
            "(A/RES/71/102, usip.org, 1.5) whole and in parts.",
            "d.search @@ %(q)s",
        ),
        Refs("ref", "Only these records, by stable text key.", "d.record = ANY(%(ref)s)", noun=noun),
        Since(
            "changed_since",
            "Records of which anything but a name changed after this edition (its number) or moment (RFC 3339).",
            f"d.record IN (SELECT c.record FROM tracker_change c WHERE c.noun = '{noun}' "
            f"AND c.operation <> 'renamed' AND c.edition <= {{number}} AND c.edition > {SINCE})",
        ),
    ]


def _claim() -> list[Filter]:
    return [
        *PERIOD,
        *WITHIN,
        Keys("issue", "Claims on these issues.", "d.issue = ANY(%(issue)s)", noun=Noun.ISSUE),
        Keys("under", "Claims on these issues and all below them.", f"d.issue IN ({BELOW})", noun=Noun.ISSUE),
        Terms("basis", "What the claim rests on.", "d.basis = ANY(%(basis)s)", vocabulary=Basis),
        Terms("confidence", "How well the evidence bears it.", "d.confidence = ANY(%(confidence)s)",
              vocabulary=Confidence),
        Words("standing", "Accepted claims (the default, except with `id`), contested ones, or any.",
              "('any' = ANY(%(standing)s::text[]) OR d.standing = ANY(%(standing)s))",
              words=("accepted", "contested", "any")),
    ]  # fmt: skip


def _source(noun: Noun) -> Filter:
    return Ids(
        "source",
        "Claims that cite these sources.",
        f"EXISTS (SELECT FROM tracker_mention m WHERE m.named_noun = 'source' AND m.named = ANY(%(source)s) "
        f"AND m.noun = '{noun}' AND m.document = d.id)",
        noun=Noun.SOURCE,
    )


CLAIMS = frozenset({Noun.STANCE, Noun.ALIGNMENT})
PERIOD: list[Filter] = [
    Day("on", "What was possibly so on this day (valid time).", _on),
    Flag("certain", "With `on`: only what was certainly so.", "true"),
]
WITHIN: list[Filter] = [
    Day("from", "Possibly so on this day or later.", "d.possible && daterange(%(from)s, NULL)"),
    Day("to", "Possibly so on this day or earlier.", "d.possible && daterange(NULL, %(to)s, '[]')"),
]

FILTERS: dict[Noun, list[Filter]] = {
    Noun.ISSUE: [
        *_every(Noun.ISSUE),
        Keys("parent", "Issues directly below these.", "d.parent = ANY(%(parent)s)", noun=Noun.ISSUE),
        Keys("under", "These issues and all below them.", f"d.record IN ({BELOW})", noun=Noun.ISSUE),
        Terms("theme", "Issues about any of these.", "d.themes && %(theme)s::varchar[]", vocabulary=Theme),
        Terms("region", "Issues that lie here.", "d.region = ANY(%(region)s)", vocabulary=Region),
    ],
    Noun.ACTOR: [
        *_every(Noun.ACTOR),
        Terms("kind", "Actors of these kinds.", "d.kind = ANY(%(kind)s)", vocabulary=ActorKind),
        Keys("member_of", "Members of any of these organizations.", _member_of, noun=Noun.ACTOR),
        Day("on", "With `member_of`: who possibly was a member on this day (valid time).", "true"),
        Flag("certain", "With `on`: only who certainly was one, which takes a known end.", "true"),
    ],
    Noun.SOURCE: [
        *_every(Noun.SOURCE),
        Terms("type", "Sources of these CSL types.", "d.type = ANY(%(type)s)", vocabulary=SourceType),
        Texts("publisher", "Sources from these publishers.", "d.publisher = ANY(%(publisher)s)"),
        Terms("outlet", "Who speaks in the source.", "d.outlet = ANY(%(outlet)s)", vocabulary=Outlet),
        Codes("language", "Sources in these languages (BCP 47).", "d.language = ANY(%(language)s)",
              pattern=r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", example="en"),
        Day("issued_from", "Possibly published on this day or later.",
            "d.issued && daterange(%(issued_from)s, NULL)"),
        Day("issued_to", "Possibly published on this day or earlier.",
            "d.issued && daterange(NULL, %(issued_to)s, '[]')"),
    ],
    Noun.STANCE: [
        *_every(Noun.STANCE),
        *_claim(),
        Keys("actor", "Stances of these actors.", "d.actor = ANY(%(actor)s)", noun=Noun.ACTOR),
        Terms("actor_kind", "Stances of actors of these kinds.",
              # IS TRUE: looked up in a table that is made once, not joined.
              "(d.actor IN (SELECT a.record FROM tracker_actordocument a "
              "WHERE {a} AND a.kind = ANY(%(actor_kind)s))) IS TRUE",
              vocabulary=ActorKind),
        Terms("position", "Stances that hold any of these.", "d.position = ANY(%(position)s)", vocabulary=Position),
        Whole("min_score", "Stances with at least this score.", "d.score >= %(min_score)s", minimum=-2, maximum=2),
        Whole("max_score", "Stances with at most this score.", "d.score <= %(max_score)s", minimum=-2, maximum=2),
        Terms("instrument", "Stances pursued by any of these means.", "d.instruments && %(instrument)s::varchar[]",
              vocabulary=Instrument),
        Keys("defers_to", "Stances that give way to these actors.", "d.defers_to = ANY(%(defers_to)s)",
             noun=Noun.ACTOR),
        Flag("hedged", "Stances held with reserve, or without.", "d.hedged = %(hedged)s"),
        _source(Noun.STANCE),
    ],
    Noun.ALIGNMENT: [
        *_every(Noun.ALIGNMENT),
        *_claim(),
        Keys("actor", "Alignments of these actors, on either side.", _either_way, noun=Noun.ACTOR),
        Keys("counterpart", "With `actor`: alignments of the two, either way round, but a directed pattern only in its "
             "direction. Alone: of these, a directed pattern only towards them.", _counterpart, noun=Noun.ACTOR),
        Terms("pattern", "How they relate.", "d.pattern = ANY(%(pattern)s)", vocabulary=Pattern),
        _source(Noun.ALIGNMENT),
    ],
    Noun.MEETING: [
        *_every(Noun.MEETING),
        *PERIOD,
        Keys("participant", "Meetings with any of these actors.", "d.participants && %(participant)s::int[]",
             noun=Noun.ACTOR),
        Keys("all_participants", "Meetings with all of these actors.",
             "d.participants @> %(all_participants)s::int[]", noun=Noun.ACTOR),
        Keys("issue", "Meetings about any of these issues.", "d.issues && %(issue)s::int[]", noun=Noun.ISSUE),
        Keys("under", "Meetings about these issues or any below them.", f"d.issues && ARRAY({BELOW})", noun=Noun.ISSUE),
        Terms("kind", "Meetings of these kinds.", "d.kind = ANY(%(kind)s)", vocabulary=MeetingKind),
        Terms("status", "Whether they took place.", "d.status = ANY(%(status)s)", vocabulary=MeetingStatus),
        Codes("country", "Meetings held here.", "d.country = ANY(%(country)s)", pattern=r"[A-Z]{3}", example="CHN"),
        Texts("series", "Meetings of these series.", "d.series = ANY(%(series)s)"),
        *WITHIN,
    ],
}  # fmt: skip


def with_usual(noun: Noun, chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Return the chosen filters with what is meant where nothing is said: accepted claims, or by number any."""
    usual = {"standing": ["any" if "id" in chosen else "accepted"]} if noun in CLAIMS else {}
    return {**usual, **chosen}
