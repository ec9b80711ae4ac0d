"""What is chosen for rows that look like something:
a record, another row, a new one all the same, or nothing.
"""

import pytest

from tests.desk.imports.uploading import imported, outcomes, received
from tests.factories import ActorFactory
from tracker.desk import imports
from tracker.desk.imports import Bulk
from tracker.models import Actor, Source, Upload

pytestmark = pytest.mark.django_db
HEADER = "slug,kind,name,memberships\n"
RUFUS = 'rufus,person,Rufus,"[{{""organization"":""{}""}}]"\n'
NEW, ALIKE, USED, LEFT = "created", "duplicate", "existing", "left_out"


@pytest.fixture
def china(db: None) -> int:
    return ActorFactory(slug="china", name="China").pk


def chosen(upload: Upload, choices: dict[int, str]) -> list[str]:
    """Return what becomes of rows once this is chosen."""
    imports.choose(upload=upload, choices=choices)
    return [*outcomes(upload).values()]


def organization() -> str:
    """Return to what Rufus belongs, once all is imported."""
    return Actor.objects.get(slug="rufus").memberships.get().organization.slug


def test_a_record_is_used_or_another_made_as_one_chose_last(china: int) -> None:
    upload = received(f"{HEADER}prc,state,China,\nrussia,state,Russia,\n", "actors.csv")
    assert chosen(upload, {2: f"use:{china}"}) == [USED, NEW]
    assert chosen(upload, {2: "create"}) == [NEW, NEW]
    imports.choose_all(upload=upload, what=Bulk.START_AGAIN)
    assert [*outcomes(upload).values()] == [ALIKE, NEW]
    imports.choose_all(upload=upload, what=Bulk.USE_EXISTING)
    imported(upload)
    assert sorted(Actor.objects.values_list("slug", flat=True)) == ["china", "russia"]


def test_rows_alike_within_a_file_become_one_record_which_both_keys_mean() -> None:
    rows = "ruritania,state,Ruritania,\nkingdom,state,Ruritania,\nx,bloc,Ruritania,\n"
    upload = received(HEADER + rows + RUFUS.format("kingdom"), "actors.csv")
    imports.choose_all(upload=upload, what=Bulk.USE_EXISTING)
    assert [*outcomes(upload).values()] == [NEW, USED, USED, NEW]
    imported(upload)
    assert (organization(), Actor.objects.count()) == ("ruritania", 2)


def test_the_same_as_a_row_that_uses_a_record_is_that_record_and_as_one_left_out_is_asked_again(
    china: int,
) -> None:
    rows = "prc,state,China,\nzhongguo,bloc,China,\n"
    upload = received(HEADER + rows + RUFUS.format("zhongguo"), "actors.csv")
    assert chosen(upload, {2: f"use:{china}", 3: "use:-2"}) == [USED, USED, NEW]
    assert chosen(upload, {2: "leave_out"}) == [LEFT, ALIKE, NEW]
    chosen(upload, {2: f"use:{china}", 3: f"use:{china}"})
    imported(upload)
    assert organization() == "china"


def test_sources_alike_within_a_bibliography_become_one() -> None:
    entry = (
        "@misc{{{0}, title={{A title}}, year={{2019}}, url={{https://example.org/{0}}}, "
        "doi={{10.1000/x}}}}\n"
    )
    upload = received(entry.format("a") + entry.format("b"), "x.bib")
    imports.choose_all(upload=upload, what=Bulk.USE_EXISTING)
    imported(upload)
    assert Source.objects.get().url == "https://example.org/a"


def test_what_a_row_does_not_look_like_cannot_be_used_instead() -> None:
    upload = received(
        f"{HEADER}ruritania,state,Ruritania,\nkingdom,state,Ruritania,\n", "actors.csv"
    )
    for choice in (
        *(["use:-3", "use:-9", "use:x", "use:--2", "use:None", "use:"]),
        f"use:{ActorFactory().pk}",
        "forget",
    ):
        assert chosen(upload, {3: choice, 7: "create"}) == [NEW, ALIKE]
