"""Footnotes: the sources of a record,
each so that it can be followed and found again when it has moved.
"""

import re
from collections.abc import Sequence
from functools import cache
from html import escape

from msgspec import Struct

from tracker.public.cards.context import Body, Context
from tracker.public.cards.grammar import enumerated, first_of
from tracker.values import days, languages
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Credibility, Outlet, Relation, Reliability

# Languages that are written from right to left where no script says otherwise,
# and scripts that are.
RIGHT_TO_LEFT = {
    "ar",
    "arc",
    "ckb",
    "dv",
    "fa",
    "he",
    "ku-arab",
    "nqo",
    "pnb",
    "ps",
    "sd",
    "syr",
    "ug",
    "ur",
    "yi",
}
RIGHT_TO_LEFT_SCRIPTS = {"adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"}
CONTRADICTING, ENDING = (
    ' class="contradicts"><b>Says otherwise:</b> ',
    "><b>Tells that it ended:</b> ",
)
MOST_NAMED = 3
OUTSIDE = 'class="outside" rel="nofollow noopener noreferrer"'
NAME = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
ARCHIVED_AT = re.compile(
    r"/(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})[0-9]{6}(?:[a-z]{2}_)?/"
)


class Footnote(Struct, frozen=True):
    """One citation with what is known of its source; texts are "" where there is nothing.

    `outlet` is who published it, or else its title. `url` and `archive_url` are addresses of the
    web, `version_date` the day of the archived copy (YYYY-MM-DD), `href` the page about the source;
    `quote_dir` is ltr, rtl or auto. `ends` says that the source tells that a claim was so no
    longer.
    """

    number: int
    title: str
    english_title: str
    outlet: str
    href: str
    url: str
    archive_url: str
    version_date: str
    authors: str
    publisher: str
    issued: str
    relation: str
    locator: str
    quote: str
    quote_language: str
    quote_dir: str
    judged: str
    language: str
    ends: bool

    @property
    def contradicts(self) -> bool:
        """Tell whether the source says otherwise."""
        return self.relation == Relation.CONTRADICTS

    def html(self, name: str) -> str:
        """Return it as an item of a list, below the element that is called `name`.

        Its links have the three attributes of Robust Links:
        where it was, where a copy is, and of which day.
        """
        title, url, archive, day = map(
            escape, (self.title, self.url, self.archive_url, self.version_date)
        )
        robust = "".join((
            f' data-originalurl="{url}"' if url else "",
            f' data-versionurl="{archive}"' if archive else "",
            f' data-versiondate="{day}"' if day else "",
        ))  # fmt: skip
        copied = f' of <time datetime="{day}">{day}</time>' if day else ""
        cite = f"<cite{_lang(self.language)}><bdi>{title}</bdi></cite>"
        english = escape(self.english_title)
        stands = CONTRADICTING if self.contradicts else ENDING if self.ends else ">"
        return "".join(
            (
                f'<li id="{name}-note-{self.number}"{stands}',
                f"<bdi>{escape(self.authors)}</bdi>: " if self.authors else "",
                f'<a href="{escape(self.href)}">{cite}</a>' if self.href else cite,
                f' (<bdi class="english-title">{english}</bdi>)' if english else "",
                *(
                    f', <bdi class="{part}">{escape(text)}</bdi>'
                    for part in ("publisher", "issued", "locator")
                    if (text := getattr(self, part))
                ),
                ".",
                f' <a {OUTSIDE} href="{url}"{robust}>Read it<span class="visually-hidden"> at its '
                f"publisher’s: <bdi>{title}</bdi></span></a>"
                if url
                else "",
                f' <a {OUTSIDE} href="{archive}"{robust}>Archived copy<span '
                f'class="visually-hidden"> of '
                f"<bdi>{title}</bdi></span>{copied}</a>"
                if archive
                else "",
                f" <small>{escape(self.judged)}.</small>" if self.judged else "",
                f'\n<blockquote{_lang(self.quote_language)} dir="{self.quote_dir}">'
                f"{'<br>'.join(escape(self.quote).splitlines())}</blockquote>"
                if self.quote
                else "",
                "</li>\n",
            )
        )


