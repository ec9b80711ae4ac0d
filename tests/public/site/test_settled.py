"""Pages of questions that were settled:
rows of their own in the matrix, folded, and nothing told as of today.
"""

import re
from itertools import pairwise

import pytest

from tests.costs import assert_same_cost
from tests.factories import AlignmentFactory, IssueFactory, StanceFactory
from tests.public.api.publishing import edit, publish, publish_whole, settle
from tests.public.site.conftest import Visitor, forget
from tests.public.site.pages import make

pytestmark = pytest.mark.django_db
SETTLED = re.compile(
    r'<details class="group">\s*<summary><h3><bdi>Decided questions</bdi></h3> <small>(\d+) '
    r"question"
)
ADDRESSES = (
    "/",
    "/issues/",
    "/issues/canal/",
    "/issues/sea/",
    "/actors/china/",
    "/pairs/china/russia/",
    "/search/?q=canal",
)


@pytest.fixture
def known() -> dict[str, object]:
    """Records about a canal, published as edition 1;
    in edition 2 its question is settled, another stays open.
    """
    known = make()
    open_one = IssueFactory(
        slug="port", title="The port", question="Should it be built?", parent=known["sea"]
    )
    known["open"] = StanceFactory(actor=known["china"], issue=open_one, since="2018")
    publish_whole(*known.values())
    issue = settle(known["canal"])
    publish(issue, issue.settlement_source)
    return known


def test_the_matrix_has_rows_of_their_own_folded_in_their_last_state(
    visitor: Visitor, known
) -> None:
    before, now = visitor.read("/?edition=1"), visitor.read("/")

    assert not SETTLED.search(before)
    assert SETTLED.search(now)[1] == "1"
    below = now[SETTLED.search(now).start() :].partition("</details>")[0]
    assert "/issues/canal/" in below
    assert "/issues/canal/" not in now[now.index('id="matrix"') : SETTLED.search(now).start()]
    assert "decided on 1 July 2019" in below
    assert "/issues/port/" not in below
    assert SETTLED.search(visitor.read("/?on=2019-07-01")) is None
    assert (
        "When decided (July 2019), China and Russia took the same side on 0 of 1 question."
        in visitor.text("/")
    )
    assert "Decided questions" in visitor.read("/index.svg")


def test_a_claim_that_ended_on_that_day_is_in_it_and_in_what_the_page_leads_to(
    visitor: Visitor, known
) -> None:
    publish(edit(known["other"], until="2019-07-01"))

    assert "opposed" in visitor.text("/")[visitor.text("/").index("Decided questions") :]
    assert f"stance-{known['other'].pk}" in visitor.read("/issues/canal/")
    for address in ("/index.json", "/issues/canal.csv"):
        response = visitor.client.get(address, follow=True)
        assert str(known["other"].pk) in response.content.decode()


def test_the_page_of_an_issue_says_when_by_what_and_where_that_is_said(
    visitor: Visitor, known
) -> None:
    text, source = visitor.text("/issues/canal/"), known["canal"].settlement_source

    assert f"Settled on 1 July 2019: It was voted down. ( {source.title} , the vote )" in text
    assert "On 1 July 2019, when it was settled: " in text
    assert "It was voted down." in visitor.text(f"/sources/{source.pk}/")
    assert "Settled on 1 July 2019." in visitor.text("/issues/")
    assert "ettled on" not in visitor.text("/issues/canal/?on=2019-06-30")


def test_no_page_tells_it_as_stale_or_as_of_today(visitor: Visitor, known) -> None:
    publish(edit(known["open"], until="2018-12"))
    for address in (
        *ADDRESSES,
        f"/stances/{known['stance'].pk}/",
        f"/alignments/{known['alignment'].pk}/",
    ):
        text = visitor.text(address)
        text = text[: text.index("Edition by edition")] if "Edition by edition" in text else text
        for word in (
            "not confirmed since",
            "has supported",
            "has opposed",
            "China supports",
            "have diverged",
        ):
            legend = text.count("in June 2019, not confirmed since")
            assert text.replace("in June 2019, not confirmed since", "").count(word) == 0, (
                address,
                word,
                legend,
            )


def test_it_takes_the_same_statements_with_one_settled_question_and_twenty(
    visitor: Visitor,
) -> None:
    known = make()
    publish_whole(*known.values())

    def prepare(number: int):
        for _ in range(number):
            issue = settle(IssueFactory(parent=known["sea"]))
            claims = {"issue": issue, "since": "2018"}
            publish_whole(
                issue,
                *(StanceFactory(actor=known[name], **claims) for name in ("china", "russia")),
                AlignmentFactory(actor=known["china"], counterpart=known["russia"], **claims),
            )
        forget()
        return lambda: [visitor.read(address) for address in ADDRESSES]

    assert_same_cost(prepare)


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_level_of_headings_is_left_out(visitor: Visitor, known, address: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", visitor.read(address))]

    assert levels[0] == 1
    assert all(level <= before + 1 for before, level in pairwise(levels)), levels


def test_groups_with_most_questions_come_first_and_issues_that_stand_alone_last(
    visitor: Visitor, known
) -> None:
    wide = IssueFactory(slug="zone", title="Zone", question="")
    within = [IssueFactory(slug=f"zone-{n}", title=f"Zone {n}", parent=wide) for n in range(3)]
    alone = [IssueFactory(slug=f"alone-{n}", title=f"Alone {n}") for n in range(2)]
    publish_whole(
        *(
            StanceFactory(actor=known["china"], issue=issue, since="2018")
            for issue in (*within, *alone)
        )
    )

    groups = re.findall(
        r"<summary><h3><bdi>(.*?)</bdi></h3> <small>(\d+) question", visitor.read("/")
    )

    assert groups == [
        ("Zone", "3"),
        ("The sea", "1"),
        ("Other questions", "2"),
        ("Decided questions", "1"),
    ]
    page = visitor.text("/issues/")
    assert page.index("Zone") < page.index("The sea") < page.index("Alone")


def test_each_source_of_who_defers_to_whom_has_its_outlet(visitor: Visitor, known) -> None:
    claim = known["open"]
    publish(edit(claim.citations.get().source, publisher="A newspaper"))
    publish(edit(claim, defers_to=known["russia"]))

    deferring = (
        visitor.read("/pairs/china/russia/").partition('id="defers"')[2].partition("</section>")[0]
    )

    notes = re.findall(r"<li id=.*?</li>", deferring, re.DOTALL)
    assert ['<bdi class="publisher">A newspaper' in note for note in notes] == [True]
