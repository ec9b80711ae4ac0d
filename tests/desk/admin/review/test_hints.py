"""What a reviewer is hinted at: high confidence that rests on one independent source.
It blocks nothing.
"""

import pytest

from tests.desk.admin.conftest import logged_in
from tests.factories import SourceFactory, StanceFactory

pytestmark = pytest.mark.django_db
HINT = "High confidence, and one independent source"


@pytest.mark.parametrize(
    ("confidence", "passes_on", "is_told"),
    [("high", True, True), ("high", False, False), ("moderate", True, False)],
)
def test_high_confidence_with_one_independent_source_is_a_hint(
    confidence, passes_on, is_told
) -> None:
    agency = SourceFactory()
    copies = [SourceFactory(derives_from=agency if passes_on else None) for _ in range(2)]
    cited = [{"source": source, "locator": "1"} for source in copies]
    stance = StanceFactory(confidence=confidence, citations=cited)

    page = logged_in("analysts").get(f"/admin/tracker/stance/{stance.pk}/review/").content.decode()
    assert (HINT in page) is is_told


def test_what_contradicts_it_is_no_other_source() -> None:
    cited = [
        {"source": SourceFactory(), "locator": "1", "relation": of}
        for of in ("supports", "contradicts")
    ]
    stance = StanceFactory(confidence="high", citations=cited)

    assert (
        HINT
        in logged_in("analysts").get(f"/admin/tracker/stance/{stance.pk}/review/").content.decode()
    )


@pytest.mark.parametrize(("passes_on", "is_told"), [(True, True), (False, False)])
def test_what_others_confirmed_comes_from_more_than_one_independent_source(
    passes_on, is_told
) -> None:
    agency = SourceFactory()
    copies = [SourceFactory(derives_from=agency if passes_on else None) for _ in range(2)]
    cited = [{"source": source, "locator": "1", "credibility": "1"} for source in copies]
    stance = StanceFactory(confidence="low", citations=cited)

    page = logged_in("analysts").get(f"/admin/tracker/stance/{stance.pk}/review/").content.decode()
    assert ("“Confirmed by others”, and one independent source" in page) is is_told
    assert HINT not in page
