"""What explains and finds: the codebook, what this is about, and search."""

import re
from difflib import SequenceMatcher
from typing import Any
from urllib.parse import quote

from django.conf import settings

from tracker.public.cards.cards import line
from tracker.public.cards.highlights import highlighted, plain, words_of
from tracker.public.cards.legend import FIRST, meant
from tracker.public.formats.releases.citation import TITLE, spdx
from tracker.public.http.clients import origin
from tracker.public.site.dates import Dates
from tracker.public.site.matrix import actors_of
from tracker.public.site.page import Content, Page
from tracker.public.site.reading import context, records_of, suggestions, tree
from tracker.schema import codebook
from tracker.schema.filters import Search
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Standing

HITS, TERMS, QUESTIONS = 20, 4, 3
INNER_CAPITAL = re.compile("(?<=[a-z])(?=[A-Z])")


class CodebookPage(Page):
    template_name = "site/codebook.html"
    title = "Codebook"
    description = "What the tracker’s words and signs mean, each with the rule by which it is coded."
    api = {"json": "/api/v1/codebook/"}
    freezes = False  # it is part of the code

    def content(self) -> Content:
        named = [(terms, INNER_CAPITAL.sub(" ", terms.name).capitalize()) for terms in codebook.codebook().vocabularies]
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
    description = f"{TITLE}: method, review, licence, how to cite it, and how to get the data."
    api = {"json": "/api/v1/"}
    freezes = False  # it is part of the code

    def content(self) -> Content:
        dates, root = self.dates, origin(self.request)
        whole = dates.cited(TITLE, f"{root}/{dates.frozen}")
        stances = records_of(Noun.STANCE, dates, {"on": dates.on})
        coded = dict.fromkeys(stance["issue"]["slug"] for stance in stances)
        with_question = [issue for issue in map(tree(dates).issues.get, coded) if issue and issue.question]
        return {
            "whole": whole,
            "embed": f'<a href="{whole.url}"><img src="{root}/index.svg{dates.frozen}" alt="{TITLE}"></a>',
            "spdx": spdx(settings.DATA_LICENSE),
            "questions": with_question[:QUESTIONS],
            "has_pair": None not in [number for number, _ in actors_of(dates, {})],
        }


class SearchPage(Page):
    """Search over all kinds of records, the best first."""

    template_name = "site/search.html"
    description = "Search over issues, actors, claims, meetings, acts, votes and sources."
    parameters = (Search("q", "Words to be found."),)
    api = {"json": "/api/v1/stances/?standing=any{words}", "csv": "/api/v1/stances.csv?standing=any{words}"}

    def look_up(self, **path: Any) -> None:
        self.text: str = self.values.get("q", "").strip()
        self.title = f"Search for “{self.text}”" if self.text else "Search"
        self.named = {"words": f"&q={quote(self.text)}" if self.text else ""}

    def content(self) -> Content:
        dates, text = self.dates, self.text
        hits, words, about = [], words_of(text), context(dates)
        terms = meant(words)[:TERMS]
        for noun in Noun if text else ():
            by_term = [
                {**sign.claims[noun], **({"q": " ".join(rest)} if rest else {})}
                for sign, rest in terms
                if noun in sign.claims
            ]
            wanted = _without(noun, text)
            lists = [records_of(noun, dates, chosen, HITS) for chosen in (*by_term, {"q": wanted})]
            lines = [
                (about.address(noun, body.get("slug") or key), highlighted(line(noun, body, about), body, words))
                for key, body in {body["id"]: body for page in lists for body in page}.items()
            ]
            hits += [(noun.plural, lines, wanted if lists[-1].has_more else "")] if lines else []
        return {
            "text": text,
            "hits": hits,
            "terms": [sign for sign, _ in terms],
            "near": _near(text, dates) if text and not hits else [],
        }


def _near(text: str, dates: Dates) -> list[tuple[str, str]]:
    """Return a few names that are spelled nearly like what is looked for, the nearest first, each with its page."""
    names = [name for noun in Noun for name in suggestions(noun, text, dates)]
    return sorted(names, key=lambda name: SequenceMatcher(None, plain(name[0]), plain(text)).ratio(), reverse=True)[:5]


def _without(noun: Noun, text: str) -> str:
    """Return what is looked for among records of a noun: not the noun itself, unless there is nothing else."""
    return " ".join(word for word in text.split() if word.casefold() not in (noun, noun.plural)) or text
