"""What explains and finds: the codebook, what this is about, and search."""

import re
from collections.abc import Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from django.conf import settings

from tracker.public.cards.asked import Asked
from tracker.public.cards.highlights import ORDER, Hit, hit, words_found
from tracker.public.cards.legend import FIRST, meant, said_by
from tracker.public.cards.ways import last_met, ways, words_left
from tracker.public.formats.releases.citation import spdx
from tracker.public.http.clients import origin
from tracker.public.read.names import named_in, named_nearly
from tracker.public.site.kept import page_of
from tracker.public.site.page import CLAIMS_SHOWN, Content, Page
from tracker.public.site.reading import (
    context,
    pair_in_focus,
    question,
    records_of,
    run,
    suggestions,
    tree,
)
from tracker.schema import codebook
from tracker.schema.filters import OneOf, Search
from tracker.values.nearness import nearest_first
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Standing

HITS, TERMS, QUESTIONS, PAGES, NEAR = 20, 4, 3, 8, 5
Hits = tuple[str, list[Hit], bool, str]  # plural, hits, whether there are more, and by which words
INNER_CAPITAL = re.compile("(?<=[a-z])(?=[A-Z])")


class CodebookPage(Page):
    template_name = "site/codebook.html"
    title = "Codebook"
    description = (
        "What the tracker’s words and signs mean, each with the rule by which it is coded."
    )
    api = {"json": "/api/v1/codebook/"}
    freezes = False  # it is part of the code

    def content(self) -> Content:
        named = [
            (terms, INNER_CAPITAL.sub(" ", terms.name).capitalize())
            for terms in codebook.codebook().vocabularies
        ]
        first = {signs.id for signs in FIRST} | {Standing.__name__}
        return {
            "first": FIRST,
            "rest": [(terms, words) for terms, words in named if terms.name not in first],
            "vocabularies": named,
        }


class About(Page):
    """Method, review, licence, how to cite, how to report an error, how to get the data."""

    template_name = "site/about.html"
    title = "About this tracker"
    description = "Method, review, licence, how to cite the tracker, and how to get the data."
    api = {"json": "/api/v1/"}
    freezes = False  # it is part of the code

    def content(self) -> Content:
        dates, root = self.dates, origin(self.request)
        whole = dates.cited(settings.TITLE, f"{root}/{dates.frozen}")
        picture = f'<img src="{root}/index.svg{dates.frozen}" alt="{escape(settings.TITLE)}">'
        coded = dict.fromkeys(
            stance["issue"]["slug"] for stance in records_of(Noun.STANCE, dates, {"on": dates.on})
        )
        with_question = [
            issue for issue in map(tree(dates).issues.get, coded) if issue and issue.question
        ]
        return {
            "whole": whole,
            "team": settings.TEAM,
            # where nobody is in focus, the matrix has no picture
            "embed": f'<a href="{whole.url}">{picture}</a>' if settings.FOCUS else "",
            "spdx": spdx(settings.DATA_LICENSE),
            "questions": with_question[:QUESTIONS],
            "pair": pair_in_focus(dates),
        }


class SearchPage(Page):
    """Search over all kinds of records, the best first, and pages about what is named."""

    template_name = "site/search.html"
    description = "Search over issues, actors, claims, meetings, acts, votes and sources."
    parameters = (
        Search("q", "Words to be found."),
        OneOf("kind", "", words=tuple(noun.plural for noun in ORDER)),
    )
    api = {
        "json": "/api/v1/stances/?standing=any{words}",
        "csv": "/api/v1/stances.csv?standing=any{words}",
    }

    def look_up(self, **path: Any) -> None:
        self.text: str = self.values.get("q", "").strip()
        self.title = f"Search for “{self.text}”" if self.text else "Search"
        self.named = {"words": f"&q={quote(self.text)}" if self.text else ""}

    def content(self) -> Content:
        dates, text, asked = self.dates, self.text, Asked(self.text)
        named = named_in(" ".join(asked.bare), dates.edition, dates.stamp) if text else []
        pages = ways(asked, named, dates.on, dates.edition, dates.stamp, dates.q)[:PAGES]
        self.terms = meant(asked.words)[:TERMS]
        rounds = [(0, 0, ""), *asked.fewer(named)] if text else []
        hits, fewer = self._first_found(asked, rounds)
        names = [] if hits else [name for noun in Noun for name in suggestions(noun, text, dates)]
        if not names and (fewer[0] or not (hits or pages)):
            names = self._respelled(asked, hits)
        if not (hits or names) and (query := asked.any_of(words_left(asked, named))):
            hits, fewer = self._found(asked, query), [1, len(asked.bare)]
        return {
            "text": text,
            "kind": self.values.get("kind"),
            "hits": hits,
            "fewer": fewer if hits and fewer[0] else (),
            "terms": [sign for sign, _ in self.terms],
            "pages": pages,
            "met": last_met(asked, named, dates.edition, context(dates)),
            "near": nearest_first(text, names)[:NEAR],
        }

    def _respelled(self, asked: Asked, hits: Sequence[Hits]) -> list[tuple[str, str]]:
        """Return pages of what is named by a near spelling of words that no hit has."""
        dates, found = self.dates, words_found(hit for _, several, *_ in hits for hit in several)
        words, named = named_nearly(" ".join(asked.bare), dates.edition, dates.stamp, found)
        if not words:
            return []
        search = (
            f"Search for “{words}”",
            f"/search/?q={quote(words)}{dates.q.replace('?', '&', 1)}",
        )
        pages = [
            (f"{each.name} ({each.noun})", page_of(each.noun, each.key, dates.q)) for each in named
        ]
        return [*pages[: NEAR - 1], search]

    def _first_found(
        self, asked: Asked, rounds: Sequence[tuple[int, int, str]]
    ) -> tuple[list[Hits], list[int]]:
        """Return the hits of the first round that has any,
        with how many of how many words it asked for.
        """
        for number, most, query in rounds:
            hits = self._found(asked, query)
            if hits:
                return hits, [number, most]
        return [], [0, 0]

    def _found(self, asked: Asked, query: str) -> list[Hits]:
        about, found, kind = context(self.dates), [], self.values.get("kind")
        size, terms = CLAIMS_SHOWN if kind else HITS, [] if query else self.terms
        nouns = [noun for noun in ORDER if kind in (None, noun.plural)]
        wanted = [
            (noun, by)
            for noun in nouns
            for by in (*said_by(terms, noun), *asked.wanted(noun, query))
        ]
        lists = run(*(question(noun, self.dates, by, size) for noun, by in wanted))
        for noun in nouns:
            pages = [page for page in lists if page.noun is noun]
            bodies = {body["id"]: body for page in pages for body in page}.values()
            hits = [hit(noun, body, about, asked.words) for body in bodies][:size]
            more = len(bodies) > size or any(page.has_more for page in pages)
            found += [(noun.plural, hits, more, asked.wanted(noun, query)[0]["q"])] if hits else []
        return found
