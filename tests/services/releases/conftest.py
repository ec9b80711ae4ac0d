"""What tests of releases share with those of the API."""

from tests.api.conftest import kept_for_the_module
from tests.config.postgres.conftest import own_server

__all__ = ["kept_for_the_module", "own_server"]
