"""Search as a new reader uses it:
it leads to what is named, tells kinds apart, and seldom ends at nothing.
"""

import re
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ActFactory,
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    SourceFactory,
    StanceFactory,
    VoteFactory,
)
from tests.plugins.caches import forget
from tests.public.api.publishing import publish_whole
from tests.public.site.conftest import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def known() -> dict[str, Any]:
    """Two powers, their people and two organizations; what is known of them around Korea."""
    china, russia = (
        ActorFactory(slug="china", name="China"),
        ActorFactory(slug="russia", name="Russia"),
    )
    korea = ActorFactory(
        slug="north-korea", name="North Korea", names={"ru": "Северная Корея", "zh": "朝鲜"}
    )
    xi = ActorFactory(slug="xi-jinping", name="Xi Jinping", short_name="Xi", kind="person")
    putin = ActorFactory(
        slug="vladimir-putin", name="Vladimir Putin", kind="person", names={"ru": "Владимир Путин"}
    )
    sco = ActorFactory(
        slug="sco", name="Shanghai Cooperation Organization", short_name="SCO", kind="organization"
    )
    league = ActorFactory(slug="league", name="League of Nations", kind="organization")
    member = ActorFactory(slug="belarus", name="Belarus", memberships=[{"organization": sco}])
    issue = IssueFactory(slug="korea", title="North Korea", question="Should it disarm?")
    of_people = [{"actor": china, "represented_by": xi}, {"actor": russia, "represented_by": putin}]
    held = {"participants": of_people, "issues": []}
    known = {
        "china": china,
        "russia": russia,
        "korea": korea,
        "xi": xi,
        "putin": putin,
        "sco": sco,
        "league": league,
        "member": member,
        "issue": issue,
        "stance": StanceFactory(
            actor=china, issue=issue, summary="Beijing wants talks on disarmament."
        ),
        "bare": StanceFactory(actor=russia, issue=issue, summary="", position="opposes"),
        "alignment": AlignmentFactory(
            actor=china, counterpart=russia, issue=issue, summary="They spoke of talks."
        ),
        "older": MeetingFactory(title="Talks in Moscow", since="2018-06-05", **held),
        "newer": MeetingFactory(title="Talks in Beijing", since="2019-04-26", **held),
        "planned": MeetingFactory(
            title="Talks to come", since="2019-05-01", status="planned", **held
        ),
        "act": ActFactory(
            title="An air patrol", kind="patrol", since="2019-07-23", series="Joint air patrol"
        ),
        "vote": VoteFactory(
            title="Talks on disarmament", symbol="S/2019/186", summary="China alone was against."
        ),
        "source": SourceFactory(title="Talks on disarmament, a report"),
    }
    publish_whole(*known.values())
    return known


def page(visitor: Visitor, query: str, more: str = "") -> str:
    return (
        visitor.read(f"/search/?q={quote(query)}{more}")
        .partition("<main")[2]
        .partition('class="cite"')[0]
    )


