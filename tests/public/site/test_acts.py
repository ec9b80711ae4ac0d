"""Pages of acts: the latest, each with the text that was issued, and what two did on an issue."""

import re

import pytest
from django.db import connections
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from tests.factories import ActFactory, ActorFactory, AlignmentFactory, IssueFactory, SourceFactory
from tests.plugins.caches import forget
from tests.public.api.publishing import publish_whole
from tests.public.site.conftest import Visitor
from tracker.models import Act

pytestmark = pytest.mark.django_db
WORDS = "word " * 25


@pytest.fixture
def act() -> Act:
    """A joint statement of China and Russia on a canal, whose text is cited;
    and a patrol that is planned for 2999.
    """
    china, russia = (
        ActorFactory(slug="china", name="China"),
        ActorFactory(slug="russia", name="Russia"),
    )
    xi, canal = (
        ActorFactory(slug="xi", name="Xi", kind="person"),
        IssueFactory(slug="canal", title="Canal"),
    )
    text = SourceFactory(
        title="Whole statement", url="https://example.org/statement", language="zh"
    )
    act: Act = ActFactory(
        title="On the canal",
        kind="joint_statement",
        since="2019-06-05",
        text=text,
        issues=[{"issue": canal}],
        participants=[
            {"actor": china, "role": "signatory", "represented_by": xi},
            {"actor": russia, "role": "signatory"},
        ],
        citations=[{"source": text, "locator": "p. 1", "quote": WORDS, "quote_language": "en"}],
    )
    patrol = ActFactory(
        title="Around the canal", kind="patrol", status="planned", since="2999", citations=[],
        participants=[{"actor": china}, {"actor": russia}],
    )  # fmt: skip
    alignment = AlignmentFactory(actor=china, counterpart=russia, issue=canal, since="2019")
    publish_whole(act, patrol, alignment)
    return act


def test_an_act_is_told_with_its_text_its_signatories_and_some_of_its_words(
    visitor: Visitor, act: Act
) -> None:
    page = visitor.text(f"/acts/{act.pk}/")

    assert (
        "“ On the canal ”, a joint statement, was issued on 5 June 2019. Signatories: China "
        "( Xi ) and Russia ." in page
    )
    assert "It bears on “ Canal ”. Text: “ Whole statement ”." in page
    text = page.partition("The text ")[2].partition("What each edition said")[0]
    assert "Whole statement , in Chinese: the whole text" in text
    assert text.count("word") == 25
    assert "Signed by China ( Xi ), Russia" in text
    assert 'href="https://example.org/statement"' in visitor.read(f"/acts/{act.pk}/")


def test_acts_are_listed_those_to_come_apart(visitor: Visitor, act: Act) -> None:
    done, _, ahead = visitor.text("/acts/").partition("To come")

    assert "On the canal" in done
    assert "is planned to take place in 2999" in ahead


def test_what_they_did_is_told_wherever_they_are(visitor: Visitor, act: Act) -> None:
    headings = {
        "/issues/canal/": "What they did",
        "/actors/china/": "What it did with others",
        "/pairs/china/russia/": "What they did together",
        f"/sources/{act.text_id}/": "Acts that name it",
    }
    for address, heading in headings.items():
        assert "On the canal" in visitor.text(address).partition(heading)[2], address
    for address in ("/issues/canal/", "/pairs/china/russia/"):
        assert '<circle class="dot dot-past"' in visitor.read(address), address
        assert "On the canal (done, on 5 June 2019)" in visitor.read(address), address


@pytest.fixture
def acts(act: Act) -> Act:
    """Beside these, air patrols of three years, one of them of a month, one that Iran joined;
    a drill of Iran's.
    """
    both = [{"actor": part.actor} for part in act.participants.all()]
    iran, river = (
        ActorFactory(slug="iran", name="Iran", iso3="IRN"),
        IssueFactory(slug="river", title="River"),
    )
    series = {"kind": "patrol", "series": "Air patrol, joint", "participants": both}
    publish_whole(
        ActFactory(title="First flight", since="2017-07-23", **series),
        ActFactory(
            title="Second flight",
            since="2018-12",
            **{**series, "participants": [*both, {"actor": iran}]},
        ),
        ActFactory(title="Third flight", since="2019-06-10", issues=[{"issue": river}], **series),
        ActFactory(title="No flight", status="cancelled", since="2019-06-11", **series),
        ActFactory(title="A flight ahead", status="expected", since="2999", citations=[], **series),
        ActFactory(
            title="A flight that is late",
            status="planned",
            since="2019-05-01",
            citations=[],
            **series,
        ),
        ActFactory(
            title="A drill",
            since="2018-12-30",
            until="2019-01-02",
            participants=[both[1], {"actor": iran}],
        ),
    )
    return act


