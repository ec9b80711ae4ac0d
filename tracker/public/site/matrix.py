"""The matrix: issues by actors, each cell the positions held on a day;
and the first page, which begins with it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import Any

from django.conf import settings

from tracker.public.cards.age import is_unresolved
from tracker.public.cards.cards import Brief, brief
from tracker.public.cards.context import Body
from tracker.public.cards.covered import covered
from tracker.public.cards.evidence import of_many
from tracker.public.cards.findings import names_of
from tracker.public.cards.legend import legend_html
from tracker.public.cards.matrix import ROWS, Actor, PairMatrix
from tracker.public.cards.news import Events, events, first_screen
from tracker.public.cards.record_sentences import is_overdue
from tracker.public.formats.csv import Table
from tracker.public.formats.releases.citation import dataset
from tracker.public.http.clients import origin
from tracker.public.read.agreement import shares_by_body
from tracker.public.read.coverage import coverage, facts
from tracker.public.read.editions import AsOf
from tracker.public.read.lists import Question
from tracker.public.read.occurrences import together
from tracker.public.site.dates import Dates, PageQuery
from tracker.public.site.page import CLAIMS_SHOWN, Content, Drawing, Page
from tracker.public.site.reading import (
    Chosen,
    Records,
    actors_in_focus,
    context,
    distinct,
    known_actor,
    question,
    recent_changes,
    run,
    table_of,
    told,
    tree,
)
from tracker.public.site.typed_names import NamedKey, find_named, key_typed
from tracker.schema.filters import Day, Flag, Keys, Terms
from tracker.schema.records import CLAIMS as NOUNS
from tracker.schema.records import FILTERS, OCCURRENCES, USUAL
from tracker.values.nearness import OF_NAMES, nearest
from tracker.values.nouns import Noun
from tracker.values.vocabularies import Outlet, Region, Theme

ADD = Keys("actor", "", noun=Noun.ACTOR)
ADDED = 4  # actors beside those in focus
CLAIMS = 5_000  # that are looked through
NO_CLAIMS = Records(Noun.STANCE, ())  # of no actors
OVERDUE = 5
VOTING = "How alike the two vote, by year and body"
THEMES, REGIONS, OUTLETS = (
    [(term.value, str(term.label)) for term in vocabulary] for vocabulary in (Theme, Region, Outlet)
)
# of relations they are the same
EVIDENCE = [by for by in FILTERS[Noun.STANCE] if by.name in ("max_sources", "outlet")]


def matrix_questions(
    dates: Dates, actors: Sequence[Actor], chosen: Chosen | None = None
) -> dict[str, Question]:
    """Return what a matrix of the claims that are `chosen` asks,
    by the names that `matrix_of` has for it; at once.

    Its claims are looked for by actor alone:
    of few actors that takes an index each, of many issues all claims.
    """
    keys = [body["slug"] for _, body in actors]
    names = {Noun.STANCE: "of_actors", Noun.ALIGNMENT: "of_pair"}
    lists = of_matrix(keys, {**told(dates), **(chosen or {})})
    return {names[noun]: question(noun, dates, of_noun, CLAIMS) for noun, of_noun in lists}


def matrix_of(
    dates: Dates,
    values: Mapping[str, Any],
    actors: Sequence[Actor],
    of_actors: Records,
    of_pair: Records,
    most: int = ROWS,
) -> PairMatrix:
    """Return the matrix of what is chosen; two statements at most, however many issues there are.

    It is made of `CLAIMS` of each noun at most, and says so where there are more.
    """
    most_read = CLAIMS if of_actors.has_more or of_pair.has_more else 0
    covered = coverage(tuple(number for number, _ in actors), dates.edition, dates.stamp)
    return PairMatrix(
        tree(dates), context(dates), actors, of_actors, of_pair, covered, values, most, most_read
    )


def of_matrix(keys: Sequence[str], chosen: Chosen) -> list[tuple[Noun, Chosen]]:
    """Return which claims a matrix of actors is made of, by noun:
    their stances, and how the first two relate.
    """
    lists: list[tuple[Noun, Chosen]] = []
    if keys:
        lists.append((Noun.STANCE, {**chosen, "actor": [*keys]}))
    if len(keys) > 1:
        two = [*keys[:2]]
        lists.append((Noun.ALIGNMENT, {**chosen, "actor": two, "counterpart": two}))
    return lists


def check_chosen(query: PageQuery, dates: Dates, actors: Sequence[Actor]) -> None:
    """Raise BadRequestError with all that is wrong with the keys that were chosen by an address."""
    keys, issues = [body["slug"] for _, body in actors], tree(dates).issues
    for key in query.values.get("under", ()):
        if key not in issues:
            says = f"there is no issue “{key}” in edition {dates.edition}"
            query.fault("under", "unknown", says, nearest(key, issues, OF_NAMES))
    added = keys[len(actors_in_focus(dates)) :]
    if len(added) > ADDED:
        query.fault(
            "actor", "too_many", f"at most {ADDED} actors can be added", ",".join(added[:ADDED])
        )
    query.check()


def actors_of(dates: Dates, added: Iterable[str] = ()) -> list[Actor]:
    """Return the actors in focus and those that are added, each with its number, if it has one."""
    others = [known_actor(key, dates.edition, dates.stamp) for key in added]
    return distinct([*actors_in_focus(dates), *others])


def added_actors(query: PageQuery, dates: Dates) -> list[NamedKey]:
    """Return the actors that are typed; note at the query those that are none, or several."""
    typed = query.values.get(ADD.name, ())
    keys = [key_typed(text) for text in typed]
    records = [known_actor(key, dates.edition, dates.stamp)[0] for key in keys]
    if all(record or key in settings.FOCUS for key, record in zip(keys, records, strict=True)):
        return [NamedKey(*both) for both in zip(keys, typed, strict=True)]
    return find_named(query, ADD, records, dates)


class FirstPage(Page):
    """What this is, the matrix, what changed lately, what is overdue, how much there is,
    how to cite it.
    """

    template_name = "site/first.html"
    description = (
        "Which position each actor takes on each issue, and how two of them work together on "
        "it: for any day, by the source that says so."
    )
    parameters = (
        Keys("under", "", noun=Noun.ISSUE),
        ADD,
        Terms("theme", "", vocabulary=Theme),
        Terms("region", "", vocabulary=Region),
        Flag("differ", ""),
        Day("confirmed", ""),
        *EVIDENCE,
    )
    api = {
        "json": "/api/v1/stances/?{stances}&standing=any&on={on}&with_settled=true",
        "csv": "/api/v1/stances.csv?{stances}&standing=any&on={on}&with_settled=true",
        "atom": "/api/v1/changes.atom",
    }

    def look_up(self, **path: Any) -> None:
        added = added_actors(self.query, self.dates)
        self.names = {ADD.name: [actor.name for actor in added]}
        actors = actors_of(self.dates, [actor.key for actor in added])
        check_chosen(self.query, self.dates, actors)
        chosen = {by.name: self.values[by.name] for by in EVIDENCE if by.name in self.values}
        asked = matrix_questions(self.dates, actors, chosen)
        claims = dict(zip(asked, run(*asked.values()), strict=True))
        of_actors, of_pair = claims.get("of_actors", NO_CLAIMS), claims.get("of_pair", NO_CLAIMS)
        self.matrix = matrix_of(self.dates, self.values, actors, of_actors, of_pair)
        self.issues = tree(self.dates).issues
        self.named = self.matrix.queries if "stances" in self.matrix.queries else None
        self.under = self.issues[self.values["under"][0]] if self.values.get("under") else None
        self.title = f"{self.under.title}: the matrix" if self.under else settings.TITLE

    def drawing(self) -> Drawing:
        says = self.matrix.finding if self.suffix else self.matrix.today
        return Drawing(says, self.matrix.sources, self.matrix.draw if self.matrix.actors else None)

    def content(self) -> Content:
        dates, issues = self.dates, self.issues
        late, all_late = overdue(dates, OVERDUE)
        edition = facts(dates.edition)
        return {
            "matrix": self.matrix,
            "values": {**self.values, **self.names},
            "names": names_of(self.matrix.actors),
            "two": names_of(self.matrix.two),
            "pair": self._pair,
            "is_filtered": self.matrix.is_narrowed,
            **({} if self.matrix.is_narrowed else self._first_screen()),
            "tops": [
                (top.slug, top.title)
                for top in issues.values()
                if top.depth == 0 or top == self.under
            ],
            "themes": THEMES,
            "regions": REGIONS,
            "outlets": OUTLETS,
            "legend": legend_html(),
            **recent_changes(dates, {}),
            "overdue": late,
            "all_overdue": all_late,
            "counts": edition.records,
            "sourceless": edition.sourceless,
            "evidence": of_many(edition.independent),
            "with_address": edition.with_address,
            "covers": covered(edition.covers),
            "jsonld": dataset(
                settings.TITLE,
                "Positions of states and other actors on issues, and how two of them work "
                "together, with sources, periods and everything that was ever published of "
                "them.",
                settings.DATA_LICENSE,
                isAccessibleForFree=True,
            ),
        }

    def _first_screen(self) -> Content:
        """Return what leads the whole matrix:
        how alike the first two vote, beside what they did, and what is newest.

        Of one actor it is what is newest alone, and of none nothing.
        """
        dates, matrix = self.dates, self.matrix
        numbers, keys = tuple(matrix.ids[:2]), tuple(matrix.keys[:2])
        if not keys:
            return {}
        plate = dates.plate(VOTING, "", 0, f"{origin(self.request)}/{dates.frozen}")
        shares = dict(shares_by_body(numbers, dates.edition, dates.stamp)) if matrix.two else {}
        happened = known_events(numbers, keys, dates.edition, dates.stamp)
        return first_screen(happened, shares, plate, matrix.context.address)

    @property
    def _pair(self) -> list[Body]:
        """Return the first two actors, if they have a page together."""
        return self.matrix.two if None not in self.matrix.ids[:2] else []


@lru_cache(maxsize=8)
def known_events(
    numbers: tuple[int | None, ...], keys: tuple[str, ...], edition: int, stamp: int | None
) -> Events:
    """Return all that actors did together and what began to be so of them;
    three statements at most, and kept.
    """
    of_edition = partial(Question, as_of=AsOf(edition), after=None, size=CLAIMS, counts=False)
    asked = [
        of_edition(noun, chosen, order=USUAL[noun])
        for noun, chosen in of_matrix(keys, {"standing": ["any"]})
    ]
    return events(
        together(numbers, edition, stamp), [claim for claims in run(*asked) for claim in claims]
    )


def overdue(dates: Dates, shown: int) -> tuple[list[Brief], str]:
    """Return planned meetings and acts, and forecasts, whose day has passed on the day asked for;
    four statements.

    `shown` at most, and how many there are:
    "100 or more" if not all are read, of each kind the latest.
    """
    about, planned = context(dates), {"status": ["planned", "expected"], "to": _day_before(dates)}
    kinds = (*((noun, planned) for noun in OCCURRENCES), *_forecasts(dates))
    lists = run(
        *(question(noun, dates, chosen, min(4 * shown, CLAIMS_SHOWN)) for noun, chosen in kinds)
    )
    late = [
        (planned.noun, body)
        for planned in lists
        for body in planned
        if (is_overdue if planned.noun in OCCURRENCES else is_unresolved)(body, about)
    ]
    is_all = not any(planned.has_more for planned in lists)
    return [
        brief(noun, body, about) for noun, body in late[:shown]
    ], f"{len(late)}{'' if is_all else ' or more'}"


def overdue_table(dates: Dates) -> Table:
    """Return the forecasts that are overdue on the day asked for, of positions and of relations."""
    return table_of(dates, _forecasts(dates), partial(is_unresolved, context=context(dates)))


def _forecasts(dates: Dates) -> list[tuple[Noun, Chosen]]:
    """Return what chooses the forecasts that may be overdue, by noun."""
    return [(noun, {"basis": ["forecast"], "to": _day_before(dates)}) for noun in NOUNS]


def _day_before(dates: Dates) -> date:
    return dates.on - min(timedelta(days=1), dates.on - date.min)
