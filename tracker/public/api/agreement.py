"""How much actors agree, over the recorded votes that a frame covers."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import cache
from itertools import combinations, zip_longest
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from msgspec import Struct
from rest_framework.request import Request

from tracker.public.api.http.caching import tag
from tracker.public.api.http.renderers import JSON, FormatRenderer, Xlsx
from tracker.public.api.http.responses import as_json, of_edition, tagged_response
from tracker.public.api.queries import PublicQuery
from tracker.public.api.views import PublicView
from tracker.public.formats.csv import Column, Table, write_rows
from tracker.public.http.caching import RESPONSES
from tracker.public.http.costly import run, turn
from tracker.public.http.parameters import RECORDED, format_of
from tracker.public.read import agreement as read
from tracker.public.read.editions import answering
from tracker.schema import agreement as asked
from tracker.schema.agreement import (
    MOST_INTERVALS,
    Agreement,
    Agreements,
    BodyFrame,
    Cast,
    Interval,
    Intervals,
    LeftOut,
)
from tracker.schema.examples import Example
from tracker.schema.parts import Reference, address
from tracker.values.agreement import MEASURES, Undefined, intervals_of_each
from tracker.values.nouns import Noun

NO_FRAME = "no_frame"
FEW_INTERVALS = 10  # rows that have them at once; of more they are drawn by another process
WITHOUT = (
    "of “{body}” it isn't known whether all votes{kinds} are here (no frame says so), so how "
    "much two agree would mean nothing; read them as a list: {list}"
)


class AgreementCsv(FormatRenderer):
    """A table: a row for each pair and bucket."""

    format, media_type, has_parts = "csv", "text/csv", True
    example = "One pair as a table."


class AgreementXlsx(Xlsx):
    """The same table as a workbook."""

    example = "One pair as a workbook."


class AgreementList(PublicView):
    """Tell how much actors agree in votes."""

    route = "agreement/"
    response_struct = Agreements
    renderer_classes = (*JSON, AgreementCsv, AgreementXlsx)
    examples = {
        "pair": Example(
            "How much do China and Russia agree, year by year?",
            "actors=CHN,RUS&by=year",
            cut="results",
        )
    }
    parameters = (
        asked.ACTORS,
        asked.ACTOR,
        asked.BODY,
        *asked.OF_VOTES,
        asked.KIND,
        asked.BY,
        asked.UNANIMOUS,
        asked.INTERVAL,
        asked.MIN_COMPARED,
        *RECORDED,
        format_of(form.format for form in renderer_classes),
    )

    def get(self, request: Request) -> HttpResponse:
        """Answer a row for each pair and bucket:
        how many votes there are, how many are compared, and six measures.

        Over votes that a frame covers, by which all are here, and no others. A measure without a
        value is null, and `undefined` says why. Without actors: over which votes it can be counted.
        """
        query = self.query(request)
        answer = answering(query.as_of)
        edition = answer.latest if answer.number is None else min(answer.number, answer.latest)
        given: dict[str, Any] = {
            name: query.records(name, edition, survivors=True)
            for name in ("actors", "actor", "body", "issue", "under")
        }
        several, alone = given.pop("actors"), given.pop("actor")
        named = [*several, *alone]
        known = _known(query, several, alone, edition)
        framed = _framed(query, given.pop("body"), edition)
        query.check_answered(answer)
        on, form = of_edition(answer.number, answer.stamp), request.accepted_renderer
        media_type = form.content_type if isinstance(form, FormatRenderer) else "application/json"
        key = tag(request, self, on)
        if kept := RESPONSES.get(key):
            return tagged_response(kept.content, on=on, edition=edition, media_type=media_type)

        given |= {
            name: query.values[name] for name in ("theme", "from", "to") if name in query.values
        }
        votes = read.Votes(framed, {by: given[by] for by in given if given[by]}, edition)
        if "actor" in query.values:
            known |= read.actors(read.voters(votes), edition=edition)
        of = list(dict.fromkeys([*named, *known]))
        pairs = (
            [(0, n) for n in range(1, len(of))]
            if "actor" in query.values
            else [*combinations(range(len(of)), 2)]
        )
        by, drop = query.values.get("by", "none"), query.values.get("unanimous") != "keep"
        ballots = read.ballots(
            votes, of, by=by, drop=drop, days=query.values.get("interval", False)
        )
        least = query.values.get("min_compared", 0)
        counts = [counted for counted in ballots.pairs(pairs) if counted.sums.n >= least]
        _check_few(query, len(counts))
        evidence = Evidence(query, framed, edition)
        takes_long = query.values.get("interval") and len(counts) > FEW_INTERVALS
        with turn(request) if takes_long else nullcontext():
            drawn = (
                [ballots.drawn_of(counted) for counted in counts]
                if query.values.get("interval")
                else []
            )
            of_each = run(intervals_of_each, drawn) if takes_long else intervals_of_each(drawn)
        rows = (
            _row(
                counted, known[of[counted.first]], known[of[counted.second]], evidence, of_measures
            )
            for counted, of_measures in zip_longest(counts, of_each)
        )
        if isinstance(form, FormatRenderer):
            table = _table(rows, {actor.slug: actor.iso3 for actor in known.values()})
            if isinstance(form, Xlsx):
                body = form.made(request, query, "agreement", table)
            else:
                body = b"".join(write_rows(*table))
        else:
            body = as_json(Agreements(edition, [*map(_frame, framed)], list(rows)))
        return RESPONSES.keep(
            key, tagged_response(body, on=on, edition=edition, media_type=media_type)
        )


def _known(
    query: PublicQuery, several: Sequence[int], alone: Sequence[int], edition: int
) -> dict[int, read.AgreementActor]:
    """Return the actors that are asked for; note what is wrong with them."""
    if {"actors", "actor"} <= query.values.keys():
        query.fault(
            "actors", "conflict", "give “actors”, two to 20 of them, or “actor”, one; not both"
        )
    if len(query.values.get("actor", ())) > 1:
        query.fault("actor", "invalid", "it names several actors; name one, or all in “actors”")
    if len(set(several)) < len(several):
        query.fault("actors", "invalid", "two of the keys are of one actor; name each once")
    known = read.actors([*several, *alone], edition=edition)
    for name, records in (("actors", several), ("actor", alone)):
        for record in records:
            if record not in known:
                query.fault(name, "unknown", f"actor {record} is not public in edition {edition}")
    return known


def _framed(query: PublicQuery, wanted: Sequence[int], edition: int) -> list[read.FramedVotes]:
    """Return the frames that count; note where there is none."""
    kinds, framed = query.values.get("kind", []), []
    for body in (
        read.bodies(wanted, edition=edition) if wanted or "body" not in query.values else ()
    ):
        there = {kind for frame in body.frames for kind in frame["kinds"]}
        named = there if asked.ANY_KIND in kinds else set(kinds)
        framed += (frames := read.framed(body, named))
        if missing := sorted(named - there):
            _fault_frame(
                query,
                "kind",
                body,
                f" of kind {' and '.join(missing)}",
                f"&kind={','.join(missing)}",
            )
        elif not frames:
            _fault_frame(query, "body", body, "", "")
    return framed


def _fault_frame(
    query: PublicQuery, parameter: str, body: read.AgreementActor, kinds: str, narrows: str
) -> None:
    where = f"{address(Noun.VOTE, '')[:-2]}/?body={body.slug}{narrows}"
    query.fault(parameter, NO_FRAME, WITHOUT.format(body=body.slug, kinds=kinds, list=where))


def _check_few(query: PublicQuery, rows: int) -> None:
    if query.values.get("interval") and rows > MOST_INTERVALS:
        says = (
            f"there would be {rows:,} rows, and at most {MOST_INTERVALS} have any; ask for "
            f"fewer, or leave it out"
        )
        query.fault("interval", "too_many", says)
    query.check()


class Evidence:
    """Addresses of the lists of votes in which two actors differ."""

    def __init__(
        self, query: PublicQuery, framed: Sequence[read.FramedVotes], edition: int
    ) -> None:
        self.by = query.values.get("by", "none")
        kinds = dict.fromkeys(kind for covered in framed for kind in covered.kinds)
        bodies = dict.fromkeys(covered.body.slug for covered in framed)
        parameters: dict[str, Any] = {
            "in_frame": "true",
            "body": [*bodies],
            "kind": [*kinds],
            "edition": edition,
        }
        for by in asked.OF_VOTES:
            if by.name in query.values and by.name != self.by:
                parameters[by.name] = query.values[by.name]
        if query.values.get("unanimous") != "keep":
            parameters["unanimous"] = "false"
        self.list = f"/api/v1/{Noun.VOTE.plural}/?{_written(parameters)}"

    def of(self, first: read.AgreementActor, second: read.AgreementActor, bucket: int | str) -> str:
        """Return the address for a pair and a bucket."""
        own = {"differs": [first.slug, second.slug]} | (
            {} if self.by == "none" else {self.by: bucket}
        )
        return f"{self.list}&{_written(own)}"


def _written(parameters: Mapping[str, Any]) -> str:
    """Return parameters as an address has them."""
    joined = {
        name: ",".join(value) if isinstance(value, list) else value
        for name, value in parameters.items()
    }
    return urlencode(joined, safe=",")


def _row(
    counted: read.PairCounts,
    first: read.AgreementActor,
    second: read.AgreementActor,
    evidence: Evidence,
    of_measures: Mapping[str, tuple[tuple[float, float] | Undefined, int]] | None,
) -> Agreement:
    sums = counted.sums
    values = {name: measure(sums) for name, measure in MEASURES.items()}
    return Agreement(
        first=_reference(first),
        second=_reference(second),
        bucket=None if evidence.by == "none" else str(counted.bucket),
        frame=counted.frame,
        compared=sums.n,
        too_few=sums.n < asked.FEW,
        left_out=LeftOut(unanimous=counted.unanimous, **counted.left_out),
        first_cast=Cast(**counted.first_cast),
        second_cast=Cast(**counted.second_cast),
        undefined={
            name: value.value for name, value in values.items() if isinstance(value, Undefined)
        },
        intervals=_intervals(of_measures) if of_measures else None,
        evidence=evidence.of(first, second, counted.bucket),
        **{name: None if isinstance(value, Undefined) else value for name, value in values.items()},
    )


def _intervals(of_measures: Mapping[str, tuple[tuple[float, float] | Undefined, int]]) -> Intervals:
    return Intervals(**{name: _interval(*interval) for name, interval in of_measures.items()})


def _interval(ends: tuple[float, float] | Undefined, undefined_draws: int) -> Interval:
    if isinstance(ends, Undefined):
        return Interval(None, None, ends.value, undefined_draws)
    return Interval(*ends, None, undefined_draws)


def _reference(actor: read.AgreementActor) -> Reference:
    return Reference(address(Noun.ACTOR, actor.slug), actor.slug, actor.name)


def _frame(framed: read.FramedVotes) -> BodyFrame:
    return BodyFrame(body=_reference(framed.body), **framed.frame)


@cache
def _columns() -> list[Column]:
    ends = [f"{name}_{end}" for name in MEASURES for end in Interval.__struct_fields__]
    return [
        *(
            Column(f"{actor}{tail}", is_text=tail == "_name")
            for actor in ("first", "second")
            for tail in ("", "_name", "_iso3")
        ),
        *(Column(name) for name in ("bucket", "frame", "compared", "too_few")),
        *(Column(f"left_out_{name}") for name in LeftOut.__struct_fields__),
        *(
            Column(f"{actor}_{name}")
            for actor in ("first", "second")
            for name in Cast.__struct_fields__
        ),
        *(Column(name) for name in (*MEASURES, "undefined", *ends, "evidence")),
    ]


def _table(rows: Iterator[Agreement], codes: Mapping[str, str | None]) -> Table:
    return Table(_columns(), (_cells(row, codes) for row in rows))


def _cells(row: Agreement, codes: Mapping[str, str | None]) -> list[Any]:
    intervals = (
        [getattr(row.intervals, name) for name in MEASURES]
        if row.intervals
        else [None] * len(MEASURES)
    )
    return [
        *(
            value
            for actor in (row.first, row.second)
            for value in (actor.slug, actor.name, codes[actor.slug])
        ),
        *(row.bucket, row.frame, row.compared, row.too_few),
        *_values(row.left_out, LeftOut),
        *_values(row.first_cast, Cast),
        *_values(row.second_cast, Cast),
        *(getattr(row, name) for name in MEASURES),
        row.undefined,
        *(value for interval in intervals for value in _values(interval, Interval)),
        row.evidence,
    ]


def _values(struct: Any, shape: type[Struct]) -> list[Any]:
    return [getattr(struct, name, None) for name in shape.__struct_fields__]
