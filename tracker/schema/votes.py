"""Votes in public: their shape, and the filters over them."""

from functools import reduce
from operator import or_
from typing import Annotated, Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, F, Func, Q, TextField, Value
from msgspec import Meta, Struct

from tracker.schema.days import FIRST, LAST, FirstDay, LastDay
from tracker.schema.examples import CITED, Example, Examples
from tracker.schema.filters import Applied, Filter, Flag, Keys, Pair, Terms, Texts, Under
from tracker.schema.markers import AnyOf, DefaultOrder, Grouped, SinceShape, Stored
from tracker.schema.number_filters import Numbers
from tracker.schema.parts import (
    Ballot,
    Ballots,
    Citation,
    Id,
    Ref,
    Summary,
    ToActor,
    ToIssue,
    VagueDate,
)
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Choice, Theme, VoteKind, VoteOutcome, YesMeans

CHOICES = {term: term for term in Choice.values}
ORDERED = (Choice.YES, Choice.NO, Choice.ABSTAIN)  # what two members can agree or differ on
# What the symbol of a part has beside that of the whole: a resolution's letter, its part's number.
A_PART = r"(?<=[0-9])( ?[A-Z])?(/[IVX]+)?$|(?<=[0-9]) ?[A-Z](?= ?\([IVX]+\)$)"
Count = Annotated[int, Meta(ge=0, le=999)]


class Vote(Struct, frozen=True, kw_only=True):
    """One recorded vote: a body decides on a day, and each member casts something."""

    id: Id
    ref: Ref
    body: Annotated[
        ToActor, Meta(description="The organization that decides."), AnyOf("Votes of these bodies.")
    ]
    symbol: Annotated[
        str | None,
        Meta(
            description=(
                "The document voted on, as the body writes it; several votes (on paragraphs, "
                "say) share one."
            ),
            examples=["S/2019/186"],
        ),
        Stored(),
    ]
    draft_symbol: Annotated[
        str | None,
        Meta(
            description=(
                "The draft that was voted on, where what was adopted has another symbol; null: "
                "not said."
            ),
            examples=["S/2015/547"],
        ),
        AnyOf("Votes on drafts with these symbols."),
        SinceShape(shape=2),
    ]
    title: Annotated[str | None, Meta(description="A short label of what is voted on.")]
    held: Annotated[
        VagueDate | None, Meta(description="The day of the vote; null: unknown."), DefaultOrder()
    ]
    session: Annotated[
        Annotated[int, Meta(ge=1, le=999)] | None,
        Meta(description="The number of the session, where the body has any.", examples=[66]),
        AnyOf("Votes of these sessions."),
    ]
    meeting_record: Annotated[
        str | None,
        Meta(
            description="The record of the meeting, as the body writes it; null: not said.",
            examples=["S/PV.7488"],
        ),
        AnyOf("Votes in the meetings with these records."),
        SinceShape(shape=2),
    ]
    kind: Annotated[VoteKind, AnyOf("Votes of these kinds.")]
    amends: Annotated[
        str | None,
        Meta(
            description=(
                "The symbol, or the `ref` of the vote, of which this is an amendment or a "
                "paragraph."
            )
        ),
        AnyOf(
            "Votes on amendments or paragraphs of these (a symbol, or the `ref` of a vote).",
            example="A/RES/66/253",
        ),
    ]
    outcome: Annotated[VoteOutcome, AnyOf("Votes that ended so.")]
    without_vote: Annotated[
        bool,
        Meta(
            description=(
                "Whether it was adopted without a vote: then nobody cast a ballot, and nothing "
                "was counted."
            )
        ),
        Stored(),
        SinceShape(shape=2),
    ]
    issue: Annotated[
        ToIssue | None,
        Meta(description="The issue on whose question the vote bears."),
        AnyOf("Votes that bear on these issues."),
    ]
    yes_means: Annotated[YesMeans | None, Meta(description="What a yes says of that question.")]
    themes: Annotated[list[Theme], AnyOf("Votes about any of these.", name="theme")]
    summary: Summary
    tally_yes: Annotated[
        Count | None,
        Meta(description="How many voted in favour, as the record counts; null: not known."),
        Stored(),
    ]
    tally_no: Annotated[Count | None, Meta(description="How many voted against."), Stored()]
    tally_abstain: Annotated[Count | None, Meta(description="How many abstained."), Stored()]
    tally_absent: Annotated[
        Count | None, Meta(description="How many members were absent."), Stored()
    ]
    ballots: Annotated[
        Ballots,
        Meta(
            description=(
                "Who cast what, as far as it is recorded here, by the keys of actors: each by "
                "the one under which it was published, from which the actor's address leads on."
            )
        ),
        Grouped(Noun.ACTOR, key="actor", by="choice", terms=Choice, note="note", part=Ballot),
    ]
    ballots_complete: Annotated[
        bool,
        Meta(
            description="False if a ballot of a member that this tracker follows is not evidenced."
        ),
        Stored(),
    ]
    citations: list[Citation]


