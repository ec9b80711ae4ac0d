"""Sources as readers see them."""

from typing import Any

from tracker.models import Source
from tracker.publication.render.names import Names
from tracker.publication.render.parts import vague
from tracker.schema import records as public
from tracker.values.csl import SourceType
from tracker.values.periods import Days
from tracker.values.vocabularies import Outlet, Reliability


def shape(source: Source, parts: Any, names: Names) -> public.Source:
    """Return the source in its public form."""
    return public.Source(
        id=source.pk,
        ref=source.ref,
        type=SourceType(source.type),
        title=source.title,
        authors=source.authors,
        publisher=source.publisher or None,
        container_title=source.container_title or None,
        issued=vague(source.issued, source.issued_earliest, source.issued_latest),
        url=source.url or None,
        archive_url=source.archive_url or None,
        accessed_on=source.accessed_on,
        language=source.language or None,
        keywords=source.keywords,
        outlet=Outlet(source.outlet),
        reliability=Reliability(source.reliability) if source.reliability else None,
    )


def columns(source: Source, parts: Any) -> dict[str, Any]:
    """Return what sources are filtered and sorted by."""
    return {
        "sort": source.title.casefold(),
        "type": source.type,
        "publisher": source.publisher,
        "outlet": source.outlet,
        "language": source.language,
        "issued": str(Days(source.issued_earliest, source.issued_latest)) if source.issued else None,
    }
