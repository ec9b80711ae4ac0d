"""The team: analysts, who write, and editors, who publish as well."""

import pytest

from tests.publishing.review.acting import person


@pytest.fixture
def anna(db):
    return person("analysts", username="anna")


@pytest.fixture
def bert(db):
    return person("analysts", username="bert")


@pytest.fixture
def erik(db):
    return person("editors", username="erik")


@pytest.fixture
def emma(db):
    return person("editors", username="emma")
