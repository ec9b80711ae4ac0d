"""A card: a record with its chip, summary or sentence, and footnotes,
as readers and editors see it.
"""

from functools import cached_property
from html import escape

from django.utils.safestring import SafeString
from msgspec import Struct

from tracker.public.cards.chips import Chip, cautions, chip, outcome, status
from tracker.public.cards.claim_sentences import alignment, stance
from tracker.public.cards.claim_sentences import facts as claim_facts
from tracker.public.cards.claim_sentences import notes as claim_notes
from tracker.public.cards.context import Body, Context
from tracker.public.cards.evidence import of_claim
from tracker.public.cards.footnotes import Footnote, folded, footnotes, listed
from tracker.public.cards.grammar import Sentence, issue, sentence
from tracker.public.cards.record_sentences import a_source, act, an_actor, an_issue, meeting, vote
from tracker.public.cards.wording import headline, subject
from tracker.schema.records import CLAIMS, OCCURRENCES
from tracker.values import days
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Standing

SENTENCES = {
    Noun.STANCE: stance,
    Noun.ALIGNMENT: alignment,
    Noun.MEETING: meeting,
    Noun.VOTE: vote,
    Noun.ACT: act,
}
LINES = {**SENTENCES, Noun.ISSUE: an_issue, Noun.ACTOR: an_actor, Noun.SOURCE: a_source}


def line(noun: Noun, body: Body, context: Context) -> str:
    """Return a record as a sentence, or if none is made of its noun as a feed calls it."""
    return str(LINES[noun](body, context)) if noun in LINES else headline(noun, body)


class Card:
    """What is shown of a stance, an alignment, a meeting, a vote or an act: each thing once.

    Of a claim that has a summary this is told, after what keeps it from being a fact of the day,
    and beside it what it doesn't say; else the sentence made of its fields. `name` is an id for its
    element, "stance-12".
    """

    def __init__(self, noun: Noun, body: Body, context: Context) -> None:
        self.noun, self.body, self.context, self.name = noun, body, context, f"{noun}-{body['id']}"

    @cached_property
    def sentence(self) -> Sentence:
        return SENTENCES[self.noun](self.body, self.context)

    @cached_property
    def chip(self) -> Chip:
        if self.noun in OCCURRENCES:
            return status(self.noun, self.body, self.context)
        return (
            outcome(self.body)
            if self.noun is Noun.VOTE
            else chip(self.noun, self.body, self.context)
        )

    @cached_property
    def footnotes(self) -> list[Footnote]:
        return footnotes(self.body, self.context)

    @property
    def quotation(self) -> str:
        """Return its summary, after what its chip says besides its word; else its sentence."""
        beside = _opening(", ".join(self.chip.notes))
        return f"{beside}{self.body['summary']}" if self.body["summary"] else str(self.sentence)

    @property
    def html(self) -> SafeString:
        """Return it as HTML, with its sources folded.
        Pages have a hundred, and a template takes five times as long.
        """
        return self._html(is_whole=False)

    @property
    def whole_html(self) -> SafeString:
        """Return it as HTML with all that is coded, and its sources open."""
        return self._html(is_whole=True)

    def _html(self, *, is_whole: bool) -> SafeString:
        body, context, notes = self.body, self.context, self.footnotes
        more = []
        summary = f'<span dir="auto">{escape(body["summary"])}</span>' if body["summary"] else ""
        if self.noun in CLAIMS:
            lead = (
                f"{escape(_opening(cautions(body, context)))}{summary}"
                if summary
                else self.sentence.html
            )
            evidence = of_claim(body, context.origins())
            if summary and is_whole:
                more = [("more", self.sentence.html), ("facts", evidence)]
            elif summary:
                facts = f"{claim_facts(body, context).html} · {evidence}"
                more = [("facts", facts), ("more", claim_notes(body, context).html)]
            else:
                more = [("facts", evidence)]
        else:
            lead, more = self.sentence.html, [("more", summary)]
        numbers = range(1, len(notes) + 1) if is_whole else ()
        links = " ".join(
            f'<sup><a href="#{self.name}-note-{number}" aria-label="Source '
            f'{number}">{number}</a></sup>'
            for number in numbers
        )
        outcomes = "".join(
            f"<dt>{sentence(context.address, issue(about['issue'])).html}</dt>"
            f'<dd dir="auto">{escape(about["outcome"])}</dd>\n'
            for about in body.get("issues", ())
            if about["outcome"]
        )
        return SafeString(
            "".join(
                (
                    f"<article "
                    f'class="card{" contested" * (body.get("standing") == Standing.CONTESTED)}" '
                    f'id="{self.name}">\n',
                    f'<p class="sentence">{self.chip.bare_html} '
                    f"{lead}{'&nbsp;' if links else ''}{links}</p>\n",
                    *(f'<p class="{name}">{html}</p>\n' for name, html in more if html),
                    f'<dl class="outcomes">\n{outcomes}</dl>\n' if outcomes else "",
                    (listed if is_whole else folded)(notes, self.name) if notes else "",
                    "</article>\n",
                )
            )
        )


def _opening(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}: " if words else ""


class Section(Struct, frozen=True):
    """Cards below a heading, which leads to what they are about;
    `name` is the heading's id, `note` stands first.
    """

    name: str
    title: str
    href: str
    cards: list[SafeString]
    note: str = ""

    @property
    def html(self) -> SafeString:
        """Return it as HTML. A page of an issue has one for each actor."""
        name, cards = escape(self.name), "".join(self.cards)
        link = f'<a href="{escape(self.href)}"><bdi>{escape(self.title)}</bdi></a>'
        head = f'<section class="actor" aria-labelledby="{name}">\n<h3 id="{name}">{link}</h3>\n'
        note = f'<p class="nothing">{escape(self.note)}</p>\n' if self.note else ""
        return SafeString(f"{head}{note}{cards}\n</section>\n")


class Brief(Struct, frozen=True):
    """A claim, meeting or act in a line: its chip, what it is of, and when; and its sentence."""

    chip: Chip
    title: str
    when: str
    sentence: Sentence


def brief(noun: Noun, body: Body, context: Context) -> Brief:
    """Return a stance, an alignment, a meeting or an act in a line."""
    line = SENTENCES[noun](body, context)
    if noun in OCCURRENCES:
        return Brief(
            status(noun, body, context),
            body["title"],
            days.span(body["since"], body["until"]),
            line,
        )
    when = days.period(body["since"], body["until"])
    return Brief(chip(noun, body, context), subject(body), when, line)
