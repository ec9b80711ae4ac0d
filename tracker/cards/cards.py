"""A card: a claim or a meeting with its sentence, chip, summary and footnotes, as readers and editors see it."""

from dataclasses import dataclass

from tracker.cards.chips import Chip, chip, status
from tracker.cards.claims import alignment, stance
from tracker.cards.context import Body, Context
from tracker.cards.footnotes import Footnote, footnotes
from tracker.cards.records import meeting
from tracker.cards.sentence import Sentence, issue, sentence
from tracker.values.nouns import Noun

SENTENCES = {Noun.STANCE: stance, Noun.ALIGNMENT: alignment, Noun.MEETING: meeting}


@dataclass(frozen=True, slots=True)
class Card:
    """What `cards/card.html` shows; `name` is an id for its element, "stance-12".

    `outcomes` are, of a meeting, the issues of which something came, and what.
    """

    name: str
    href: str
    sentence: Sentence
    chip: Chip
    summary: str
    footnotes: list[Footnote]
    outcomes: list[tuple[Sentence, str]]
    is_contested: bool


def card(noun: Noun, body: Body, context: Context) -> Card:
    """Return the card of a stance, an alignment or a meeting."""
    return Card(
        name=f"{noun}-{body['id']}",
        href=context.address(noun, body["id"]),
        sentence=SENTENCES[noun](body, context),
        chip=status(body, context) if noun is Noun.MEETING else chip(noun, body, context),
        summary=body["summary"] or "",
        footnotes=footnotes(body, context),
        outcomes=[
            (sentence(context.address, issue(one["issue"])), one["outcome"])
            for one in body.get("issues", ())
            if one["outcome"]
        ],
        is_contested=body.get("standing") == "contested",
    )
