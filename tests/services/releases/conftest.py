"""What tests of releases share with those of the API."""

from tests.api.conftest import kept_for_the_module

__all__ = ["kept_for_the_module"]
