"""What tests of history share with those of the tables."""

from tests.models.conftest import session

__all__ = ["session"]
