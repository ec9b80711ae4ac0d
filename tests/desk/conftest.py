"""What tests of the desk share with those of publishing: the team."""

from tests.publishing.conftest import anna, bert, emma, erik

__all__ = ["anna", "bert", "emma", "erik"]