def _spelled(applied: Applied, symbol: Any) -> Q:
    """Return the condition that a symbol is one of these, in either spelling."""
    asked_for = Value(applied.value, output_field=ArrayField(TextField()))
    spellings = Func(asked_for, template="public.spellings(VARIADIC %(expressions)s::text[])")
    return Q(_is_any(symbol, spellings))


def _any_spelling(name: str) -> str:
    """Return what a symbol is compared with: any spelling of these, worked out once."""
    return f"ANY((SELECT public.spellings(VARIADIC %({name})s::text[]))::text[])"


def _whole(column: str) -> str:
    """Return the symbol of the document of which one with this symbol is part,
    or the symbol itself.
    """
    return f"regexp_replace({column}, %(a_part)s, '')"


def _whole_of(field: str) -> Func:
    return Func(F(field), Value(A_PART), Value(""), function="regexp_replace")


def _is_any(value: Any, values: Any) -> Func:
    return Func(
        value,
        values,
        template="(%(expressions)s))",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )


def _cast(parameters: frozenset[str]) -> str:
    meant = {
        term: f"%({term})s = ANY(%(choice)s::text[]) AND " if "choice" in parameters else ""
        for term in CHOICES
    }
    return (
        f"({' OR '.join(f'{is_asked}d.{term} && {{voter}}' for term, is_asked in meant.items())})"
    )


def _did_cast(applied: Applied) -> Q:
    choices = {"choice__in": applied.parameters["choice"]} if "choice" in applied.parameters else {}
    return applied.having("ballots", Q(actor__in=applied.value, **choices))


def _both(name: str, *, agree: bool) -> str:
    """Return the condition that the two of a pair voted alike, or voted and differed."""
    alike = " OR ".join(f"{{{name}}} <@ d.{term}" for term in ORDERED)
    if agree:
        return f"(({{{name}}})[1] <> ({{{name}}})[2] AND ({alike}))"
    return f"({{{name}}} <@ ({' || '.join(f'd.{term}' for term in ORDERED)}) AND NOT ({alike}))"


def _voted(applied: Applied, *choices: Choice) -> Q:
    """Return the condition that each of a pair cast one of these."""
    first, other = (
        applied.having("ballots", Q(actor=actor, choice__in=choices)) for actor in applied.value
    )
    return first & other if len(set(applied.value)) > 1 else Q(pk__in=[])


def _sole_no(applied: Applied) -> Q:
    def no_of(which: Q) -> Q:
        return applied.having("ballots", Q(choice=Choice.NO) & which)

    alone = [no_of(Q(actor=actor)) & (Q(tally_no=1) | Q(tally_no=None) & ~no_of(~Q(actor=actor)))
             for actor in applied.value]  # fmt: skip
    return reduce(or_, alone)


def _agree(applied: Applied) -> Q:
    return (
        _voted(applied, Choice.YES) | _voted(applied, Choice.NO) | _voted(applied, Choice.ABSTAIN)
    )


def _is_unanimous(applied: Applied) -> Q:
    none = Q(tally_yes=None)
    cast = [
        Q(**{f"tally_{term}__gt": 0}) | none & applied.having("ballots", Q(choice=term))
        for term in map(str, ORDERED)
    ]
    divided = cast[0] & cast[1] | cast[0] & cast[2] | cast[1] & cast[2]
    return ~divided if applied.value else divided


_KINDS = " + ".join(
    f"(coalesce(d.tally_{term}, cardinality(d.{term})) > 0)::int" for term in ORDERED
)
UNANIMOUS = f"({_KINDS} < 2)"  # by the tally, or else by the ballots
WITHOUT_VOTE = "coalesce(d.without_vote, false)"  # documents of the first shape don't tell
# Session n of the General Assembly begins in 1945 + n, and of others in no year that their number
# tells; so of a day in 1946 + n, the year in which its session began, else its own.
_OF_DAY = "extract(year FROM lower(d.days))::int"
YEAR = f"{_OF_DAY} - coalesce({_OF_DAY} - d.session = 1946, false)::int"
IN_FRAME = (
    "EXISTS (SELECT FROM tracker_actordocument o CROSS JOIN json_array_elements(o.body::json "
    "-> 'frames') f WHERE o.record = d.own_body AND {live} AND (f -> 'kinds')::jsonb ? "
    "d.kind AND d.days <@ daterange((f -> 'since' ->> 'latest')::date, NULL) AND d.days <@ "
    "daterange(NULL, (f -> 'until' ->> 'earliest')::date, '[]'))"
)


def _in_year(applied: Applied) -> Q:
    of_years = [
        Q(held_earliest__year=year) & ~Q(session=year - 1946)
        | Q(held_earliest__year=year + 1, session=year - 1945)
        for year in applied.value
    ]
    return reduce(or_, of_years)


