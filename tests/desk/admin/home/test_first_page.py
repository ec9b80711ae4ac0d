"""The first page: what wants attention, the last editions, and the matrix of issues and actors."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from tests.desk.admin.conftest import main, messages
from tests.factories import (
    ActFactory,
    ActorFactory,
    AlignmentFactory,
    IssueFactory,
    MeetingFactory,
    StanceFactory,
)
from tests.publishing.acts import all_of, published, retracted, stance_with_all
from tests.publishing.review.acting import by, edits
from tracker.publishing.review import send_back, submit
from tracker.values.days import month

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def china(db):
    return ActorFactory(name="China", slug="china", iso3="CHN")


@pytest.fixture
def russia(db):
    return ActorFactory(name="Russia", slug="russia", iso3="RUS")


def cards(client):
    """Return the numbers and the first lines of each card, by its title."""
    page = client.get("/admin/")
    return {
        card.title: (
            [count.text for count in card.counts],
            [re.sub("<.*?>", "", line) for line in card.first],
        )
        for card in page.context["cards"]
    }


def table(client, **query):
    """Return the words of the matrix: by issue, a list with a text per actor."""
    page = client.get("/admin/", query)
    matrix = page.content.decode().partition('class="matrix"')[2]
    rows = re.findall(r'<tr[^>]*>\s*<th scope="row".*?</tr>', matrix, re.DOTALL)
    words_by_issue = {}
    for row in rows:
        title = re.search(r"<th.*?<bdi>(.*?)</bdi></a></th>", row, re.DOTALL)[1]
        cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
        words_by_issue[title] = [", ".join(map(wording, chips(cell))) for cell in cells]
    return words_by_issue


AGE = re.compile(r"since|from|in |not known|never|confirmed|until|\S+ to ")


def chips(html):
    """Return what each chip of a page says: its classes, its word and its notes."""
    links = re.findall(r'<a class="(chip[^"]*)"[^>]*>(.*?)</a>', html.replace("\xa0", " "))
    notes = re.compile(r'<span class="note"><span class="visually-hidden">, </span>(.*?)</span>')
    return [
        (set(classes.split()), re.search(r'class="word">(.*?)<', text)[1], notes.findall(text))
        for classes, text in links
    ]


def wording(chip):
    """Return what a chip says, but of its age."""
    _, word, notes = chip
    return ": ".join([word, *(note for note in notes if not AGE.match(note))])


def test_what_wants_my_attention(analyst, editor):
    edits(analyst.user, ActorFactory(), name="Ruritania")
    back, waits = ActorFactory(name="Freedonia"), ActorFactory(name="Sylvania")
    by(analyst.user, submit, back)
    by(editor.user, send_back, back, text="No.")
    by(analyst.user, submit, waits)

    by_title = cards(analyst)

    assert by_title["My drafts"] == (["1 record"], ["Ruritania"])
    assert by_title["Sent back to me"] == (["1 record"], ["Freedonia"])
    assert by_title["Waiting for review"] == (["1 record"], ["Sylvania"])
    assert cards(editor)["Waiting for my review"] == (["1 record"], ["Sylvania"])


def test_what_i_submitted_or_somebody_else_is_to_review_is_not_mine_to_review(
    analyst, editor, administrator
):
    own, others, mine = ActorFactory(), ActorFactory(), ActorFactory(name="Mine")
    by(editor.user, submit, own)
    by(analyst.user, submit, others, to=administrator.user.pk)
    by(analyst.user, submit, mine, to=editor.user.pk)

    assert cards(editor)["Waiting for my review"] == (["1 record"], ["Mine"])
    lines = editor.get("/admin/review/waiting/", {"mine": "on"}).context["lines"]
    assert [line.task.record for line in lines] == [mine.pk]


def test_what_wants_anybodys_attention(analyst):
    StanceFactory(standing="contested", standing_note="x", until="2019")
    alignment = AlignmentFactory(
        standing="contested", standing_note="x", confirmed_on=TODAY - timedelta(days=400)
    )
    published(*all_of(alignment), alignment.counterpart)
    StanceFactory(basis="forecast", likelihood="likely", since="2019", until="2020")
    MeetingFactory(title="The forum", status="expected", since="2100")
    MeetingFactory(title="The summit", status="planned", since="2020-01")
    ActFactory(title="The patrol", status="planned", since="2100")

    by_title = cards(analyst)

    assert {title: counts for title, (counts, _) in by_title.items()} == {
        "My drafts": [],
        "Sent back to me": [],
        "Waiting for review": [],
        "Contested": ["1 stance", "1 alignment"],
        "To check: something happened on the issue since": [],
        "Not confirmed for a year": ["1 alignment"],
        "Forecasts whose time has come": ["1 stance"],
        "To come": ["1 meeting", "1 act"],
        "Planned, and the day has passed": ["1 meeting"],
    }
    assert by_title["To come"][1] == ["The forum (2100)", "The patrol (2100)"]
    assert by_title["Planned, and the day has passed"][1] == ["The summit (2020-01)"]


def test_each_number_leads_to_a_list_of_so_many(analyst):
    for _ in range(3):
        stance_with_all(confirmed_on=None)

    page = analyst.get("/admin/")
    counts = [count for card in page.context["cards"] for count in card.counts]

    assert [count.text for count in counts] == ["3 stances"]
    assert len(analyst.get(counts[0].address).context["cl"].result_list) == 3


def test_numbers_are_bounded_and_lines_few(analyst, monkeypatch):
    monkeypatch.setattr("tracker.desk.admin.home.site.MOST_COUNTED", 5)
    for _ in range(7):
        stance_with_all(confirmed_on=None)

    counts, lines = cards(analyst)["Not confirmed for a year"]

    assert counts == ["5+ stances"]
    assert len(lines) == 5


def test_the_matrix_says_who_holds_what(analyst, china, russia):
    group = IssueFactory(title="Asia", question="")
    issue, other = (
        IssueFactory(title="The river", parent=group),
        IssueFactory(title="The weir", parent=group),
    )
    StanceFactory(actor=china, issue=issue, position="strongly_opposes")
    StanceFactory(
        actor=china, issue=issue, position="supports", standing="contested", standing_note="x"
    )
    StanceFactory(actor=russia, issue=issue, position="silent")
    StanceFactory(actor=china, issue=other, position="no_evidence")

    assert table(analyst) == {
        "Asia": ["", ""],
        "The river": ["strongly opposed, supported: contested", "was silent"],
        "The weir": ["nothing found: looked for in June 2019", "not coded"],
    }
    [first, rival, silent, *_] = [
        classes for classes, _, _ in chips(analyst.get("/admin/").content.decode())
    ]
    assert first == {"chip", "position-strongly_opposes", "stale"}
    assert rival == {"chip", "position-supports", "stale", "contested"}
    assert silent == {"chip", "position-silent", "nothing-silent", "stale"}
    assert (
        '<tr class="group"><th scope="row" class="indent-0">'
        in analyst.get("/admin/").content.decode()
    )


def test_what_does_not_hold_looks_and_reads_otherwise_than_what_was_never_coded(analyst, china):
    issue = IssueFactory(title="The river")
    StanceFactory(actor=china, issue=issue, since="2010", until="2018")
    StanceFactory(
        actor=china,
        issue=issue,
        since="2001",
        until="2002",
        standing="contested",
        standing_note="x",
    )
    IssueFactory(title="The weir")

    rows = {
        row.issue.title: row.cells[0] for row in analyst.get("/admin/").context["matrix"].table.rows
    }

    assert str(rows["The river"].chips[0]) == "not on that day, ended"
    assert rows["The river"].chips[0].classes == "chip nothing-not-on-that-day"
    assert str(rows["The weir"].chips[0]) == "not coded"
    assert rows["The weir"].chips[0].classes == "chip nothing-not-coded"
    assert len(analyst.get(rows["The river"].chips[0].href).context["cl"].result_list) == 2
    page = main(analyst.get("/admin/"))
    assert "There are claims, but none of them holds on that day." in page


@pytest.mark.parametrize(
    ("focus", "names"),
    [((), []), (("russia",), ["Russia"]), (("russia", "iran", "china"), ["Russia", "China"])],
    ids=["none", "one", "three, one of which is unknown"],
)
def test_the_matrix_has_a_column_for_each_actor_in_focus(
    analyst, china, russia, settings, focus, names
):
    settings.FOCUS = focus
    StanceFactory(actor=china, issue__title="The river")

    matrix = analyst.get("/admin/").context["matrix"]

    assert [actor.name for actor in matrix.actors] == names
    assert len(table(analyst)["The river"]) == len(names)


def test_the_matrix_is_of_a_day(analyst, china):
    issue = IssueFactory(title="The river")
    StanceFactory(actor=china, issue=issue, position="opposes", since="2010", until="2018-12")
    StanceFactory(actor=china, issue=issue, position="supports", since="2019-02")

    assert table(analyst)["The river"] == ["supported"]
    assert table(analyst, on="2019-06-15")["The river"] == ["supports"]
    assert table(analyst, on="2018-11-15")["The river"] == ["opposes"]
    # it ended some day of that month
    assert table(analyst, on="2018-12-15")["The river"] == ["perhaps opposed"]
    assert table(analyst, on="2009")["The river"] == ["not on that day: not yet"]
    assert table(analyst, on="2019-01")["The river"] == ["not on that day: ended, not yet"]
    page = analyst.get("/admin/", {"on": "yesterday"})
    assert "“yesterday”: it is not a date" in messages(page)[0]
    assert table(analyst, on="yesterday")["The river"] == ["supported"]


def ages(client, **query):
    """Return what each cell of the one column says of the age of its claims, by issue,
    and whether it is stale.
    """
    rows = client.get("/admin/", query).context["matrix"].table.rows
    return {
        row.issue.title: [
            (
                *(note.replace("\xa0", " ") for note in chip.notes if AGE.match(note)),
                "stale" in chip.classes,
            )
            for cell in row.cells
            for chip in cell.chips
        ]
        for row in rows
    }


def test_a_cell_says_as_readers_read_it_when_a_claim_was_checked_last_and_since_when_it_is_so(
    analyst, china
):
    def make(title, **claim):
        StanceFactory(actor=china, issue__title=title, **claim)

    ago = {years: TODAY.replace(day=1, year=TODAY.year - years) for years in (2, 7)}
    make("old", since="2018-12", confirmed_on=ago[7])
    make("never", since="", confirmed_on=None)
    make("fresh", since="[2019-03..2019-05]", confirmed_on=TODAY)
    make("ending", since="", until="2100", confirmed_on=ago[2])

    assert ages(analyst) == {
        "old": [(f"in {month(ago[7])}, not confirmed since", "since 2018-12", True)],
        "never": [
            ("not known whether already then", "from an unknown day", "never confirmed", False)
        ],
        "fresh": [("since [2019-03..2019-05]", "confirmed today", False)],
        "ending": [("from an unknown day to 2100", "confirmed 2 years ago", False)],
    }
    page = main(analyst.get("/admin/")).replace("\xa0", " ")
    assert f"</span>in {month(ago[7])}, not confirmed since</span>" in page


def test_of_claims_that_say_the_same_the_one_that_was_checked_last_tells_the_age(analyst, china):
    issue = IssueFactory(title="The river")
    for since, checked in (("2018", TODAY), ("2019", None), ("2020", "2020-02-01")):
        StanceFactory(actor=china, issue=issue, since=since, confirmed_on=checked)

    assert ages(analyst)["The river"] == [("since 2018", "confirmed today", False)]


def test_the_matrix_shows_no_day_to_come(analyst, china):
    StanceFactory(actor=china, issue__title="The river", since="2998")

    for on in ("2999", "2999-12-31/", str(TODAY + timedelta(days=1))):
        page = analyst.get("/admin/", {"on": on})
        says = (
            f"Day of the matrix: “{on}” is to come; choose today or an earlier day. This is of "
            f"today."
        )
        assert messages(page) == [says]
        assert page.context["matrix"].on == TODAY.isoformat()
    assert table(analyst, on=on)["The river"] == ["not on that day: not yet"]


def test_of_days_that_are_partly_to_come_the_matrix_shows_those_that_have_come(analyst, china):
    StanceFactory(actor=china, issue__title="The river", since=str(TODAY + timedelta(days=1)))
    StanceFactory(actor=china, issue__title="The weir", since=str(TODAY))

    for on in (f"{TODAY.year}-01/2999", "20XX", f"{TODAY.year - 1}/"):
        assert table(analyst, on=on) == {
            "The river": ["not on that day: not yet"],
            "The weir": ["supported"],
        }
        rows = analyst.get("/admin/", {"on": on}).context["matrix"].table.rows
        address = next(row.cells[0].chips[0].href for row in rows if row.issue.title == "The weir")
        assert len(analyst.get(address).context["cl"].result_list) == 1


def test_a_cell_leads_to_its_claims(analyst, china):
    stance = StanceFactory(actor=china)
    StanceFactory(actor=china, issue=stance.issue, since="1990", until="1991")
    StanceFactory(issue=stance.issue)

    (row,) = [
        row
        for row in analyst.get("/admin/").context["matrix"].table.rows
        if row.issue == stance.issue
    ]

    assert list(analyst.get(row.cells[0].chips[0].href).context["cl"].result_list) == [stance]


def test_what_was_retracted_is_not_in_the_matrix(analyst, china):
    stance = stance_with_all(actor=china, issue__title="The river")
    assert table(analyst)["The river"] == ["supported"]
    retracted(stance)

    assert table(analyst)["The river"] == ["not on that day: withdrawn"]


def test_actors_are_added_remembered_and_taken_out_again(analyst, editor, china, russia):
    iran = ActorFactory(name="Iran")
    StanceFactory(actor=iran, issue__title="The river")

    assert table(analyst, add=iran.pk)["The river"] == ["not coded", "not coded", "supported"]
    assert len(table(analyst)["The river"]) == 3
    assert len(table(editor)["The river"]) == 2
    drop = re.search(
        r'Iran <a href="([^"]*)" class="drop"', analyst.get("/admin/").content.decode()
    )[1]
    assert analyst.get(f"/admin/{unescape(drop)}").context["matrix"].actors == [china, russia]
    assert len(table(analyst)["The river"]) == 2


def test_what_the_page_does_not_send_is_left_out(analyst, china):
    for query in (
        {"add": "x"},
        {"actors": "1,x,,99999999999"},
        {"under": "x"},
        {"page": "x"},
        {"page": 9},
    ):
        assert analyst.get("/admin/", query).status_code == 200


def test_the_matrix_shows_a_subtree_a_page_at_a_time(analyst, china, monkeypatch):
    monkeypatch.setattr("tracker.desk.admin.home.matrix.ROWS", 2)
    top = IssueFactory(title="A", question="")
    for title in ("B", "C"):
        IssueFactory(title=title, parent=top)
    IssueFactory(title="D")

    assert list(table(analyst, under=top.pk)) == ["A", "B"]
    following = analyst.get("/admin/", {"under": top.pk}).context["matrix"].next
    assert list(table(analyst, under=top.pk, page=2)) == ["C"]
    assert f"under={top.pk}" in following
    assert "page=2" in following
    assert analyst.get("/admin/", {"under": top.pk, "page": 2}).context["matrix"].next == ""

    monkeypatch.setattr("tracker.desk.admin.home.matrix.ROWS", 3)
    assert list(table(analyst, under=top.pk)) == ["A", "B", "C"]
    assert analyst.get("/admin/", {"under": top.pk}).context["matrix"].next == ""


def test_administrators_are_told_that_readers_find_no_contact(administrator, analyst, settings):
    settings.CONTACT = ""
    assert "TRACKER_CONTACT" in administrator.get("/admin/").content.decode()
    assert "TRACKER_CONTACT" not in analyst.get("/admin/").content.decode()

    settings.CONTACT = "mailto:team@tracker.example"
    assert "TRACKER_CONTACT" not in administrator.get("/admin/").content.decode()


def test_the_last_editions(analyst, published):
    published(ActorFactory(), note="All of Africa")

    page = main(analyst.get("/admin/"))

    assert 'href="/admin/tracker/edition/1/change/">Edition 1</a>' in page
    assert "All of Africa" in page


def test_a_year_without_a_check_is_told_from_the_day_that_is_shown(analyst, china):
    StanceFactory(actor=china, issue__title="The river", since="2018", confirmed_on="2019-06-03")

    stale = {
        on: ages(analyst, on=on)["The river"][0][-1]
        for on in ("2018-12", "2020-06-02", "2020-06-03", "2021")
    }

    assert stale == {"2018-12": False, "2020-06-02": False, "2020-06-03": True, "2021": True}
