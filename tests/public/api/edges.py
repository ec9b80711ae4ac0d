"""Records at the edges of every type:
the first and the last day, every character, the longest, the least, the most.

What is not refused by a table may stand in it, so may be published,
and then has to be written in every form.
"""

from itertools import product
from typing import Any

from django.utils import timezone

from tests import factories
from tracker.models import Record
from tracker.models.nouns import RECORDS
from tracker.values.csl import Locator
from tracker.values.dates import parse
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Choice, Instrument, Theme, VoteKind

# All controls but NUL, which no text of PostgreSQL holds; what ends a line somewhere, what is no
# character, what means something in some form, what is more than one unit or byte, and what turns
# the direction of writing.
CONTROLS = "".join(map(chr, [*range(1, 0x20), *range(0x7F, 0xA0)]))
SIGNS = (
    "=+-@'\"`,;:|\\/{}[]()<>&%$#_~^*!?"
    "\u2028\u2029\ufeff\ufffe\uffff\ufffd\U0001fffe\U0010ffff\u202e\u0301中и\U0001f300"
)
STRANGE = (
    f"={SIGNS}{CONTROLS}\r\n]]></content>END:VEVENT\r\nER  - \r\nTY  - "
    f"JOUR\n}}@book{{x,\n.{CONTROLS}{SIGNS}"
)
LONG = 50_000  # characters of a text without a limit
LARGEST_ID = 2**31 - 1
DAYS = (
    "",
    "0001",
    "0001-01-01",
    "0001-01",
    "0001-XX",
    "0001-12-31~",
    "[0001-01-01..9999-12-31]",
    "0999-02-28",
    "001X",
    "01XX",
    "1900-02-28?",
    "2000-02-29",
    "20XX",
    "999X",
    "99XX",
    "9998-12-31",
    "9999",
    "9999-XX-XX",
    "9999-12",
    "9999-12-XX",
    "9999-12-31",
    "9999-12-31%",
    "[9999-12-31..9999-12-31]",
    "[9998-01-01..9999-12-30]",
)
FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"
TODAY = timezone.localdate().isoformat()  # the last day on which anything was checked or read


