"""A line about each record that is no claim: a meeting, an issue, an actor, a source."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from tracker.public.cards.age import ends_of
from tracker.public.cards.context import Body, Context
from tracker.public.cards.footnotes import author, version_date, web
from tracker.public.cards.grammar import (
    Piece,
    Sentence,
    actor,
    agreeing,
    capitalized,
    enumerated,
    issue,
    sentence,
    straight,
    takes_article,
)
from tracker.schema.fields import fields
from tracker.schema.records import SHAPES
from tracker.values import countries, days, languages
from tracker.values.csl import SourceType
from tracker.values.nouns import Noun
from tracker.values.periods import meeting_days
from tracker.values.vocabularies import (
    ActKind,
    ActorKind,
    ActStatus,
    Choice,
    MeetingForm,
    MeetingKind,
    MeetingStatus,
    Outlet,
    ParticipantRole,
    Region,
    Reliability,
    Theme,
    VoteKind,
    VoteOutcome,
)

ROLES = {
    ParticipantRole.HOST: ("Host", "Hosts"),
    ParticipantRole.PARTICIPANT: ("Participant", "Participants"),
    ParticipantRole.OBSERVER: ("Observer", "Observers"),
    ParticipantRole.INVITED: ("Invited", "Invited"),
    ParticipantRole.BOYCOTTED: ("Boycotted by", "Boycotted by"),
    ParticipantRole.SIGNATORY: ("Signatory", "Signatories"),
}

CAST = {"yes": "in favour", "no": "against", "abstain": "abstaining", "absent": "absent"}
VOTED = {
    Choice.YES: "voted yes",
    Choice.NO: "voted no",
    Choice.ABSTAIN: "abstained",
    Choice.ABSENT: "was absent",
    Choice.NOT_PARTICIPATING: "took no part",
}


# Of a kind that its title doesn't tell; what is many has verbs that are so too.
DONE = {
    ActKind.JOINT_STATEMENT: "was issued",
    ActKind.TREATY: "was signed",
    ActKind.AGREEMENT: "was signed",
    ActKind.DEAL: "was made",
    ActKind.AID: "was given",
}
KINDS = {MeetingKind.MINISTERIAL: "a ministerial meeting", MeetingKind.ENVOY_TALKS: "envoy talks"}


def is_overdue(body: Body, context: Context) -> bool:
    """Tell whether a meeting or an act was still to come when its last day had passed,
    on the context's day.
    """
    last = meeting_days(ends_of(body)).until_latest
    is_to_come = body["status"] in (MeetingStatus.PLANNED, MeetingStatus.EXPECTED)
    return is_to_come and last is not None and last < context.on


def status_label(noun: Noun, body: Body) -> str:
    """Return whether a meeting or an act took place, in words."""
    return str(fields(SHAPES[noun])["status"].type(body["status"]).label)


def meeting(body: Body, context: Context) -> Sentence:
    """Say what a meeting is or was, when, where, between whom and about what."""
    kind, called = MeetingKind(body["kind"]).label, body["title"].casefold()
    kind = "" if f" {kind} " in f" {called} " else f", {KINDS.get(body['kind'], f'a {kind}')},"
    series = straight(body["series"])
    return sentence(
        context.address,
        ["“", Piece(body["title"], Noun.MEETING, body["id"]), f"”{kind} "],
        _takes_place(body, context),
        ".",
        _participants(body),
        _discussed(body),
        f" Form: {MeetingForm(body['held_as']).label}." if body["held_as"] else "",
        f" Series: {series}." if series and series.casefold() not in called else "",
        f" Importance: {body['importance']} of 3." if body["importance"] else "",
    )


def act(body: Body, context: Context) -> Sentence:
    """Say what an act is or was, when, where, who took part, on what it bears,
    and which text came of it.
    """
    kind, called = ActKind(body["kind"]), body["title"].casefold()
    sort = (
        ""
        if kind is ActKind.OTHER or f" {kind.label} " in f" {called} "
        else f", {_a(kind.label)},"
    )
    series = straight(body["series"])
    return sentence(
        context.address,
        ["“", Piece(body["title"], Noun.ACT, body["id"]), f"”{sort} "],
        _is_done(body, context),
        ".",
        _participants(body),
        [" It bears on ", *enumerated([issue(about["issue"]) for about in body["issues"]]), "."]
        * bool(body["issues"]),
        [" Text: “", Piece(body["text"]["name"], Noun.SOURCE, body["text"]["id"]), "”."]
        if body["text"]
        else "",
        f" Series: {series}." if series and series.casefold() not in called else "",
        f" Importance: {body['importance']} of 3." if body["importance"] else "",
    )


def _a(word: str) -> str:
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def _there(body: Body) -> str:
    when = days.span(body["since"], body["until"])
    place, state = straight(body["place"]), countries.name_of(body["country"])
    where = (
        f"{place}, {state}"
        if place and state
        else place or f"the {state}" * takes_article(state) or state
    )
    return f"{when} in {where}" if where else when


def _takes_place(body: Body, context: Context) -> str:
    there, are = (
        _there(body),
        ("are", "were") if body["kind"] == MeetingKind.ENVOY_TALKS else ("is", "was"),
    )
    match body["status"]:
        case MeetingStatus.HELD:
            return f"{are[1]} held {there}"
        case MeetingStatus.CANCELLED:
            return f"planned to take place {there}, {are[1]} cancelled"
    return _is_to_come(body, context, there, are)


def _is_done(body: Body, context: Context) -> str:
    there, done = _there(body), DONE.get(body["kind"], "took place")
    match body["status"]:
        case ActStatus.DONE:
            return f"{done} {there}"
        case ActStatus.IN_FORCE:
            return f"{done} {there} and is in force"
        case ActStatus.ENDED:
            return f"{done} {there} and has ended since"
        case ActStatus.CANCELLED:
            return f"planned {there}, was cancelled"
    return _is_to_come(body, context, there, ("is", "was"))


def _is_to_come(body: Body, context: Context, there: str, are: tuple[str, str]) -> str:
    late = is_overdue(body, context)
    expected = f"{are[late]} {body['status']} to take place {there}"
    return f"{expected}; whether it did is not coded" if late else expected


def _participants(body: Body) -> Iterator[str | Piece]:
    for role, (singular, plural) in ROLES.items():
        if those := [each for each in body["participants"] if each["role"] == role]:
            yield f" {singular if len(those) == 1 else plural}: "
            yield from enumerated([list(_participant(each)) for each in those])
            yield "."


def _participant(body: Body) -> Iterator[str | Piece]:
    yield from actor(body["actor"])
    if by := body["represented_by"]:
        yield from (" (", *actor(by), ")")


def _discussed(body: Body) -> Iterator[str | Piece]:
    if body["issues"]:
        yield " Discussed: " if body["status"] == MeetingStatus.HELD else " To be discussed: "
        yield from enumerated([issue(discussed["issue"]) for discussed in body["issues"]])
        yield "."


def vote(body: Body, context: Context) -> Sentence:
    """Say what was voted on, by whom and when, what came of it, how many cast what,
    and how the voters voted.
    """
    words = [f"“{body['title']}”"] if body["title"] else []
    words += [f"({body['symbol']})" if words else body["symbol"]] if body["symbol"] else []
    kind = VoteKind(body["kind"]).label
    outcome = VoteOutcome(body["outcome"])
    counts = [(body[f"tally_{term}"], how) for term, how in CAST.items()]
    tally = ", ".join(f"{count} {how}" for count, how in counts if count is not None)
    return sentence(
        context.address,
        Piece(" ".join(words) or f"{kind.capitalize()} {body['id']}", Noun.VOTE, body["id"]),
        f", {'an' if kind[0] in 'aeo' else 'a'} {kind}, ",
        "was voted on" if outcome is VoteOutcome.NOT_KNOWN else f"was {outcome.label}",
        " without a vote" * bool(body["without_vote"]),
        [" in ", *actor(body["body"])],
        f" {days.at(body['held'])}" if body["held"] else "",
        f": {tally}." if tally else ".",
        () if body["without_vote"] else _voted(body, context),
        [" The vote bears on ", *issue(body["issue"]), "."] if body["issue"] else "",
    )


def _voted(body: Body, context: Context) -> Iterator[str | Piece]:
    """Yield how the context's voters voted, those together that did alike,
    each with what it said of that later.
    """
    alike = defaultdict[tuple[str, str], list[Body]](list)
    for voter in context.voters():
        alike[ballot_of(body, voter)].append(voter)
    for place, ((choice, note), voters) in enumerate(alike.items()):
        clause = _clause(choice, voters)
        yield "; " if place else " "
        yield from clause if place else capitalized(clause)
        yield f" ({note})" if note else ""
    yield "." if alike else ""


def ballot_of(body: Body, voter: Body) -> tuple[str, str]:
    """Return what a voter cast in a vote, "" if no ballot of it is known,
    and what it said of that later.
    """
    ballots, slugs = body["ballots"], {voter["slug"], *voter.get("slugs", ())}
    cast = ((choice, key) for choice in Choice for key in slugs.intersection(ballots[choice]))
    choice, key = next(cast, ("", ""))
    return choice, straight(ballots["notes"].get(key)).rstrip(" .")


def _clause(choice: str, voters: Sequence[Body]) -> list[str | Piece]:
    names = [actor(voter) for voter in voters]
    if not choice:
        return ["no ballot of ", *enumerated(names, "or"), " is known"]
    return [
        *enumerated(names),
        f" {agreeing(voters[0], (VOTED[Choice(choice)],), 0, several=len(voters) > 1)}",
    ]


def an_issue(body: Body, context: Context) -> Sentence:
    """Say what an issue is: title, question, where it lies, what it is about and part of,
    and how it was settled.
    """
    themes, region = [Theme(theme).label for theme in body["themes"]], body["region"]
    about = [*themes, Region(region).label] if region else themes
    return sentence(
        context.address,
        Piece(body["title"], Noun.ISSUE, body["slug"]),
        f": {body['question']}" if body["question"] else "",
        f" ({', '.join(about)})" if about else "",
        [", part of ", *issue(body["parent"])] if body["parent"] else "",
        f". Settled {days.at(settled)}: {straight(body['settlement'])}"
        if (settled := body.get("settled"))
        else "",
    )


def an_actor(body: Body, context: Context) -> Sentence:
    """Say who an actor is: its name, its short one, and what sort of actor it is."""
    called = Piece(body["name"], Noun.ACTOR, body["slug"])
    short = f" ({body['short_name']})" if body["short_name"] else ""
    return sentence(context.address, called, f"{short}, {ActorKind(body['kind']).label}")


def facts(body: Body) -> dict[str, Any]:
    """Return what is known of a source beside its body:
    who wrote it, in which language, where it is, who speaks.
    """
    archive = web(body["archive_url"])
    return {
        "authors": [*map(author, body["authors"])],
        "language": languages.name_of(body["language"] or ""),
        "url": web(body["url"]),
        "archive": archive,
        "version_date": version_date(archive, body["accessed_on"]),
        "outlet": Outlet(body["outlet"]),
        "reliability": Reliability(body["reliability"]) if body["reliability"] else None,
    }


def a_source(body: Body, context: Context) -> Sentence:
    """Say what a source is, as a reader would cite it."""
    authors = straight(", ".join(map(author, body["authors"])))
    english = body.get("english_title")  # sources that were published before lack it
    within = [
        body["container_title"],
        body["publisher"],
        days.when(body["issued"]) if body["issued"] else "no date",
    ]
    return sentence(
        context.address,
        f"{authors}: " if authors else "",
        ["“", Piece(body["title"], Noun.SOURCE, body["id"]), "”"],
        f" (“{straight(english)}”). " if english else ". ",
        f"{straight(', '.join(filter(None, within)))} ({SourceType(body['type']).label}).",
    )