TITLES = {
    "canal": "On the canal",
    "first": "First flight",
    "second": "Second flight",
    "third": "Third flight",
    "none": "No flight",
    "ahead": "A flight ahead",
    "late": "A flight that is late",
    "drill": "A drill",
    "around": "Around the canal",
}


@pytest.mark.parametrize(
    ("query", "found", "says"),
    [
        (
            "",
            "canal first second third none ahead late drill around",
            "5 acts – the first on 23 July 2017, the last on 10 June 2019.",
        ),
        (
            "kind=patrol",
            "first second third none ahead late around",
            "3 acts of these – the first on 23 July 2017, the last on 10 June 2019.",
        ),
        ("kind=joint_statement", "canal", "1 act of these on 5 June 2019."),
        ("series=Air patrol, joint", "first second third none ahead late", "3 acts of these"),
        (
            "from=2018&to=2018",
            "second drill",
            "2 acts of these – the first in December 2018, the last on 30 December",
        ),
        ("from=2019-01&to=2019-01-02", "drill", "1 act of these on 30 December 2018."),
        ("from=2999", "ahead around", "No act fits all that is chosen"),
        ("to=2017", "first", "1 act of these"),
        (
            "all_participants=China",
            "canal first second third none ahead late around",
            "4 acts of these",
        ),
        ("all_participants=china,IRN", "second", "1 act of these in December 2018."),
        ("under=river", "third", "1 act of these"),
        ("kind=patrol&under=canal", "", "No act fits all that is chosen"),
    ],
)
def test_acts_are_narrowed_and_counted(
    visitor: Visitor, acts: Act, query: str, found: str, says: str
) -> None:
    """Those to come and those that were cancelled are shown, and not counted."""
    page = visitor.text(f"/acts/?on=2020-01-01&{query}").partition("Up to 1 January 2020")[2]

    assert [name for name, title in TITLES.items() if title in page] == found.split()
    assert says in page
    location = visitor.get(f"/acts.json?{query}").headers["Location"]
    listed = QueryDict(location.partition("?")[2])
    assert listed.keys() == QueryDict(query).keys()
    assert visitor.get(location).status_code == 200


def test_of_an_act_whose_day_is_not_known_no_first_day_is_told(visitor: Visitor, act: Act) -> None:
    publish_whole(ActFactory(title="Sometime", since=""))

    page = visitor.text("/acts/?from=2019&to=2019")

    assert "2 acts of these – some on a day that is not known, the last on 5 June 2019." in page
    assert "1 act of these on an unknown day." in visitor.text("/acts/?kind=exercise")
    assert "/acts/?from=1&" not in visitor.read("/acts/")


def test_ways_lead_to_series_and_years_as_they_were_on_the_day(visitor: Visitor, acts: Act) -> None:
    page = visitor.read("/acts/?on=2019-06-09")

    assert (
        '<a href="/acts/?series=Air%20patrol%2C%20joint&amp;on=2019-06-09"><bdi>Air patrol, '
        "joint</bdi></a>\n(2)" in page
    )
    years = re.findall(
        r'<a href="/acts/\?from=(\d+)&amp;to=(\d+)&amp;on=2019-06-09">(\d+)</a>', page
    )
    assert years == [("2019",) * 3, ("2018",) * 3, ("2017",) * 3]
    assert '<option value="patrol">patrol (2)</option>' in page
    assert '<option value="treaty">treaty</option>' in page


def test_what_is_wrong_with_what_is_chosen_is_told_with_what_may_be_meant(
    visitor: Visitor, acts: Act
) -> None:
    page = visitor.read("/acts/?all_participants=chinna,iran&under=rivver", 400)
    assert "no actor was ever published under “chinna”" in page
    assert "no issue was ever published under “rivver”" in page
    assert "so nothing fits; exchange the two" in visitor.read("/acts/?from=2019&to=2018", 400)
    assert visitor.read("/acts/?kind=party&from=last-year&to=2018", 400).count("<li><code>") == 2


