"""Which claims a merge would leave accepted beside each other,
and which of two becomes contested then.

In the publication it is the loser's. At the desk it is the one that readers don't see as it is
there, so that no draft changes what they see; of two alike it is the loser's. What was retracted is
nobody's rival.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from psycopg.sql import SQL, Composable, Identifier

from tracker.models.nouns import records_of
from tracker.models.queries import compose, rows_of
from tracker.models.rules import BY_CODE, compose_rule
from tracker.publishing.status import statuses
from tracker.values.nouns import Noun
from tracker.values.periods import Days, Ends, asserted, meet
from tracker.values.vocabularies import Operation, Position, Standing

SIDES = {Noun.STANCE: ("actor",), Noun.ALIGNMENT: ("actor", "counterpart")}
# What the rule asks of a claim, besides its days and whether it is accepted.
ASKED = {
    Noun.STANCE: ("issue", "actor", "position"),
    Noun.ALIGNMENT: ("issue", "actor", "counterpart"),
}
ENDS = ("since_earliest", "since_latest", "until_earliest", "until_latest")
Pairs = dict[int, int]
# of live documents, those about the loser as they will be
BECOME = (
    "(SELECT record, standing, asserted, {columns} FROM {documents} c WHERE closed IS NULL AND "
    "({about}))"
)
LIVE = "(SELECT * FROM {documents} WHERE closed IS NULL)"
RIVALS = (
    "SELECT record, min(other) FROM ({rule}) broken (record, other, params) GROUP BY record "
    "ORDER BY record"
)


class AcceptedClaim(NamedTuple):
    """An accepted claim at the desk: what it is about after the merge, and on which days."""

    id: int
    about: tuple[int, ...]
    days: Days


def rivals(noun: Noun, loser: int, survivor: int) -> dict[Noun, Pairs]:
    """Return the claims that become contested,
    each with the one beside which it can't be accepted.
    """
    by_noun: dict[Noun, Pairs] = {}
    for claims in SIDES:
        if named_by(noun, claims):
            pairs = _in_public(noun, loser, survivor, claims)
            pairs |= _at_the_desk(noun, loser, survivor, claims, contested=set(pairs))
            if pairs:
                by_noun[claims] = dict(sorted(pairs.items()))
    return by_noun


def beside(noun: Noun, loser: int, survivor: int) -> dict[Noun, set[int]]:
    """Return the survivor's accepted claims that may be rivals of the loser's, at the desk."""
    return {
        claims: set(_beside(noun, loser, survivor, claims).values_list("pk", flat=True))
        for claims in SIDES
        if named_by(noun, claims)
    }


def rival_note(claims: Noun, rival: int | str, loser: str, survivor: str) -> str:
    """Return what is said, in public, of a claim that a merge makes contested."""
    return f"Rival of {claims} {rival}, since “{loser}” was merged into “{survivor}”."


def named_by(noun: Noun, claims: Noun) -> tuple[str, ...]:
    """Return the fields by which claims say that they are about records of a noun."""
    return {Noun.ACTOR: SIDES[claims], Noun.ISSUE: ("issue",)}.get(noun, ())


def _at_the_desk(
    noun: Noun, loser: int, survivor: int, claims: Noun, *, contested: set[int]
) -> Pairs:
    """Return which claims yield at the desk, but for those that are contested anyway."""
    theirs = _accepted(noun, loser, claims).exclude(pk__in=contested)
    losers, survivors = (
        _claims(noun, loser, survivor, claims, rows)
        for rows in (theirs, _beside(noun, loser, survivor, claims))
    )
    pairs = list(_pairs(losers, survivors))
    rows = records_of(claims).filter(pk__in={claim for pair in pairs for claim in pair})
    versions = dict(rows.values_list("pk", "version"))
    status_of = statuses(claims, versions)
    pairs = [
        pair
        for pair in pairs
        if not any(status_of[claim].operation is Operation.RETRACTED for claim in pair)
    ]
    in_step = {claim for claim, version in versions.items() if status_of[claim].version == version}
    yielding = {
        kept: claim for claim, kept in reversed(pairs) if claim in in_step and kept not in in_step
    }
    return yielding | {claim: kept for claim, kept in reversed(pairs) if kept not in yielding}


def _accepted(noun: Noun, record: int, claims: Noun) -> "QuerySet[Any]":
    is_about = Q()
    for field in named_by(noun, claims):
        is_about |= Q(**{field: record})
    accepted = records_of(claims).filter(is_about, standing=Standing.ACCEPTED)
    return accepted.exclude(position=Position.NO_EVIDENCE) if claims is Noun.STANCE else accepted


def _beside(noun: Noun, loser: int, survivor: int, claims: Noun) -> "QuerySet[Any]":
    others = _accepted(noun, survivor, claims)
    return (
        others
        if noun is Noun.ISSUE
        else others.filter(issue__in=_accepted(noun, loser, claims).values("issue"))
    )


def _claims(
    noun: Noun, loser: int, survivor: int, claims: Noun, rows: "QuerySet[Any]"
) -> list[AcceptedClaim]:
    names = [f"{field}_id" for field in ("issue", *SIDES[claims])]
    renamed = {f"{field}_id" for field in named_by(noun, claims)}
    accepted = []
    for row in rows.order_by("pk").values("pk", *names, *ENDS):
        issue, *sides = (
            survivor if name in renamed and row[name] == loser else row[name] for name in names
        )
        accepted.append(
            AcceptedClaim(
                row["pk"], (issue, *sorted(sides)), asserted(Ends(*(row[end] for end in ENDS)))
            )
        )
    return accepted


def _pairs(
    losers: list[AcceptedClaim], survivors: list[AcceptedClaim]
) -> Iterator[tuple[int, int]]:
    """Yield the loser's claims with those of the survivor's
    that are about the same on common days.
    """
    about: dict[tuple[int, ...], list[AcceptedClaim]] = defaultdict(list)
    for survivor in survivors:
        about[survivor.about].append(survivor)
    for claim in losers:
        for other in about.get(claim.about, ()):
            if claim.id != other.id and meet(claim.days, other.days):
                yield claim.id, other.id


def _in_public(noun: Noun, loser: int, survivor: int, claims: Noun) -> Pairs:
    """Return the public claims that would be accepted beside one of the
    survivor's on the same days, each with it.
    """
    renamed = named_by(noun, claims)

    def becomes(column: str) -> Composable:
        name = (
            "CASE c.{0} WHEN %(loser)s THEN %(survivor)s ELSE c.{0} END AS {0}"
            if column in renamed
            else "c.{}"
        )
        return SQL(name).format(Identifier(column))

    def relation(kind: str, noun: Noun) -> Composable:
        columns = SQL(", ").join(map(becomes, ASKED[claims]))
        about = SQL(" OR ").join(
            SQL("c.{} = %(loser)s").format(Identifier(column)) for column in renamed
        )
        return compose(BECOME if kind else LIVE, noun, columns=columns, about=about)

    rule = compose_rule(BY_CODE[f"{claims}_one_accepted_at_once"].text, relation)
    return dict(rows_of(SQL(RIVALS).format(rule=rule), {"loser": loser, "survivor": survivor}))
