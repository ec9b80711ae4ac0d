"""Public bodies of claims and meetings for tests of what shows them."""

from datetime import date
from typing import Any

from tracker.public.cards.context import Body, Context
from tracker.values.dates import parse
from tracker.values.vocabularies import Choice

ON = date(2019, 6, 15)
SOURCES: dict[int, Body] = {
    1: {
        "title": "How they work together",
        "authors": [{"family": "Stokes", "given": "Jacob"}],
        "publisher": "Institute of Peace",
        "container_title": None,
        "type": "webpage",
        "id": 1,
        "issued": {"edtf": "2019-06", "earliest": "2019-06-01", "latest": "2019-06-30"},
        "url": "https://example.org/a",
        "archive_url": "https://web.archive.org/web/20190607101112/https://example.org/a",
        "accessed_on": "2019-06-08",
        "language": "en",
        "outlet": "independent",
        "reliability": "B",
    },
}
QUESTIONS = {"pyongyang": "Should sanctions on Pyongyang be eased?"}


def context(on: date = ON, **other: Any) -> Context:
    """Return a context in which the source and the question are known, and pages have addresses."""
    known = {
        "sources": SOURCES,
        "questions": QUESTIONS,
        "address": lambda noun, key: f"/{noun.plural}/{key}/",
    }
    return Context(on, 365, **{**known, **other})


def vague(edtf: str | None) -> Body | None:
    if edtf is None:
        return None
    parsed = parse(edtf)
    return {
        "edtf": edtf,
        "earliest": parsed.earliest.isoformat(),
        "latest": parsed.latest.isoformat(),
    }


def actor(name: str) -> Body:
    return {"url": "", "slug": name.casefold().replace(" ", "-"), "name": name}


def issue(slug: str, title: str) -> Body:
    return {"url": "", "slug": slug, "name": title}


def citation(number: int = 1, title: str = "How they work together", **other: Any) -> Body:
    cited = {
        "source": {"url": "", "id": number, "name": title},
        "relation": "supports",
        "locator_label": "page",
    }
    return {
        **cited,
        "locator": "3",
        "quote": None,
        "quote_language": None,
        "credibility": None,
        **other,
    }


def claim(**other: Any) -> Body:
    """Return what both kinds of claims have; dates are given as EDTF."""
    dates = {end: vague(other.pop(end, None)) for end in ("since", "until")}
    usual = {
        "id": 12,
        "ref": None,
        "issue": issue("pyongyang", "Sanctions relief"),
        "basis": "statement",
        "likelihood": None,
        "confidence": "moderate",
        "standing": "accepted",
        "standing_note": None,
        "summary": None,
        "confirmed_on": "2019-06-01",
        "citations": [citation()],
        "resolutions": [],
    }
    return {**usual, **dates, **other}


def stance(**other: Any) -> Body:
    usual = {
        "actor": actor("Russia"),
        "position": "supports",
        "hedged": False,
        "defers_to": None,
        "instruments": [],
    }
    return claim(**{**usual, **other})


def alignment(**other: Any) -> Body:
    return claim(
        **{
            "actor": actor("China"),
            "counterpart": actor("Russia"),
            "pattern": "coordinated",
            **other,
        }
    )


def meeting(**other: Any) -> Body:
    dates = {end: vague(other.pop(end, None)) for end in ("since", "until")}
    usual = {
        "id": 5,
        "title": "Summit in Shanghai",
        "kind": "summit",
        "status": "held",
        "importance": None,
        "place": None,
        "country": None,
        "held_as": None,
        "series": None,
        "summary": None,
        "participants": [],
        "issues": [],
        "citations": [],
    }
    return {**usual, **dates, **other}


def act(**other: Any) -> Body:
    usual = {
        "title": "Patrol over the Sea of Japan",
        "kind": "patrol",
        "status": "done",
        "text": None,
        "instruments": [],
    }
    body = meeting(**{**usual, **other})
    return {name: value for name, value in body.items() if name != "held_as"}


def vote(cast: dict[str, str], notes: dict[str, str] | None = None, **other: Any) -> Body:
    """Return a vote in which actors, by slug, cast their choices."""
    usual = {
        "id": 7,
        "ref": None,
        "body": actor("Security Council"),
        "symbol": "S/2019/186",
        "draft_symbol": None,
        "title": "The canal",
        "meeting_record": None,
        "without_vote": False,
        "held": vague("2019-02-28"),
        "session": None,
        "kind": "draft",
        "amends": None,
        "outcome": "rejected",
        "issue": None,
        "yes_means": None,
        "themes": [],
        "summary": None,
        "ballots_complete": True,
        "citations": [],
        "tally_yes": 4,
        "tally_no": 7,
        "tally_abstain": 4,
        "tally_absent": None,
    }
    by_choice = {
        choice.value: [slug for slug, of in cast.items() if of == choice] for choice in Choice
    }
    return {**usual, "ballots": {**by_choice, "notes": notes or {}}, **other}


def participant(name: str, role: str = "participant", by: str | None = None) -> Body:
    return {"actor": actor(name), "represented_by": actor(by) if by else None, "role": role}