def test_acts_come_a_page_at_a_time(visitor: Visitor, act: Act) -> None:
    both = [{"actor": part.actor} for part in act.participants.all()]
    more = [
        ActFactory(title=f"Number {n}", since="2018-05-05", participants=both) for n in range(110)
    ]
    publish_whole(*more)
    page = visitor.read("/acts/")
    assert "111 acts – the first on 5 May 2018, the last on 5 June 2019." in visitor.text("/acts/")
    assert "Around the canal" in page

    pages, titles = [page], "Number \\d+|On the canal"
    while link := re.search(r'href="(/acts/\?[^"]+)" rel="next"', pages[-1]):
        pages.append(visitor.read(link[1].replace("&amp;", "&")))
    seen = [title for page in pages for title in {*re.findall(titles, page)}]
    assert sorted(seen) == sorted([act.title, *(each.title for each in more)])
    assert len(pages) == 3
    assert "The latest of these" in pages[-1]
    assert "Around the canal" not in pages[-1]


@pytest.mark.parametrize(
    "address",
    [
        "/acts/",
        "/acts/?from=2019&to=2019&all_participants=china",
        "/issues/canal/",
        "/pairs/china/russia/",
        "/acts/{act}/",
    ],
)
def test_a_page_takes_as_many_statements_with_twenty_acts(
    visitor: Visitor, act: Act, address: str
) -> None:
    counted = []
    for edition in (1, 2):
        forget()
        there = address.format(act=act.pk)
        with CaptureQueriesContext(connections["publication"]) as queries:
            visitor.read(f"{there}{'&' if '?' in there else '?'}edition={edition}")
        counted.append(len(queries))
        if edition == 1:
            both = [{"actor": part.actor} for part in act.participants.all()]
            issues = [{"issue": part.issue} for part in act.issues.all()]
            publish_whole(*(ActFactory(participants=both, issues=issues) for _ in range(20)))
    assert counted[0] == counted[1]


@pytest.fixture
def people(act: Act) -> Act:
    """A meeting of minds: two people of the same name signed for China and Russia,
    one of them of another, too.
    """
    china, russia = (part.actor for part in act.participants.order_by("pk"))
    ivan, igor = (
        ActorFactory(slug=f"{name}-volkov".lower(), name=f"{name} Volkov", kind="person")
        for name in ("Ivan", "Igor")
    )
    signed: Act = ActFactory(
        title="Signed by both",
        since="2019-06-05",
        participants=[
            {"actor": china, "represented_by": ivan},
            {"actor": russia, "represented_by": igor},
        ],
    )
    publish_whole(signed)
    return signed


@pytest.mark.parametrize(
    "typed", ["Ivan Volkov, Igor Volkov", "Ivan, Igor", "ivan-volkov,Russia", "igor,CHINA"]
)
def test_people_are_found_where_they_came_by_any_part_of_their_names(
    visitor: Visitor, people: Act, typed: str
) -> None:
    page = visitor.text(f"/acts/?all_participants={typed}")

    assert "1 act of these on 5 June 2019." in page
    assert people.title in page


def test_the_field_says_whom_a_part_of_a_name_found(visitor: Visitor, people: Act) -> None:
    page = visitor.read("/acts/?all_participants=igor,China")

    assert 'name="all_participants" size="16" value="Igor Volkov,China"' in page
    listed = visitor.get("/acts.json?all_participants=igor,China").headers["Location"]
    assert "all_participants=igor-volkov,china" in listed
    assert "Volkov" in visitor.read("/?actor=igor")
    assert 'name="voter" size="12" value="Ivan Volkov"' in visitor.read("/votes/?voter=ivan")


@pytest.mark.parametrize(
    "address", ["/acts/?all_participants=China,{}", "/votes/?agrees=China,{}", "/?actor=China,{}"]
)
def test_choices_are_told_for_a_part_of_several_names_and_for_near_spellings(
    visitor: Visitor, people: Act, address: str
) -> None:
    several = visitor.read(address.format("Volkov"), 400)
    assert "“Volkov” is part of the names of 2 actors; choose one" in several
    for person in ("igor-volkov", "ivan-volkov"):
        there = re.search(f'href="([^"]+China,{person})"', several)
        assert there, several
        visitor.read(there[1])

    near = visitor.read(address.format("Rusia"), 400)
    assert "no actor was ever published under “Rusia”" in near
    assert "China,russia" in near