def pages(visitor: Visitor, query: str) -> list[str]:
    """Return where the pages are that a search leads to, in order."""
    about = page(visitor, query).partition('<h2 id="pages">')[2].partition("</ul>")[0]
    return [address.replace("&amp;", "&") for address in re.findall(r'href="([^"]+)"', about)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("SCO members", ["/actors/sco/#members", "/actors/sco/"]),
        (
            "who is in the Shanghai Cooperation Organization?",
            ["/actors/sco/#members", "/actors/sco/"],
        ),
        ("League of Nations members", ["/actors/league/"]),
        (
            "China Russia North Korea",
            [
                "/pairs/china/russia/",
                "/actors/china/",
                "/actors/russia/",
                "/issues/korea/",
                "/actors/north-korea/",
            ],
        ),
        (
            "Xi and Putin",
            ["/pairs/vladimir-putin/xi-jinping/", "/actors/xi-jinping/", "/actors/vladimir-putin/"],
        ),
        ("Valdimir Puttin", ["/actors/vladimir-putin/"]),
        ("Путина", ["/actors/vladimir-putin/"]),
        ("朝鲜", ["/actors/north-korea/"]),
        ("Chinese wishes", ["/actors/china/"]),
        (
            "is Belarus in the SCO",
            [
                "/pairs/belarus/sco/",
                "/actors/belarus/",
                "/actors/sco/",
                "/actors/sco/#members",
            ],
        ),
        ("vetoes by Belarus", ["/actors/belarus/", "/votes/?outcome=vetoed"]),
        ("how many vetoes did they cast together", ["/votes/?outcome=vetoed"]),
        ("vetoes 2019", ["/votes/?outcome=vetoed&year=2019"]),
        ("how did they vote in 2019", ["/votes/?year=2019"]),
        ("on what do they disagree", ["/?differ=true", "/votes/?differs=china,russia"]),
        (
            "votes in which they differed in 2019",
            ["/votes/?differs=china,russia&year=2019", "/votes/?year=2019"],
        ),
        (
            "Belarus and China voted differently",
            [
                "/pairs/belarus/china/",
                "/actors/belarus/",
                "/actors/china/",
                "/votes/?differs=belarus,china",
                "/votes/",
            ],
        ),
        (
            "Xi Putin phone calls 2018",
            [
                "/pairs/vladimir-putin/xi-jinping/",
                "/actors/xi-jinping/",
                "/actors/vladimir-putin/",
                "/meetings/?kind=call&from=2018-01-01&to=2018-12-31&all_participants=xi-jinping,vladimir-putin",
            ],
        ),
        ("Moscow", ["/actors/russia/"]),
        ("Pyongyang", ["/actors/north-korea/", "/issues/korea/"]),
        (
            "air patrols 2019",
            [
                "/acts/?series=Joint+air+patrol&from=2019-01-01&to=2019-12-31",
                "/acts/?kind=patrol&from=2019-01-01&to=2019-12-31",
            ],
        ),
        ("air patrols 2018", []),
        ("did the forecasts come true", ["/forecasts/"]),
        ("is this up to date?", ["/#covers"]),
        ("-China Russia", ["/actors/russia/"]),
    ],
)
def test_what_is_named_is_led_to(
    visitor: Visitor, known: dict[str, Any], query: str, first: list[str]
) -> None:
    """Members only where there are any;
    acts only of kinds, series and years of which there is one.
    """
    found = pages(visitor, query)
    assert sorted(found) == sorted(first)
    assert found[:1] == first[:1]


def test_an_issue_and_an_actor_of_one_name_are_told_apart(
    visitor: Visitor, known: dict[str, Any]
) -> None:
    about = page(visitor, "North Korea").partition('<h2 id="pages">')[2].partition("</ul>")[0]
    assert re.findall("North Korea[^<]*", about) == ["North Korea (actor)", "North Korea (issue)"]


def test_pages_keep_the_dates_that_were_chosen(visitor: Visitor, known: dict[str, Any]) -> None:
    about = page(visitor, "SCO members", "&on=2019-06-05&edition=1")
    assert 'href="/actors/sco/?on=2019-06-05&amp;edition=1#members"' in about
    assert '/votes/?edition=1&amp;outcome=vetoed"' in page(visitor, "vetoes", "&edition=1")


def test_of_two_people_their_last_meetings_are_told(
    visitor: Visitor, known: dict[str, Any]
) -> None:
    """Held ones, up to the day, and of the year that is named; whatever else is asked."""
    for query in ("when did Xi and Putin last meet?", "Xi Putin North Korea"):
        met = page(visitor, query).partition("Meetings to which both came")[2].partition("</ol>")[0]
        assert re.findall(r'href="/meetings/(\d+)/', met) == [
            str(known["newer"].pk),
            str(known["older"].pk),
        ]
    met = (
        page(visitor, "Xi Putin 2018")
        .partition("Meetings to which both came")[2]
        .partition("</ol>")[0]
    )
    assert re.findall(r'href="/meetings/(\d+)/', met) == [str(known["older"].pk)]
    met = (
        page(visitor, "Xi Putin", "&on=2019-01-01")
        .partition("Meetings to which both came")[2]
        .partition("</ol>")[0]
    )
    assert re.findall(r'href="/meetings/(\d+)/', met) == [str(known["older"].pk)]


def test_a_hit_says_of_what_kind_it_is_and_leads_with_its_summary(
    visitor: Visitor, known: dict[str, Any]
) -> None:
    hits = re.findall(r'<li class="hit">(.*?)</li>', page(visitor, "North Korea"), re.DOTALL)
    of = {address: hit for hit in hits for address in re.findall(r'<a href="([^"]+)"', hit)}

    told = of[f"/stances/{known['stance'].pk}/"]
    assert '<span class="label">position</span>' in told
    assert "<bdi>China on “<mark>North</mark> <mark>Korea</mark>”</bdi>" in told
    assert "<p><bdi>Beijing wants talks on disarmament.</bdi></p>" in told
    assert "supports" in told.partition('class="chip')[2]
    assert "Russia opposed this" in re.sub("<[^>]+>", "", of[f"/stances/{known['bare'].pk}/"])
    kinds = {label for hit in hits for label in re.findall(r'"label">([a-z]+)<', hit)}
    assert kinds == {"issue", "actor", "position", "relation"}