FILTERS: list[Filter] = [
    Texts(
        "symbol",
        "Votes on the documents with these symbols, as the body writes them "
        "(A/RES/2752(XXVI)) or as lists of votes do (R/26/2752).",
        f"d.symbol = {_any_spelling('symbol')}",
        lambda applied: _spelled(applied, F("symbol")),
        example="S/2019/186",
    ),
    Texts(
        "part_of_symbol",
        "The same, and votes on what is part of these documents: lettered resolutions and their "
        "parts (A/RES/2758D(XXVI), A/RES/45/150B/VII), amendments and paragraphs.",
        f"({_whole('d.symbol')} = {_any_spelling('part_of_symbol')} OR "
        f"{_whole('d.amends')} = {_any_spelling('part_of_symbol')})",
        lambda applied: (
            _spelled(applied, _whole_of("symbol")) | _spelled(applied, _whole_of("amends"))
        ),
        binds={"a_part": A_PART},
        example="A/RES/2758(XXVI)",
    ),
    FirstDay(
        "from",
        f"Possibly held on this day or later{FIRST}.",
        "d.days && daterange(%(from)s, NULL)",
        lambda applied: Q(held_latest__gte=applied.value),
    ),
    LastDay(
        "to",
        f"Possibly held on this day or earlier{LAST}.",
        "d.sort <= %(to)s::date AND d.days IS NOT NULL",
        lambda applied: Q(held_earliest__lte=applied.value),
    ),
    Under(
        "under",
        "Votes that bear on these issues or any below them.",
        "d.issue IN (SELECT record FROM below)",
        lambda applied: Q(issue__in=applied.value),
        noun=Noun.ISSUE,
    ),
    Keys(
        "voter",
        "Votes in which any of these actors cast something.",
        _cast,
        _did_cast,
        noun=Noun.ACTOR,
        binds=CHOICES,
    ),
    Terms(
        "choice",
        "With `voter`: only where it cast any of these.",
        "true",
        lambda applied: Q(),
        vocabulary=Choice,
    ),
    Pair(
        "agrees",
        "Votes in which these two actors voted, and alike: both yes, both no, or both abstaining.",
        _both("agrees", agree=True),
        _agree,
        noun=Noun.ACTOR,
    ),
    Pair(
        "differs",
        "Votes in which these two actors voted, and not alike.",
        _both("differs", agree=False),
        lambda applied: _voted(applied, *ORDERED) & ~_agree(applied),
        noun=Noun.ACTOR,
    ),
    Keys(
        "sole_no",
        "Votes in which any of these voted no and nobody else did: by the tally, or else by "
        "the ballots.",
        "d.no && {sole_no} AND coalesce(d.tally_no, cardinality(d.no)) = 1",
        _sole_no,
        noun=Noun.ACTOR,
    ),
    Numbers(
        "year",
        "Votes of these years: of a session of the General Assembly the one in which it "
        "began (1945 and its number), else the day's.",
        f"{YEAR} = ANY(%(year)s)",
        _in_year,
        minimum=1900,
        maximum=2999,
        example=2019,
    ),
    Flag(
        "in_frame",
        "Votes that a frame of their body covers, by kind and day, as `frames` of the actor "
        "says: over them, and no others, agreement is counted.",
        f"{IN_FRAME} = %(in_frame)s",
        example=False,
    ),
    Flag(
        "without_vote",
        "Only what was adopted without a vote, or only what was voted on.",
        f"{WITHOUT_VOTE} = %(without_vote)s",
        lambda applied: Q(without_vote=applied.value),
        example=True,
    ),
    Flag(
        "unanimous",
        "Votes in which, by the tally or else by the ballots, there was only one of yes, no and "
        "abstaining; or only others.",
        f"{UNANIMOUS} = %(unanimous)s",
        _is_unanimous,
        example=False,
    ),
]
EXAMPLES = Examples(
    "vote-sc-s-2019-186",
    {
        "pair": Example(
            "On which votes of the Security Council did China and Russia differ? The latest one.",
            "body=united-nations-security-council&differs=CHN,RUS&page_size=1",
        )
    },
    {
        "fields": ["symbol", "ballots"],
        "body": "united-nations-security-council",
        "symbol": "S/2019/186",
        "from": "2011-10-04",
        "voter": "china",
        "choice": "no",
        "agrees": ["china", "russia"],
        "differs": ["china", "russia"],
        "outcome": "vetoed",
        "kind": "draft",
        "issue": "venezuela-un-draft-2019",
        "under": "venezuela",
        "theme": "human_rights",
        "edition": 2,
    },
    {
        "changed": {"summary": "It asked for elections and for access for aid."},
        "changed again": {"themes": ["diplomacy"]},
        "new": {
            "body": "united-nations-security-council",
            "symbol": "S/2019/190",
            "title": "Venezuela: dialogue",
            "held": "2019-02-28",
            "kind": "draft",
            "outcome": "rejected",
            "tally_yes": 4,
            "tally_no": 7,
            "tally_abstain": 4,
            "ballots": [{"actor": "CHN", "choice": "yes"}, {"actor": "RUS", "choice": "yes"}],
            "citations": CITED,
        },
        "another": {
            "body": "united-nations-security-council",
            "symbol": "S/2019/755",
            "held": "2019-09-19",
            "kind": "draft",
            "outcome": "rejected",
            "citations": CITED,
        },
    },
)
