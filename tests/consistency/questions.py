"""What readers ask after a walk, of any of its editions, at random."""

from datetime import date, timedelta, timezone
from random import Random
from typing import Any

from tests.consistency.oracle import ASKED_BY, PLURALS, Oracle, Question, days
from tests.consistency.walker import DATES

EDGES = {edge + timedelta(days=n) for text in DATES for edge in days(text) for n in (-1, 0, 1)}
DAYS = sorted({date(1900, 1, 1), *EDGES})
EAST = timezone(timedelta(hours=8))
CLAIMS = ("actor", "issue", "under", "on", "on", "standing")
ASKED: dict[str, tuple[str, ...]] = {
    "stance": (*CLAIMS, "defers_to", "actor_kind"),
    "alignment": CLAIMS,
    "meeting": ("participant", "issue", "under", "on"),
    "issue": ("parent", "under"),
    "actor": (),
    "source": (),
}
TERMS = {"standing": ["accepted", "contested", "any"], "actor_kind": ["state", "bloc"]}


def asked_list(chance: Random, oracle: Oracle) -> tuple[str, Question]:
    """Return a noun, and by what its list is asked for as of when."""
    noun = chance.choice([*ASKED, "stance", "alignment", "meeting"])
    question = _recorded(chance, oracle)
    for name in chance.sample(ASKED[noun], min(len(ASKED[noun]), chance.choice([0, 1, 1, 2]))):
        if name == "on":
            question |= {
                "on": str(chance.choice(DAYS)),
                **({"certain": "true"} if chance.random() < 0.5 else {}),
            }
        else:
            values = TERMS[name] if name in TERMS else _keys(oracle, ASKED_BY[name])
            question[name] = chance.sample(values, min(len(values), chance.choice([1, 1, 2])))
    return noun, question


def asked_record(chance: Random, oracle: Oracle) -> tuple[str, str, Question]:
    """Return a noun, a key that one of its records has or had, or hasn't yet,
    and as of when it is asked for.
    """
    noun = chance.choice(list(PLURALS))
    return noun, chance.choice(_keys(oracle, noun)), _recorded(chance, oracle)


def _keys(oracle: Oracle, noun: str) -> list[str]:
    return sorted(
        {
            edition.key(label)
            for edition in oracle.editions
            for label in edition.records
            if label.noun == noun
        }
    )


def _recorded(chance: Random, oracle: Oracle) -> dict[str, Any]:
    """Return one of all ways to ask for an edition: by number, or as of a moment about its own;
    or for the latest.
    """
    edition = chance.choice(oracle.editions[1:])
    moment = edition.published_at + timedelta(microseconds=chance.choice([-1, 0, 1]))
    return chance.choice(
        [{}, {"edition": edition.number - 1}, {"as_of": moment.astimezone(EAST).isoformat()}]
    )
