"""The base of all views that declare the parameters of their query strings."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured
from rest_framework.views import APIView

from tracker.schema.filters import Filter

TWICE = (
    "{} has two parameters “{}”, of which one would hide the other; give the filter that came "
    "last another name"
)


class DeclaredView(APIView):
    """A view that takes the parameters that it declares, each of another name.

    `route` is its address, below that of its noun if it has one;
    `lists` says that it answers in pages.
    """

    route: ClassVar[str]
    noun: Any = None
    lists: ClassVar[bool] = False
    parameters: ClassVar[Sequence[Filter]] = ()

    def declared(self) -> Sequence[Filter]:
        """Return the parameters of the query string."""
        return self.parameters

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        """Return what answers; raise ImproperlyConfigured if two parameters have one name."""
        names = Counter(parameter.name for parameter in cls(**initkwargs).declared())
        for name in (name for name, number in names.items() if number > 1):
            raise ImproperlyConfigured(TWICE.format(cls.__name__, name))
        return super().as_view(**initkwargs)
