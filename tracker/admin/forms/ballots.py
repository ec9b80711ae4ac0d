"""Ballots pasted: names or codes in a column for each choice become rows; what isn't understood stays, and is told."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from tracker.admin.forms.duplicates import CodingForm
from tracker.admin.forms.fields import ProseField
from tracker.models import Actor
from tracker.services.imports.references import NameIndex
from tracker.services.merge import survivors
from tracker.values.nearness import OF_NAMES, nearest
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Choice

PASTED = {choice: f"pasted_{choice}" for choice in (Choice.YES, Choice.NO, Choice.ABSTAIN)}
ROWS, TOTAL = "ballots", "ballots-TOTAL_FORMS"
TWICE = "{} has a ballot below with another choice"
SEVERAL = "several actors are called {}"
UNKNOWN = "there is no actor {}"
REMEDY = "Nothing is saved yet. The others are rows below; correct these, or take them out: {}."
MOST_NAMES = 20_000
HELP = "Names, codes or slugs, a line each or with commas between; they become rows below when you save."


def _field(choice: Choice) -> ProseField:
    return ProseField(label=f"Voted {choice.label}", required=False, rows=6, help_text=HELP)


class VoteForm(CodingForm):
    """A vote, with who voted how pasted into three columns."""

    pasted_yes = _field(Choice.YES)
    pasted_no = _field(Choice.NO)
    pasted_abstain = _field(Choice.ABSTAIN)

    def clean(self) -> dict[str, Any]:
        """Tell who of those pasted was not understood; the others are rows already."""
        cleaned = super().clean()
        for choice, name in PASTED.items():
            if left := cleaned.get(name):
                why = "; ".join(_why(text, choice, self.data) for text in left.splitlines())
                self.add_error(name, ValidationError(REMEDY.format(why), code="pasted"))
        return cleaned


def laid_out(posted: QueryDict) -> QueryDict:
    """Return what was posted with those who are pasted as rows of ballots; who can't be one stays where it was."""
    if not any(posted.get(name, "").strip() for name in PASTED.values()):
        return posted
    laid, called = posted.copy(), NameIndex()
    rows = _rows(laid)
    for choice, name in PASTED.items():
        left = []
        for pasted in _names(laid.get(name, ""), called):
            actors = _meant(pasted, called)
            if len(actors) == 1 and rows.setdefault(actors[0], choice) == choice:
                _add(laid, actors[0], choice)
            else:
                left.append(pasted)
        laid[name] = "\n".join(left)
    return laid


def _rows(posted: QueryDict) -> dict[int, str]:
    """Return the choices of the rows that are not taken out, by actor."""
    rows = filter(None, (re.fullmatch(rf"{ROWS}-(\d+)-actor", key) for key in posted))
    kept = [(str(posted[row[0]]), row[1]) for row in rows if f"{ROWS}-{row[1]}-DELETE" not in posted]
    return {int(actor): str(posted.get(f"{ROWS}-{place}-choice", "")) for actor, place in kept if actor.isdecimal()}


def _add(posted: QueryDict, actor: int, choice: str) -> None:
    if actor in _rows(posted):
        return
    place = posted.get(TOTAL, "0")
    posted[f"{ROWS}-{place}-actor"], posted[f"{ROWS}-{place}-choice"] = str(actor), choice
    posted[f"{ROWS}-{place}-note"] = ""
    posted[TOTAL] = str(int(place) + 1 if place.isdecimal() else 1)


def _names(pasted: str, called: NameIndex) -> Iterator[str]:
    """Yield who is named: a line or what stands between semicolons and tabs, or between commas, unless it is a name."""
    for line in filter(None, map(str.strip, re.split(r"[\n;\t]", pasted))):
        whole = "," not in line or _meant(line, called)
        yield from [line] if whole else filter(None, map(str.strip, line.split(",")))


def _meant(name: str, called: NameIndex) -> list[int]:
    actors = called.find(Noun.ACTOR, name)
    actors = actors or set(Actor.objects.filter(slug=name.strip().lower()).values_list("pk", flat=True))
    merged = survivors(Noun.ACTOR, actors)
    return sorted({merged.get(actor, actor) for actor in actors})


def _why(name: str, choice: Choice, posted: Any) -> str:
    actors = _meant(name, NameIndex())
    if len(actors) > 1:
        return SEVERAL.format(f"“{name}”")
    if actors:
        return TWICE.format(f"“{name}”")
    meant = nearest(name, Actor.objects.values_list("name", flat=True)[:MOST_NAMES], OF_NAMES)
    return UNKNOWN.format(f"“{name}”") + (f" (did you mean {meant}?)" if meant else "")