def test_a_short_word_is_not_marked_within_another(visitor: Visitor) -> None:
    publish_whole(
        IssueFactory(
            slug="un", title="UN drafts", summary="The UN and its unity.", question="Is it so?"
        )
    )
    told = page(visitor, "un")
    assert "The <mark>UN</mark> and its unity." in told
    assert "<mark>UN</mark> drafts" in told


def test_kinds_are_counted_and_narrowed_to(visitor: Visitor, known: dict[str, Any]) -> None:
    found = page(visitor, "talks")
    ways = " ".join(
        re.sub("<[^>]+>", "", found.partition("Kinds of records")[2].partition("</nav>")[0]).split()
    )
    assert ways.endswith(
        "Found: 1 position · 1 relation of two actors · 3 meetings · 1 vote · 1 source"
    )
    assert re.findall(r'<h2 id="found-([a-z]+)"', found) == [
        "stances",
        "alignments",
        "meetings",
        "votes",
        "sources",
    ]
    narrowed = page(visitor, "talks", "&kind=votes")
    assert re.findall(r'<h2 id="found-([a-z]+)"', narrowed) == ["votes"]
    assert 'href="/search/?q=talks">all kinds</a>' in narrowed
    visitor.read("/search/?q=talks&kind=people", 400)


@pytest.mark.parametrize(
    ("query", "found", "says"),
    [
        ("talks about disarmament and Mars", "stances", "These have 2 of 3 words or names."),
        ("disarmament Mars", "stances", "These have 1 of 2 words or names."),
        ('"disarmament Mars"', "", "Nothing is found for these words"),
        ("Mars bar", "", "Nothing is found for these words"),
        ("China Mars", "", "No record has all of these words"),
    ],
)
def test_where_nothing_has_all_words_that_is_said_and_what_has_most_is_shown(
    visitor: Visitor, known: dict[str, Any], query: str, found: str, says: str
) -> None:
    """One of two words is not most: it is shown only where nothing is named.
    What is quoted is meant as it is.
    """
    shown = page(visitor, query)
    assert says in shown
    assert (f'id="found-{found}"' in shown) if found else ('class="hit"' not in shown)


@pytest.mark.parametrize(
    ("query", "title", "page_named"),
    [
        ("cybercrime deal", "Convention against cybercrime", "Acts: deal"),
        ("China cybercrime", "Convention against cybercrime", "China"),
        ("China deal", "", "Acts: deal"),
    ],
)
def test_what_is_named_hides_nothing_that_other_words_find(
    visitor: Visitor, known: dict[str, Any], query: str, title: str, page_named: str
) -> None:
    """A page about one word is no answer to the others."""
    deal = ActFactory(title="Borders", kind="deal", since="2019-07-23", summary="")
    publish_whole(
        deal,
        IssueFactory(slug="cyber", title="Convention against cybercrime", question="Is it good?"),
    )

    shown = re.sub("</?mark>", "", page(visitor, query))

    assert page_named in shown
    assert "No record has all of these words" in shown
    assert (title in shown) if title else ('class="hit"' not in shown)


def test_a_word_that_is_found_is_no_misspelled_name(
    visitor: Visitor, known: dict[str, Any]
) -> None:
    paris = ActorFactory(slug="france", name="France", aliases=["Paris"])
    publish_whole(paris, SourceFactory(title="Parts for arms"))

    assert "arms paris" not in page(visitor, "arms parts Mars")
    assert "arms paris" in page(visitor, "arms pariss Mars")


@pytest.mark.parametrize(
    ("query", "is_found"), [("patrols", True), ("patrol", True), ('"patrols"', False)]
)
def test_words_are_found_in_either_number(
    visitor: Visitor, known: dict[str, Any], query: str, is_found: bool
) -> None:
    assert (f'href="/acts/{known["act"].pk}/"' in page(visitor, query)) is is_found
    assert ("<mark>patrol</mark>" in page(visitor, query)) is is_found


