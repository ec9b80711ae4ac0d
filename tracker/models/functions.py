"""SQL functions used as defaults of columns."""

from django.db import models
from django.db.models.functions import Now


class ClockTimestamp(Now):
    """The moment itself, where `Now` is the beginning of the transaction."""

    template = "clock_timestamp()"

    def as_postgresql(self, compiler, connection, **extra):  # type: ignore[no-untyped-def]
        """Compile as it stands: Django's `Now` would say STATEMENT_TIMESTAMP()."""
        return self.as_sql(compiler, connection, **extra)


class Today(models.Func):
    """The day that it is in UTC, as for `timezone.localdate()`,
    whatever the session's time zone.
    """

    template = "(CURRENT_TIMESTAMP AT TIME ZONE 'UTC')::date"
    output_field = models.DateField()


class CurrentTransaction(models.Func):
    """The number of the current transaction (64 bits, never reused within a cluster)."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()
