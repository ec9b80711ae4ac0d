"""What a change is called where people read it."""

from typing import Any

import pytest

from tracker.public.formats.atom import AtomEntry, details, headline
from tracker.public.formats.releases.moves import differences
from tracker.values.nouns import Noun

CHINA, RUSSIA, TURKEY = (
    {"name": name, "slug": name.lower(), "url": "x"} for name in ("China", "Russia", "Turkey")
)
ISSUE = {"name": "Maduro’s government", "slug": "maduro", "url": "x"}
UNDATED = {"since": None, "until": None, "basis": "statement"}
STANCE = {"actor": CHINA, "issue": ISSUE, "position": "supports", **UNDATED}
ALIGNMENT = {
    "actor": RUSSIA,
    "counterpart": CHINA,
    "issue": ISSUE,
    "pattern": "coordinated",
    **UNDATED,
}


def entry(operation: str, changed: dict[str, Any] | None = None, **more: Any) -> AtomEntry:
    change = {
        "edition": 3,
        "operation": operation,
        "changed": changed or {},
        "note": None,
        "reason": None,
    }
    return AtomEntry(Noun.STANCE, change, STANCE, **more)


@pytest.mark.parametrize(
    ("change", "happened"),
    [
        (entry("published"), "new position"),
        (
            entry("updated", {"position": ["opposes", "supports"], "standing_note": ["a", "b"]}),
            "changed: position, why it is disputed",
        ),
        (
            entry("renamed", {"defers_to": [{**TURKEY, "name": "Türkiye"}, TURKEY]}),
            "a name in it changed: Türkiye is Turkey now",
        ),
        (
            entry(
                "renamed",
                {
                    "citations": [
                        [{"source": {"id": 1, "name": name}}] for name in ("Draft", "Paper")
                    ]
                },
            ),
            "a name in it changed: Draft is Paper now",
        ),
        (
            entry("renamed", {"actor": [{**TURKEY, "slug": "turkiye"}, TURKEY]}),
            "an address in it changed",
        ),
        (entry("retracted"), "withdrawn"),
        (
            entry("merged", survivor={**STANCE, "actor": RUSSIA}),
            "part of Russia on “Maduro’s government”: supports now",
        ),
        (entry("updated"), "corrected or changed"),
        (entry("merged"), "merged into another"),
    ],
)
def test_what_happened_is_said_after_it(change: AtomEntry, happened: str) -> None:
    assert headline(change) == f"China on “Maduro’s government”: supports ({happened})"


def test_a_new_alignment_is_called_by_what_it_tells() -> None:
    change = entry("published")._replace(noun=Noun.ALIGNMENT, record=ALIGNMENT)
    assert (
        headline(change)
        == "China and Russia on “Maduro’s government”: coordinated (new: how they relate)"
    )


def test_details_tell_each_field_in_plain_words() -> None:
    changed = {
        "position": ["opposes", "supports"], "defers_to": [None, RUSSIA], "summary": ["a", "b"],
        "since": [None, {"edtf": "2019-03", "earliest": "2019-03-01", "latest": "2019-03-31"}],
        "confirmed_on": ["2019-06-01", "2019-06-05"],
    }  # fmt: skip

    assert list(details(entry("updated", changed))) == [
        "position: opposes → supports",
        "since: March 2019 (new)",
        "defers to: Russia (new)",
        "summary: “a” → “b”",
        "last checked: 1 June 2019 → 5 June 2019",
    ]


def test_a_text_or_a_date_that_begins_with_a_bracket_is_no_list() -> None:
    """A title of ours stands in brackets, and so do the days between which something began."""
    vague = {"edtf": "[2019-03..2019-05]", "earliest": "2019-03-01", "latest": "2019-05-31"}
    source = entry(
        "updated", {"title": ["A talk", "[On the talks]"], "authors": [[], [{"family": "Roe"}]]}
    )

    assert list(details(source._replace(noun=Noun.SOURCE, record={"title": "[On the talks]"}))) == [
        "title: A talk → [On the talks]", "authors: Roe, (new)",
    ]  # fmt: skip
    assert list(details(entry("updated", {"since": [vague, None]}))) == [
        "since: some day between March and May 2019 (removed)"
    ]


