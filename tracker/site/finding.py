"""What explains and finds: the codebook, what this is about, and search."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any
from urllib.parse import quote

from django.conf import settings

from tracker.cards.cards import LINES
from tracker.cards.highlights import highlighted, plain, words_of
from tracker.cards.legend import FIRST, meant
from tracker.formats.releases.citation import TITLE, spdx
from tracker.publication.read.keys import records
from tracker.schema import codebook
from tracker.schema.filters import Search
from tracker.site.dates import Dates
from tracker.site.matrix import PAIR
from tracker.site.page import Contents, Page
from tracker.site.reading import context, found, near, page_of, tree
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Standing
from tracker.web.origin import origin

HITS, TERMS, QUESTIONS = 20, 4, 3
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
        told = dict.fromkeys(one["issue"]["slug"] for one in found(Noun.STANCE, dates, {"on": dates.on}).records)
        asked = [one for one in map(tree(dates).issues.get, told) if one and one.question]
        yield {
            "whole": whole,
            "embed": f'<a href="{whole.url}"><img src="{root}/index.svg{dates.frozen}" alt="{TITLE}"></a>',
            "spdx": spdx(settings.DATA_LICENSE),
            "questions": asked[:QUESTIONS],
            "has_pair": None not in records(Noun.ACTOR, list(PAIR), edition=dates.edition),
        }


class SearchPage(Page):
    """Search over all kinds of records, the best first."""

    template_name = "site/search.html"
    parameters = (Search("q", "Words to be found."),)
    api = {"json": "/api/v1/stances/?standing=any{words}", "csv": "/api/v1/stances.csv?standing=any{words}"}

    def content(self, dates: Dates, values: Mapping[str, Any], **path: Any) -> Contents:
        said: str = values.get("q", "").strip()
        yield {
            "title": f"Search for “{said}”" if said else "Search",
            "description": "Search over issues, actors, claims, meetings and sources.",
            "said": said,
            "named": {"words": f"&q={quote(said)}" if said else ""},
        }
        hits, more, words, about = {}, [], words_of(said), context(dates)
        terms = meant(words)[:TERMS]
        for noun in Noun if said else ():
            asked = [
                {**sign.claims[noun], **({"q": " ".join(rest)} if rest else {})}
                for sign, rest in terms
                if noun in sign.claims
            ]
            lists = [found(noun, dates, chosen, HITS) for chosen in (*asked, {"q": _without(noun, said)})]
            hits[noun.plural] = [
                (page_of(noun, one.get("slug") or key, dates.q), highlighted(str(LINES[noun](one, about)), one, words))
                for key, one in {one["id"]: one for several in lists for one in several.records}.items()
            ]
            more += [noun.plural] if lists[-1].has_more else []
        hits = {plural: lines for plural, lines in hits.items() if lines}
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
