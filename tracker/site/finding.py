"""What explains and finds: the codebook, what this is about, and search."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from django.conf import settings

from tracker.cards.cards import LINES
from tracker.cards.highlights import Marked, marked, words_of
from tracker.cards.legend import FIRST
from tracker.formats.releases.citation import TITLE, spdx
from tracker.schema import codebook
from tracker.schema.filters import Search
from tracker.schema.records import CLAIMS
from tracker.site.dates import Dates
from tracker.site.page import Contents, Page
from tracker.site.reading import context, found, page_of
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Standing
from tracker.web.origin import origin

HITS = 20
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
            "title": f"“{said}”" if said else "Search",
            "description": "Search over issues, actors, claims, meetings and sources.",
            "said": said,
            "named": self.named(dates, values, path),
        }
        hits, more, words = {}, [], words_of(said)
        for noun in Noun if said else ():
            here = found(noun, dates, {"q": said, **({"standing": ["any"]} if noun in CLAIMS else {})}, HITS)
            about = context(dates)
            if here.records:
                hits[noun.plural] = [
                    Hit(
                        page_of(noun, one.get("slug") or one["id"], dates.q),
                        list(marked(str(LINES[noun](one, about)), words)),
                    )
                    for one in here.records
                ]
            more += [noun.plural] if here.has_more else []
        yield {"hits": hits, "more": more}
