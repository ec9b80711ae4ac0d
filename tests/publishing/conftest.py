"""What tests of publishing share with those of the desk: the team."""

from tests.desk.conftest import anna, bert, emma, erik

__all__ = ["anna", "bert", "emma", "erik"]
