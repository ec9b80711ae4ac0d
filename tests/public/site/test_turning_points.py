"""Where one claim took the place of another, pages of the claim, the issue,
the actor and the pair say so.
"""

import pytest
from django.utils import timezone

from tests.costs import assert_same_cost
from tests.factories import IssueFactory, StanceFactory
from tests.public.api.publishing import edit, publish, publish_whole
from tests.public.site.conftest import Visitor, forget
from tests.public.site.pages import make

pytestmark = pytest.mark.django_db
NOW = "Since 2 July 2019 "


@pytest.fixture
def known() -> dict[str, object]:
    """Records about a canal; China was against it until 1 July 2019, and has been for it since."""
    known = make()
    known["late"] = StanceFactory(
        actor=known["china"],
        issue=known["canal"],
        since="2019-07-02",
        position="strongly_supports",
        confirmed_on=timezone.localdate(),
    )
    edit(known["stance"], until="2019-07-01", position="opposes")
    publish_whole(*known.values())
    return known


def test_both_claims_and_the_pages_of_what_they_are_about_say_so(visitor: Visitor, known) -> None:
    early, late = known["stance"], known["late"]

    assert f"{NOW}China has strongly supported this." in visitor.text(f"/stances/{early.pk}/")
    for address in (f"/stances/{late.pk}/", "/issues/canal/", "/actors/china/"):
        assert "Until 1 July 2019 China opposed this." in visitor.text(address), address
    assert f'href="/stances/{early.pk}/"' in visitor.read("/issues/canal/")


def test_a_kept_card_is_not_that_of_before_the_other_one_changed(visitor: Visitor, known) -> None:
    early, late = known["stance"], known["late"]
    assert "Until 1 July 2019" in visitor.text(f"/stances/{late.pk}/")

    publish(edit(early, until="2019-06-30", position="neutral"))
    assert "2019 China was neutral" not in visitor.text(f"/stances/{late.pk}/")
    publish(edit(early, until="2019-07"))
    assert "Until July 2019 China was neutral on this." in visitor.text(f"/stances/{late.pk}/")


def test_of_a_day_before_nothing_is_told_of_what_came_later_though_its_card_is_kept(
    visitor: Visitor, known
) -> None:
    early = known["stance"]

    assert NOW in visitor.text(f"/stances/{early.pk}/?on=2019-07-02")
    assert NOW not in visitor.text(f"/stances/{early.pk}/?on=2019-07-01")


def test_pages_ask_no_more_for_it(visitor: Visitor, known) -> None:
    def prepare(number: int):
        for _ in range(number):
            issue = IssueFactory(parent=known["sea"])
            claims = {"actor": known["china"], "issue": issue}
            before, after = (
                StanceFactory(since="2018", until="2019", **claims),
                StanceFactory(since="2020", **claims),
            )
            publish_whole(issue, before, after)
        forget()
        return lambda: [
            visitor.read(f"/{page}/")
            for page in ("issues/canal", "actors/china", "pairs/china/russia")
        ]

    assert_same_cost(prepare)
