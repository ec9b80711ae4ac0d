"""What explains and finds: the codebook, what this is about, and search."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any, NamedTuple
from urllib.parse import quote

from django.conf import settings

from tracker.cards.cards import LINES
from tracker.cards.highlights import Marked, highlighted, plain, words_of
from tracker.cards.legend import FIRST, meant
from tracker.formats.releases.citation import TITLE, spdx
from tracker.schema import codebook
from tracker.schema.filters import Search
from tracker.schema.records import CLAIMS
from tracker.site.dates import Dates
from tracker.site.page import Contents, Page
from tracker.site.reading import context, found, near, page_of
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Standing
from tracker.web.origin import origin

HITS, TERMS = 20, 4
INNER_CAPITAL = re.compile("(?<=[a-z])(?=[A-Z])")


class Codebook(Page):
    """Every term with its rule."""

    template_name = "site/codebook.html"
    title = "Codebook"
    description = "What the tracker’s words and signs mean, each with the rule by which it is coded."
    api = {"json": "/api/v1/codebook/"}
    freezes = False  # it is part of the code

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        named = [(one, INNER_CAPITAL.sub(" ", one.name).capitalize()) for one in codebook.codebook().vocabularies]
        first = {signs.id for signs in FIRST} | {Standing.__name__}
        yield {
            "first": FIRST,
            "rest": [(one, words) for one, words in named if one.name not in first],
            "vocabularies": named,
        }


class About(Page):
    """Method, review, licence, how to cite, how to report an error, how to get the data."""

    template_name = "site/about.html"
    title = "About this tracker"
    description = f"{TITLE}: method, review, licence, how to cite it, and how to get the data."
    api = {"json": "/api/v1/"}
    freezes = False  # it is part of the code

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        root = origin(self.request)
        whole = dates.cited(TITLE, f"{root}/{dates.frozen}")
        yield {
            "whole": whole,
            "embed": f'<a href="{whole.url}"><img src="{root}/index.svg{dates.frozen}" alt="{TITLE}"></a>',
            "spdx": spdx(settings.DATA_LICENSE),
            "root": root,
        }


class Hit(NamedTuple):
    """A record that was found: a line about it, with the words marked, and its page."""

    address: str
    pieces: list[Marked]


class SearchPage(Page):
    """Search over all kinds of records, the best first."""

    template_name = "site/search.html"
    parameters = (Search("q", "Words to be found."),)
    api = {"json": "/api/v1/stances/?standing=any{words}", "csv": "/api/v1/stances.csv?standing=any{words}"}

    def named(self, dates: Dates, values: Mapping[str, Any], path: Mapping[str, Any]) -> Mapping[str, Any]:
        said = values.get("q", "").strip()
        return {"words": f"&q={quote(said)}" if said else ""}

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        said: str = values.get("q", "").strip()
        yield {
            "title": f"Search for “{said}”" if said else "Search",
            "description": "Search over issues, actors, claims, meetings and sources.",
            "said": said,
            "named": self.named(dates, values, path),
        }
        hits, more, words = {}, [], words_of(said)
        terms, about = meant(words)[:TERMS], context(dates)
        for noun in Noun if said else ():
            usual = {"standing": ["any"]} if noun in CLAIMS else {}
            here = found(noun, dates, {**usual, "q": _without(noun, said)}, HITS)
            say_so = [
                one
                for sign, rest in terms
                if noun in sign.claims
                for one in found(
                    noun, dates, {**usual, **sign.claims[noun], **({"q": " ".join(rest)} if rest else {})}, HITS
                ).records
            ]
            if records := {one["id"]: one for one in (*say_so, *here.records)}:
                hits[noun.plural] = [
                    Hit(
                        page_of(noun, one.get("slug") or one["id"], dates.q),
                        highlighted(str(LINES[noun](one, about)), one, words),
                    )
                    for one in records.values()
                ]
            more += [noun.plural] if here.has_more else []
        yield {
            "hits": hits,
            "more": more,
            "terms": [sign for sign, _ in terms],
            "near": _near(said, dates) if said and not hits else [],
        }


def _near(said: str, dates: Dates) -> list[tuple[str, str]]:
    """Return a few names that are spelled nearly like what is looked for, the nearest first, each with its page."""
    names = [one for noun in Noun for one in near(noun, said, dates)]
    return sorted(names, key=lambda one: SequenceMatcher(None, plain(one[0]), plain(said)).ratio(), reverse=True)[:5]


def _without(noun: Noun, said: str) -> str:
    """Return what is looked for among records of a noun: not the noun itself, unless there is nothing else."""
    return " ".join(word for word in said.split() if word.casefold() not in (noun, noun.plural)) or said
