"""Votes in the admin: what a body decided, and who cast what.

Ballots are pasted, too: names or codes become rows of ballots; what isn't understood stays where it
was, and is told. They stand in a column for each choice, or all in one line: “yes: France, Ghana;
no: Togo”. Members that are no actors yet are offered to be made with the vote, as drafts.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import F
from django.forms import (
    CharField,
    CheckboxSelectMultiple,
    HiddenInput,
    MultipleChoiceField,
    MultipleHiddenInput,
)
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.html import format_html, format_html_join

from tracker.desk.admin.forms.fields import ProseFormField
from tracker.desk.admin.forms.forms import RecordForm
from tracker.desk.admin.forms.parts import CitationPart, TablePart
from tracker.desk.admin.lists.filters import (
    IssueFilter,
    PeriodFilter,
    ReferenceFilter,
    ThemeFilter,
)
from tracker.desk.admin.records.base import CodingAdmin
from tracker.desk.admin.records.uses import Use
from tracker.desk.admin.site.labels import label, link
from tracker.desk.imports.members import NewMember, meant, near, new_members, slug_of_member
from tracker.desk.imports.references import NameIndex
from tracker.desk.records.rules import miscounted
from tracker.models import Actor, Ballot, Record, Vote
from tracker.values.nouns import Noun
from tracker.values.numbers import number
from tracker.values.vocabularies import Choice

PASTED = {choice: f"pasted_{choice}" for choice in (Choice.YES, Choice.NO, Choice.ABSTAIN)}
LINE = "pasted_line"
PASTED_FIELDS = (LINE, *PASTED.values())
CHOICES = {choice.label: choice for choice in Choice} | {
    **dict.fromkeys(("for", "in favour"), Choice.YES),
    "against": Choice.NO,
    **dict.fromkeys(("abstained", "abstaining", "abstentions"), Choice.ABSTAIN),
}
ROWS, TOTAL = "ballots", "ballots-TOTAL_FORMS"
TWICE = "{} has a ballot below with another choice"
SEVERAL = "several actors are called {}"
UNKNOWN = "there is no actor {}"
NO_CHOICE = (
    f"“{{}}” is no choice: begin with {', '.join(choice.label for choice in Choice)}, and a colon"
)
REMEDY = "Nothing is saved yet. The others are rows below; correct these, or take them out: {}."
OFFERED = (
    "Nothing is saved yet. Tick below who is to become an actor, and save again; or correct "
    "these: {}."
)
HELP_OF_NEW = "Those that are ticked become actors, as drafts, when you save the vote."
HELP = (
    "Names, codes or slugs, a line each or with commas between; they become rows below when you "
    "save."
)
HELP_OF_LINE = (
    "As “yes: France, Ghana; no: Togo; abstain: Gabon; absent: Mali”; they become rows below "
    "when you save."
)
ADD_ACTOR = "tracker.add_actor"


def _field(choice: Choice) -> ProseFormField:
    return ProseFormField(label=f"Voted {choice.label}", required=False, rows=6, help_text=HELP)


class VoteForm(RecordForm):
    """A vote, with who voted how pasted in one line, or into three columns.

    Members that are no actors yet are offered, and made with the vote once they were shown and are
    ticked. At first those are ticked about whom nothing is doubtful.
    """

    may_add_actors = False  # set for whoever is asking

    pasted_line = ProseFormField(
        label="In one line", required=False, rows=2, help_text=HELP_OF_LINE
    )
    pasted_yes = _field(Choice.YES)
    pasted_no = _field(Choice.NO)
    pasted_abstain = _field(Choice.ABSTAIN)
    new_actors = MultipleChoiceField(
        label="Not here yet", required=False, widget=CheckboxSelectMultiple, help_text=HELP_OF_NEW
    )
    # which of them the form has shown
    new_actors_seen = CharField(required=False, widget=HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.new_ballots: dict[str, tuple[Actor, Choice]] = {}
        self.members: dict[str, NewMember] = {}
        if self.is_bound and self.may_add_actors:
            self.members = new_members(_unknown_names(self.data))
        offered: Any = self.fields["new_actors"]
        offered.choices = [(slug, member.line) for slug, member in self.members.items()]
        if not self.members:
            offered.widget = MultipleHiddenInput()

    def clean(self) -> dict[str, Any]:
        """Tell who of those pasted was not understood;
        the others are rows already, or become actors.
        """
        cleaned = super().clean()
        called = NameIndex()
        chosen = {*self._ticked()} & {*self._seen()} & self.members.keys()
        for field in PASTED_FIELDS:
            pasted = _pasted(field, cleaned.get(field) or "", called)
            left = [of_one for of_one in pasted if not self._becomes_ballot(*of_one, chosen)]
            if left:
                remedy = OFFERED if self.members else REMEDY
                wrong = "; ".join(self._why(*of_one, called) for of_one in left)
                self.add_error(field, ValidationError(remedy.format(wrong), code="pasted"))
        choices = [*_rows(self.data).values(), *(choice for _, choice in self.new_ballots.values())]
        for problem in miscounted(cleaned, choices):
            self.refuse(problem)
        self._show_members()
        return cleaned

    def _ticked(self) -> list[str]:
        sent: Any = self.data
        return list(sent.getlist("new_actors"))

    def _seen(self) -> list[str]:
        return str(self.data.get("new_actors_seen", "")).split(",")

    def _why(self, label: str, choice: Choice | None, name: str, called: NameIndex) -> str:
        if choice and slug_of_member(name) in self.new_ballots:
            return TWICE.format(f"“{name}”")
        return _why(label, choice, name, called)

    def _becomes_ballot(
        self, label: str, choice: Choice | None, name: str, chosen: set[str]
    ) -> bool:
        """Take note of the ballot of a member that becomes an actor; tell whether it is one."""
        slug = slug_of_member(name)
        if not choice or slug not in chosen:
            return False
        _, first = self.new_ballots.setdefault(slug, (self.members[slug].actor, choice))
        return first == choice

    def _show_members(self) -> None:
        """Show which members can become actors, those ticked that were,
        or are new and not doubtful.
        """
        if not self.members:
            return
        ticked = {*self._ticked()}
        ticked |= {slug for slug, member in self.members.items() if not member.doubts} - {
            *self._seen()
        }
        sent: Any = self.data
        self.data = sent.copy()
        self.data.setlist("new_actors", [slug for slug in self.members if slug in ticked])  # type: ignore[attr-defined]
        self.write({"new_actors_seen": ",".join(self.members)})


def laid_out(posted: QueryDict) -> QueryDict:
    """Return what was posted with those who are pasted as rows of ballots;
    who can't be one stays where it was.
    """
    if not _has_pasted(posted):
        return posted
    laid, called = posted.copy(), NameIndex()
    rows = _rows(laid)
    for name in PASTED_FIELDS:
        left: dict[str, list[str]] = {}
        for heading, choice, pasted in _pasted(name, laid.get(name, ""), called):
            actors = meant(pasted, called)
            if choice and len(actors) == 1 and rows.setdefault(actors[0], choice) == choice:
                _add(laid, actors[0], choice)
            else:
                left.setdefault(heading, []).append(pasted)
        between = "; " if name == LINE else "\n"
        laid[name] = between.join(
            between.join([f"{heading}: " * bool(heading) + names[0], *names[1:]])
            for heading, names in left.items()
        )
    return laid


def _has_pasted(posted: Any) -> bool:
    return any(posted.get(field, "").strip() for field in PASTED_FIELDS)


def _unknown_names(posted: Any) -> list[str]:
    """Return who is pasted with a choice and is nobody here."""
    if not _has_pasted(posted):
        return []
    called, names = NameIndex(), list[str]()
    for field in PASTED_FIELDS:
        pasted = _pasted(field, posted.get(field) or "", called)
        names += [name for _, choice, name in pasted if choice and not meant(name, called)]
    return names


def _rows(posted: Any) -> dict[int, str]:
    """Return the choices of the rows that are not taken out, by actor."""
    rows = filter(None, (re.fullmatch(rf"{ROWS}-(\d+)-actor", key) for key in posted))
    kept = [
        (str(posted[row[0]]), row[1]) for row in rows if f"{ROWS}-{row[1]}-DELETE" not in posted
    ]
    choices = {
        number(actor): str(posted.get(f"{ROWS}-{place}-choice", "")) for actor, place in kept
    }
    return {actor: choice for actor, choice in choices.items() if actor is not None}


def _add(posted: QueryDict, actor: int, choice: str) -> None:
    if actor in _rows(posted):
        return
    place = posted.get(TOTAL, "0")
    posted[f"{ROWS}-{place}-actor"], posted[f"{ROWS}-{place}-choice"] = str(actor), choice
    posted[f"{ROWS}-{place}-note"] = ""
    posted[TOTAL] = str((number(place) or 0) + 1)


def _pasted(field: str, text: str, called: NameIndex) -> Iterator[tuple[str, Choice | None, str]]:
    """Yield who is pasted into a field, each with the choice, and how it is written in a line;
    none if it isn't one.
    """
    if field != LINE:
        choice = next(choice for choice, name in PASTED.items() if name == field)
        yield from (("", choice, name) for name in _names(text, called))
        return
    label = ""
    for group in re.split(r"[\n;\t]", text):
        before, mark, after = group.rpartition(":")
        label = before.strip() if mark else label
        yield from ((label, CHOICES.get(label.casefold()), name) for name in _names(after, called))


def _names(pasted: str, called: NameIndex) -> Iterator[str]:
    """Yield who is named: a line or what stands between semicolons and tabs, or between commas,
    unless it is a name.
    """
    for line in filter(None, map(str.strip, re.split(r"[\n;\t]", pasted))):
        whole = "," not in line or meant(line, called)
        yield from [line] if whole else filter(None, map(str.strip, line.split(",")))


def _why(label: str, choice: Choice | None, name: str, called: NameIndex) -> str:
    if not choice:
        return NO_CHOICE.format(label or name)
    actors = meant(name, called)
    if len(actors) > 1:
        return SEVERAL.format(f"“{name}”")
    if actors:
        return TWICE.format(f"“{name}”")
    nearest = near(name)
    return UNKNOWN.format(f"“{name}”") + (f" (did you mean {nearest}?)" if nearest else "")


class BallotPart(TablePart):
    """What one member cast."""

    model = Ballot
    carried = ("actor",)


@admin.register(Vote)
class VoteAdmin(CodingAdmin):
    """Recorded votes of a body, each with its ballots."""

    example = {
        "body": "united-nations-security-council",
        "symbol": "S/2019/1000",
        "meeting_record": "S/PV.8600",
        "title": "Ruritania: free elections",
        "held": "2019-06-05",
        "kind": "draft",
        "outcome": "vetoed",
        "without_vote": "false",
        "issue": "bilateral-cooperation",
        "yes_means": "supports",
        "themes": "diplomacy",
        "tally_yes": "12",
        "tally_no": "1",
        "tally_abstain": "2",
        "ballots_complete": "true",
        "ballots": "no: Togo | abstain: France",
        "citations": "usip-2019-06 p. 4",
    }
    uses = (
        Use("Votes that bear on it", Noun.ISSUE, ("issue",)),
        Use("Its votes, as the body that decides", Noun.ACTOR, ("body",)),
        Use("Votes in which it cast a ballot", Noun.ACTOR, ("ballots__actor",)),
        Use("Votes that cite it", Noun.SOURCE, ("citations__source",)),
    )
    form = VoteForm
    carried = ("body", "held")
    inlines = (BallotPart, CitationPart)
    list_display = ("symbol", "title", "held", "kind", "outcome", "public_status")
    list_display_links = ("symbol", "title")
    list_filter = (
        ("body", ReferenceFilter),
        ("issue", IssueFilter),
        PeriodFilter,
        "kind",
        "outcome",
        "without_vote",
        ThemeFilter,
        "ballots_complete",
        ("ballots__actor", ReferenceFilter),
    )
    search_help_text = (
        "Searches symbols, drafts, records, titles, summaries, and bodies and issues by any name."
    )
    ordering = (F("held_latest").desc(nulls_last=True), "-id")
    changed_together = (
        "kind",
        "outcome",
        ("issue", "yes_means"),
        "themes",
        "body",
        "ballots_complete",
    )
    noun_fieldsets = (
        (
            None,
            {
                "fields": (
                    "body",
                    ("symbol", "held"),
                    "title",
                    ("kind", "outcome", "without_vote"),
                    ("tally_yes", "tally_no", "tally_abstain", "tally_absent"),
                    "ballots_complete",
                )
            },
        ),
        (
            "Who voted how, pasted",
            {"fields": (LINE, "new_actors", "new_actors_seen", tuple(PASTED.values()))},
        ),
        ("What it is about", {"fields": (("issue", "yes_means"), "themes", "summary")}),
        (
            "Draft, meeting, session, and what it amends",
            {
                "classes": ("collapse",),
                "fields": (("draft_symbol", "meeting_record"), "session", "amends"),
            },
        ),
    )

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show or save the form, with who is pasted as rows of ballots."""
        if request.method == "POST":
            request.POST = laid_out(request.POST)  # type: ignore[assignment]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: Record | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.may_add_actors = request.user.has_perm(ADD_ACTOR)
        return form

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the actors that the vote makes, with their ballots, then its parts and,
        if it is new, itself.
        """
        for actor, choice in form.new_ballots.values():
            actor.save()
            Ballot.objects.create(vote_id=form.instance.pk, actor=actor, choice=choice)
        super().save_related(request, form, formsets, change)
        if actors := self._new_actors(form):
            links = format_html_join(
                ", ", "{}", ((link(Noun.ACTOR, actor.pk, label(actor)),) for actor in actors)
            )
            message = format_html(
                "{} added, as drafts: {}.", Noun.ACTOR.counted(len(actors)), links
            )
            messages.success(request, message)

    def saved_together(self, form: Any) -> list[Record]:
        return [form.instance, *self._new_actors(form)]

    def _new_actors(self, form: Any) -> list[Actor]:
        return [actor for actor, _ in form.new_ballots.values()]
