"""What tests of releases share with those of servers."""

from tests.config.postgres.conftest import own_server

__all__ = ["own_server"]