def _lang(language: str) -> str:
    return f' lang="{escape(language)}"' if language else ""


def folded(notes: Sequence[Footnote], name: str) -> str:
    """Return footnotes as HTML, folded to the names of who says so."""
    backing = [note for note in notes if not note.contradicts] or notes
    outlets = first_of([*dict.fromkeys(note.outlet for note in backing)], MOST_NAMED)
    names = "".join(map(str, enumerated([[f"<bdi>{escape(outlet)}</bdi>"] for outlet in outlets])))
    return f'<details class="sources">\n<summary>{names}</summary>\n{listed(notes, name)}</details>'


def listed(notes: Sequence[Footnote], name: str) -> str:
    """Return footnotes as HTML, below the element that is called `name`."""
    return f'<ol class="footnotes">\n{"".join(note.html(name) for note in notes)}</ol>\n'


def footnotes(body: Body, context: Context) -> list[Footnote]:
    """Return the citations of a record in order, numbered from 1."""
    return [_footnote(number, cited, context) for number, cited in enumerate(body["citations"], 1)]


def _footnote(number: int, cited: Body, context: Context) -> Footnote:
    reference = cited["source"]
    source = context.sources.get(reference["id"], {})
    locator, language = cited["locator"] or "", cited["quote_language"] or ""
    archive = web(source.get("archive_url"))
    return Footnote(
        number=number,
        title=reference["name"],
        english_title=source.get("english_title") or "",
        outlet=source.get("publisher") or source.get("container_title") or reference["name"],
        href=context.address(Noun.SOURCE, reference["id"]),
        url=web(source.get("url")),
        archive_url=archive,
        version_date=version_date(archive, source.get("accessed_on")),
        authors="; ".join(map(author, source.get("authors") or ())),
        publisher=", ".join(filter(None, (source.get("container_title"), source.get("publisher")))),
        issued=days.when(source["issued"]) if source.get("issued") else "",
        relation=cited["relation"],
        locator=f"{cited['locator_label'] or ''} {locator}".strip() if locator else "",
        quote=cited["quote"] or "",
        quote_language=language,
        quote_dir=direction(language),
        judged=_judged(
            source.get("language") or "",
            source.get("outlet"),
            source.get("reliability"),
            cited["credibility"],
        ),
        language=source.get("language") or "",
        ends=bool(cited.get("ends")),
    )


def web(address: str | None) -> str:
    """Return an address that a link may lead to; "" for none, or one of another kind."""
    return address if address and address[:8].lower().startswith(("http://", "https://")) else ""


def version_date(archive_url: str, accessed_on: str | None) -> str:
    """Return the day of an archived copy:
    that in its address or else when the source was read last.
    """
    if not archive_url:
        return ""
    at = ARCHIVED_AT.search(archive_url)
    return f"{at['year']}-{at['month']}-{at['day']}" if at else accessed_on or ""


def direction(language: str) -> str:
    """Return in which direction a language is written, by its BCP 47 tag;
    “auto” if there is none.
    """
    tags = language.casefold().split("-")
    is_rtl = tags[0] in RIGHT_TO_LEFT or RIGHT_TO_LEFT_SCRIPTS.intersection(tags)
    return ("rtl" if is_rtl else "ltr") if language else "auto"


def author(name: Body) -> str:
    """Return a CSL name as a reader would write it."""
    parts = {part: text for part, text in name.items() if isinstance(text, str) and text.strip()}
    return parts.get("literal") or " ".join([parts[part] for part in NAME if part in parts])


@cache
def _judged(
    language: str, outlet: str | None, reliability: str | None, credibility: str | None
) -> str:
    """Return in which language a source is, if it isn't the page's,
    and how it and what it says are judged.
    """
    judgements = (
        [] if language.partition("-")[0] in ("", "en") else [f"in {languages.name_of(language)}"]
    )
    if outlet:
        judgements.append(
            f"{Outlet(outlet).label} outlet"
            if outlet != Outlet.UNKNOWN
            else "kind of outlet unknown"
        )
    if reliability:
        judgements.append(f"source {Reliability(reliability).label}")
    if credibility:
        judgements.append(f"information {Credibility(credibility).label}")
    return "; ".join(judgements)