def strange(longest: int | None = LONG) -> str:
    """Return a text as long as it may be, with everything in it that a text may have."""
    longest = longest or LONG
    return (STRANGE * (longest // len(STRANGE) + 1))[:longest]


def texts(noun: Noun, *names: str) -> dict[str, str]:
    """Return such a text for each of these fields of a noun."""
    return {name: strange(RECORDS[noun]._meta.get_field(name).max_length) for name in names}


def least() -> list[Record]:
    """Return a record of each noun of which as little is said as may be;
    texts of one blank, or else one mark.
    """
    blank: dict[str, Any] = {"title": "."}
    issue = factories.IssueFactory(**blank)
    actor, other = factories.ActorFactory.create_batch(2, name=".")
    source = factories.SourceFactory(**blank, issued="", url="")
    claim = {"issue": issue, "actor": actor, "since": "", "summary": "", "confirmed_on": None}
    cited = {"citations": [{"source": source, "locator": " "}]}
    return [
        *(issue, actor, other, source),
        factories.StanceFactory(**claim, **cited),
        factories.AlignmentFactory(**claim, counterpart=other, **cited),
        factories.MeetingFactory(**blank, since="", status="expected", citations=[]),
        factories.ActFactory(
            **blank, since="", participants=[{"actor": actor}, {"actor": other}], **cited
        ),
        factories.VoteFactory(**blank, body=actor, symbol=" ", held="", **cited),
    ]


def most() -> list[Record]:
    """Return a record of each noun of which as much is said as may be, as strangely as may be,
    with the largest id.
    """
    key = {"id": LARGEST_ID, "ref": "9" * 100}
    source = factories.SourceFactory(
        **key,
        **texts(Noun.SOURCE, "title", "publisher", "container_title", "language"),
        issued=LAST_DAY,
        accessed_on=TODAY,
        url=f"https://example.org/{'a' * 1000}?{SIGNS}",
        archive_url=f"ftp://example.org/{SIGNS}",
        authors=[
            {"family": STRANGE, "given": STRANGE, "suffix": STRANGE, "comma-suffix": True},
            {"family": STRANGE, "dropping-particle": STRANGE, "non-dropping-particle": STRANGE},
            {"family": "", "literal": strange(5000)},
            {"family": "Marks and Spencer", "given": "AND Company, Limited", "suffix": None},
            {"family": " ", "given": " "},
            *[{"literal": " "}] * 500,
        ],
        keywords=[strange(200), "", " ", *map(str, range(197))],
        reliability="F",
    )
    organization = factories.ActorFactory(kind="organization")
    actor = factories.ActorFactory(
        **key,
        **texts(Noun.ACTOR, "name", "short_name", "summary"),
        slug="9" * 80,
        iso3="ZZZ",
        wikidata_id=f"Q{'9' * 19}",
        names={"": strange(200), STRANGE: " ", "zh": strange(200)},
        aliases=[strange(200), "", *map(str, range(198))],
        memberships=[
            {
                "organization": organization,
                "role": strange(100),
                "since": since,
                "until": until,
                "source": source,
            }
            for since, until in dict(periods()).items()
        ],
        since=FIRST_DAY,
        until=LAST_DAY,
        predecessors=[{"predecessor": organization, "since": FIRST_DAY}],
        frames=[
            {
                "kinds": VoteKind.values,
                "since": FIRST_DAY,
                "until": LAST_DAY,
                "note": strange(1000),
                "source": source,
            }
        ],
    )
    issue = factories.IssueFactory(
        **key,
        **texts(Noun.ISSUE, "title", "question", "summary"),
        slug="0" * 80,
        themes=Theme.values,
        core_interests=[{"actor": actor, "note": strange(500)}],
    )
    citation = {
        **{
            "source": source,
            "locator": strange(200),
            "quote": strange(500),
            "quote_language": strange(35),
        },
        "credibility": "6",
    }
    resolution = {
        **{
            "question": strange(500),
            "criteria": strange(),
            "note": strange(1000),
            "locator": strange(200),
        },
        **{
            "opens": FIRST_DAY,
            "due": LAST_DAY,
            "resolved_on": TODAY,
            "outcome": "yes",
            "retrospective": True,
        },
        "source": source,
    }
    claim = {
        **key,
        "resolutions": [resolution],
        **{
            "issue": issue,
            "actor": actor,
            "since": FIRST_DAY,
            "until": LAST_DAY,
            "confirmed_on": TODAY,
        },
        **{"basis": "forecast", "likelihood": "very_likely", "standing": "contested"},
        "citations": [{**citation, "locator_label": label} for label in Locator.values],
    }
    others, letter = factories.ActorFactory.create_batch(3), factories.SourceFactory()
    claimed = texts(Noun.STANCE, "summary", "standing_note")
    return [
        *(source, letter, organization, *others, actor, issue),
        factories.StanceFactory(
            **claim, **claimed, instruments=Instrument.values, defers_to=organization
        ),
        factories.AlignmentFactory(**claim, **claimed, counterpart=organization),
        factories.MeetingFactory(
            **key,
            **texts(Noun.MEETING, "title", "place", "series", "summary"),
            since=FIRST_DAY,
            until="0001-01-02",
            country="ZZZ",
            participants=[{"actor": actor, "represented_by": organization}],
            issues=[{"issue": issue, "outcome": strange(1000)}],
            citations=claim["citations"],
        ),
        factories.ActFactory(
            **key,
            **texts(Noun.ACT, "title", "place", "series", "summary"),
            since=FIRST_DAY,
            until="0001-01-02",
            country="ZZZ",
            text=letter,
            instruments=Instrument.values,
            participants=[
                {"actor": actor, "represented_by": organization},
                {"actor": organization},
            ],
            issues=[{"issue": issue, "outcome": strange(1000)}],
            citations=claim["citations"],
        ),
        factories.VoteFactory(
            **key,
            **texts(Noun.VOTE, "title", "symbol", "amends", "summary"),
            **{"body": organization, "held": LAST_DAY, "issue": issue, "yes_means": "supports"},
            **dict.fromkeys(
                ("session", "tally_yes", "tally_no", "tally_abstain", "tally_absent"), 999
            ),
            themes=Theme.values,
            ballots=[
                {"actor": voter, "choice": choice, "note": strange(1000)}
                for voter, choice in zip((actor, organization, *others), Choice.values, strict=True)
            ],
            citations=claim["citations"],
        ),
    ]


def dated() -> list[Record]:
    """Return a source of every day, a claim of each kind of every day to itself or without one end,
    all meetings.
    """
    issue, (actor, other) = factories.IssueFactory(), factories.ActorFactory.create_batch(2)
    sources = [
        factories.SourceFactory(issued=day, accessed_on=accessed)
        for day in DAYS
        for accessed in (FIRST_DAY, TODAY)
    ]
    records: list[Record] = [issue, actor, other, *sources]
    on = {
        "issue": issue,
        "actor": actor,
        "standing": "contested",
        "standing_note": "Others say otherwise.",
    }
    cited = {"citations": [{"source": sources[0], "quote": "."}]}
    records += [factories.VoteFactory(body=actor, held=day, **cited) for day in DAYS]
    for since, until in periods():
        period = {"since": since, "until": until}
        records.append(factories.MeetingFactory(**period, status="planned", citations=[]))
        both = [{"actor": actor}, {"actor": other}]
        records.append(
            factories.ActFactory(**period, status="planned", participants=both, citations=[])
        )
        if since in ("", until) or not until:
            records += [
                factories.StanceFactory(**period, **on, **cited, confirmed_on=FIRST_DAY),
                factories.AlignmentFactory(
                    **period, **on, **cited, counterpart=other, confirmed_on=TODAY
                ),
            ]
    return records


def periods() -> list[tuple[str, str]]:
    """Return every two of the days of which the first can come before the second."""
    return [
        (since, until)
        for since, until in product(DAYS, DAYS)
        if not (since and until) or parse(since).earliest <= parse(until).latest
    ]
