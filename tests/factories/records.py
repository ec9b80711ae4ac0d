"""What the factories of records share:
parts are made after the record, and its version is read back.
"""

from collections.abc import Callable
from typing import Any

import factory
from factory.django import DjangoModelFactory


class RecordFactory(DjangoModelFactory):
    """A factory of one of the nouns."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    @classmethod
    def _after_postgeneration(
        cls, instance: Any, create: bool, results: dict[str, Any] | None = None
    ) -> None:
        """Read back the version, which the parts have raised."""
        if create:
            instance.refresh_from_db(fields=["version", "state"])


def parts(
    make: Callable[..., Any], owner: str, *, default: tuple[dict[str, Any], ...] = ()
) -> factory.declarations.PostGeneration:
    """Return a declaration that makes one part per dict given,
    or per dict of `default` if none is given.
    """

    def after(record: Any, create: bool, given: list[dict[str, Any]] | None, **extra: Any) -> None:
        if create:
            for fields in default if given is None else given:
                make(**{owner: record, **fields, **extra})

    return factory.post_generation(after)