@pytest.mark.parametrize(
    "query", ["has Freedonia recognised Sylvania", "Freedonia recognized Sylvania"]
)
def test_verbs_are_found_in_the_past_and_in_american_spelling(visitor: Visitor, query: str) -> None:
    freedonia = ActorFactory(slug="freedonia", name="Freedonia")
    issue = IssueFactory(
        slug="recognition", title="Recognition of Sylvania", question="Should it be?"
    )
    first = StanceFactory(
        actor=freedonia, issue=issue, summary="Freedonia was the first to recognise it."
    )
    publish_whole(freedonia, issue, first)

    shown = page(visitor, query)

    assert f'href="/stances/{first.pk}/"' in shown
    assert "No record has all of these words" not in shown


@pytest.mark.parametrize(
    ("query", "most"),
    [
        ("talks", 25),
        ("Xi Putin North Korea Mars 2019 bar hedge", 110),
        ("SCO members", 32),
        ("xyzzy bar mars", 60),
    ],
)
def test_statements_are_bounded(
    visitor: Visitor, known: dict[str, Any], query: str, most: int
) -> None:
    """However much there is, and whatever is asked."""
    counts = []
    for _ in range(2):
        forget()
        with CaptureQueriesContext(connection) as queries:
            page(visitor, query)
        counts.append(len(queries))
        publish_whole(*StanceFactory.create_batch(20, summary="More talks."))
    assert counts[0] == counts[1] <= most


def test_nothing_is_named_that_is_not_public(visitor: Visitor, known: dict[str, Any]) -> None:
    """Neither a draft's name, nor one that the edition didn't have yet;
    and what is typed is no SQL.
    """
    ActorFactory(
        slug="secretland", name="Secretland", memberships=[{"organization": known["league"]}]
    )
    known["korea"].aliases = ["Ruritania"]
    known["korea"].save()
    for query in (
        "Secretland",
        "Ruritania",
        "Secretland members",
        "who is in the League of Nations",
    ):
        assert not {"/actors/secretland/", "/actors/north-korea/", "/actors/league/#members"} & {
            *pages(visitor, query)
        }
    publish_whole(known["korea"])
    assert pages(visitor, "Ruritania") == ["/actors/north-korea/"]
    assert "north-korea" not in page(visitor, "Ruritania", "&edition=1")
    for query in ("'; DROP TABLE x; --", "%(number)s {} ' \\' ''", "a'b 'c' \\d members"):
        page(visitor, query)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("drills", "An exercise"),
        ("joint drill", "An exercise, joint"),
        ("peace deal", "A peace agreement"),
        ("Beijing wishes", "What China wishes"),
        ("Washington", "Russia and the United States"),
        ("dual use", "Dual-use goods"),
        ("Burma", "Election in Myanmar"),
        ("moon base", "A lunar research station"),
        ("phone calls", "Telephone talk of the two"),
        ("soldiers", "Troops abroad"),
        ("cybercrime treaty", "Convention against cybercrime"),
        ("trip to Mars", "A visit to Mars"),
    ],
)
def test_synonyms_are_found(
    visitor: Visitor, known: dict[str, Any], query: str, title: str
) -> None:
    publish_whole(MeetingFactory(title=title, since="2019-02-03", participants=[], issues=[]))

    assert title in re.sub("</?mark>", "", page(visitor, query))
    assert title not in page(visitor, f'"{query}"') or query == "dual use"


@pytest.mark.parametrize(
    ("query", "meant", "address"),
    [
        ("Tawain", "taiwan", "/actors/taiwan/"),
        ("arms for Tawain", "arms taiwan", "/issues/taiwan-strait/"),
        ("Belraus", "belarus", "/actors/belarus/"),
    ],
)
def test_names_of_countries_and_issues_are_offered_for_near_spellings(
    visitor: Visitor, known: dict[str, Any], query: str, meant: str, address: str
) -> None:
    taiwan = ActorFactory(slug="taiwan", name="Taiwan")
    publish_whole(
        taiwan, IssueFactory(slug="taiwan-strait", title="Taiwan", question="Is it part of it?")
    )

    shown = page(visitor, query)

    assert address in shown
    assert f'/search/?q={quote(meant)}"' in shown or '<h2 id="pages">' in shown
    assert address in page(visitor, meant)


def test_a_year_finds_the_votes_of_it_and_no_others(visitor: Visitor) -> None:
    publish_whole(
        VoteFactory(title="Disarmament of the moon", held="2019-03-01"),
        VoteFactory(title="Disarmament of Mars", held="2018-03-01"),
    )
    found = page(visitor, "disarmament 2019")

    assert "of the moon" in found
    assert "of Mars" not in found
