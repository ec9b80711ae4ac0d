"""A card: a record with its sentence, chip, summary and footnotes, as readers and editors see it."""

from html import escape

from django.utils.safestring import SafeString
from msgspec import Struct

from tracker.public.cards.chips import Chip, cautions, chip, outcome, status
from tracker.public.cards.claim_sentences import alignment, stance
from tracker.public.cards.context import Body, Context
from tracker.public.cards.footnotes import Footnote, footnotes
from tracker.public.cards.grammar import Sentence, issue, sentence
from tracker.public.cards.record_sentences import a_source, act, an_actor, an_issue, meeting, vote
from tracker.public.cards.wording import headline, subject
from tracker.schema.records import OCCURRENCES
from tracker.values import days
from tracker.values.nouns import Noun

SENTENCES = {Noun.STANCE: stance, Noun.ALIGNMENT: alignment, Noun.MEETING: meeting, Noun.VOTE: vote, Noun.ACT: act}
LINES = {**SENTENCES, Noun.ISSUE: an_issue, Noun.ACTOR: an_actor, Noun.SOURCE: a_source}


def line(noun: Noun, body: Body, context: Context) -> str:
    """Return a record as a sentence, or if none is made of its noun as a feed calls it."""
    return str(LINES[noun](body, context)) if noun in LINES else headline(noun, body)


class Card(Struct, frozen=True):
    """What is shown of a record; `name` is an id for its element, "stance-12".

    `cautions` is what keeps a claim's summary from being a fact of the day, in words; of others, None. `outcomes`
    are, of a meeting or an act, the issues of which something came, and what.
    """

    name: str
    href: str
    sentence: Sentence
    chip: Chip
    summary: str
    cautions: str | None
    footnotes: list[Footnote]
    outcomes: list[tuple[Sentence, str]]
    is_contested: bool

    @property
    def html(self) -> SafeString:
        """Return it as HTML. Pages have a hundred of them, and a template takes five times as long.

        Of a claim, its summary leads, if it has one; the sentence made of its fields says all that is coded.
        """
        numbers = " ".join(
            f'<sup><a href="#{self.name}-note-{number}" aria-label="Source {number}">{number}</a></sup>'
            for number in range(1, len(self.footnotes) + 1)
        )
        outcomes = "".join(
            f'<dt>{about.html}</dt><dd dir="auto">{escape(outcome)}</dd>\n' for about, outcome in self.outcomes
        )
        notes = "".join(note.html(self.name) for note in self.footnotes)
        caution = f"{self.cautions[:1].upper()}{escape(self.cautions[1:])}: " if self.cautions else ""
        paragraph = [self.sentence.html, *([f'<span dir="auto">{escape(self.summary)}</span>'] if self.summary else [])]
        lead, *more = (
            paragraph if self.cautions is None else [caution * (len(paragraph) > 1) + paragraph[-1], *paragraph[:-1]]
        )
        return SafeString("".join((
            f'<article class="card{" contested" if self.is_contested else ""}" id="{self.name}">\n',
            f'<p class="sentence">{self.chip.html} {lead}{"&nbsp;" if numbers else ""}{numbers}</p>\n',
            *(f'<p class="more">{html}</p>\n' for html in more),
            f'<dl class="outcomes">\n{outcomes}</dl>\n' if outcomes else "",
            f'<ol class="footnotes">\n{notes}</ol>' if notes else "",
            "\n</article>\n",
        )))  # fmt: skip


class Section(Struct, frozen=True):
    """Cards below a heading, which leads to what they are about; `name` is the heading's id, `note` stands first."""

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


def card(noun: Noun, body: Body, context: Context) -> Card:
    """Return the card of a stance, an alignment, a meeting, a vote or an act."""
    return Card(
        name=f"{noun}-{body['id']}",
        href=context.address(noun, body["id"]),
        sentence=SENTENCES[noun](body, context),
        chip=_chip(noun, body, context),
        summary=body["summary"] or "",
        cautions=cautions(body, context) if "standing" in body else None,
        footnotes=footnotes(body, context),
        outcomes=[
            (sentence(context.address, issue(about["issue"])), about["outcome"])
            for about in body.get("issues", ())
            if about["outcome"]
        ],
        is_contested=body.get("standing") == "contested",
    )


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
        return Brief(status(noun, body, context), body["title"], days.span(body["since"], body["until"]), line)
    when = days.period(body["since"], body["until"])
    return Brief(chip(noun, body, context), subject(body), when, line)


def _chip(noun: Noun, body: Body, context: Context) -> Chip:
    if noun in OCCURRENCES:
        return status(noun, body, context)
    return outcome(body) if noun is Noun.VOTE else chip(noun, body, context)
