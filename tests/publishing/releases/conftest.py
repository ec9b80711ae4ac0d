"""What tests of releases share with those of the API."""

from tests.config.postgres.conftest import own_server
from tests.public.api.conftest import kept_for_the_module

__all__ = ["kept_for_the_module", "own_server"]