SOURCES = {
    number: {"id": number, "name": name, "url": "x"}
    for number, name in ((1, "A report"), (2, "A paper"))
}


def citation(source: int, **fields: Any) -> dict[str, Any]:
    unsaid = dict.fromkeys(("locator_label", "locator", "quote", "quote_language", "credibility"))
    return {"source": SOURCES[source], "relation": "supports", **unsaid, **fields}


@pytest.mark.parametrize(
    ("noun", "field", "old", "new", "lines"),
    [
        (
            Noun.STANCE,
            "citations",
            [],
            [citation(1, locator="2", quote="They\ndig.")],
            ["sources: added “A report” (where in the source: “2”, quotation: “They dig.”)"],
        ),
        (
            Noun.STANCE,
            "citations",
            [citation(1), citation(2)],
            [citation(2)],
            ["sources: removed “A report”"],
        ),
        (
            Noun.STANCE,
            "citations",
            [citation(1, quote="They dig.")],
            [citation(1, quote="They dug.", relation="contradicts")],
            [
                "sources: “A report”: what the source does: supports → contradicts, "
                "quotation: “They dig.” → “They dug.”"
            ],
        ),
        (
            Noun.STANCE,
            "citations",
            [citation(1), citation(1, locator="2")],
            [citation(1, locator="3"), citation(2), citation(1)],
            ["sources: “A report”: where in the source: “2” → “3”", "sources: added “A paper”"],
        ),
        (
            Noun.STANCE,
            "citations",
            [citation(1)],
            [citation(1), citation(1)],
            ["sources: added “A report”"],
        ),
        (
            Noun.STANCE,
            "citations",
            [citation(1), citation(2)],
            [citation(2), citation(1)],
            ["sources: in another order"],
        ),
        (
            Noun.STANCE,
            "citations",
            [citation(1)],
            [{**citation(1), "source": {**SOURCES[1], "name": "New"}}],
            [],
        ),
        (
            Noun.MEETING,
            "participants",
            [{"actor": CHINA, "represented_by": None, "role": "participant"}],
            [{"actor": CHINA, "represented_by": RUSSIA, "role": "host"}],
            ["participants: China: represented by: Russia (new), role: participant → host"],
        ),
        (
            Noun.VOTE,
            "ballots",
            {"yes": ["china"], "no": [], "notes": {}},
            {"yes": [], "no": ["china", "russia"], "notes": {"russia": "It said so."}},
            [
                "votes cast: china: choice: yes → no",
                "votes cast: added russia (choice: no, note: “It said so.”)",
            ],
        ),
        (
            Noun.VOTE,
            "ballots",
            {"yes": [], "notes": {}},
            {"yes": [f"a{n}" for n in range(30)], "notes": {}},
            [
                *(f"votes cast: added a{n} (choice: yes)" for n in range(20)),
                "votes cast: and 10 more",
            ],
        ),
        (
            Noun.ACTOR,
            "memberships",
            [],
            [
                {
                    "organization": TURKEY,
                    "role": "member",
                    "since": {"edtf": "2001"},
                    "until": None,
                    "source": SOURCES[2],
                }
            ],
            ["memberships: added Turkey (role: member, since: 2001, source: “A paper”)"],
        ),
        (
            Noun.ACTOR,
            "names",
            {"zh": "中国"},
            {"zh": "中国", "fr": "Chine"},
            ["names in other languages: zh: 中国 → zh: 中国; fr: Chine"],
        ),
        (Noun.ISSUE, "summary", "One.\n\nTwo.", "One. Two.", ["summary: only blanks changed"]),
        (
            Noun.ISSUE,
            "themes",
            ["human_rights"],
            ["human_rights", "trade"],
            ["themes: human rights → human rights, trade"],
        ),
    ],
)
def test_of_a_list_it_is_told_what_came_and_went_and_what_became_of_the_rest(
    noun, field, old, new, lines
):
    assert list(differences(noun, {field: old}, {field: new})) == lines
