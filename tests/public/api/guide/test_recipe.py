"""The Python in docs/api.md computes from the API's answers the digest that an edition has."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.public.api.guide.curl import HOST
from tests.public.api.guide.editions import MOMENTS, publish_later
from tests.public.api.guide.pages import START
from tracker.management.openapi.document import publish_first_dataset
from tracker.public.read import editions

*_, RECIPE = re.findall(r"```python\n(.*?)```", START.read_text(), re.DOTALL)


@pytest.fixture
def nothing_kept() -> Iterator[None]:
    """No digest that is kept since another test,
    whose editions had the same moments and records other numbers.
    """
    editions.digest.cache_clear()
    yield
    editions.digest.cache_clear()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("nothing_kept")
def test_it_finds_the_digest_of_every_edition(
    live_server: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    publish_first_dataset()
    publish_later()
    assert HOST in RECIPE

    recipe: dict[str, Any] = {}
    exec(RECIPE.replace(HOST, str(live_server)), recipe)

    assert capsys.readouterr().out == "True\n"
    digests = {number: recipe["digest"](number) for number in (1, *MOMENTS)}
    assert digests == {
        number: recipe["read"](f"/api/v1/editions/{number}/")["digest"] for number in digests
    }
    assert len(set(digests.values())) == len(digests)


def test_it_needs_nothing_but_python() -> None:
    modules = set(re.findall(r"^(?:import|from) (\w+)", RECIPE, re.MULTILINE))

    assert modules == {"hashlib", "json", "urllib"}
