"""Lists that count no further than anybody pages: what is beyond is found by filters."""

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db import models
from django.utils.functional import cached_property

if TYPE_CHECKING:
    _Paginator = Paginator[models.Model]
else:
    _Paginator = Paginator

AT_MOST = 10_000


class BoundedPaginator(_Paginator):
    """Pages of a list, of which the first `AT_MOST` rows are counted and shown."""

    object_list: "models.QuerySet[models.Model]"

    @cached_property
    def count(self) -> int:
        """Return how many rows there are, up to the bound; PostgreSQL stops there."""
        return self.object_list.order_by()[:AT_MOST].count()

    @property
    def is_cut(self) -> bool:
        """Say whether there may be more than what is counted."""
        return self.count >= AT_MOST
