"""The main pages of the admin, by what an analyst would call them."""

from collections.abc import Iterator
from io import BytesIO


def pages() -> Iterator[tuple[str, str]]:
    """Yield the name and the address of each page, of records that every generated desk has."""
    from tracker.models import ChangeSet, Edition, Stance, StanceCitation

    stance = Stance.objects.order_by("-version", "pk")[0]
    source = StanceCitation.objects.filter(stance=stance).values_list("source", flat=True)[0]
    imported = ChangeSet.objects.filter(channel="import").order_by("-made_at")[0]
    edition = Edition.objects.get(number=1)
    stances, record = "/admin/tracker/stance/", f"/admin/tracker/stance/{stance.pk}"
    yield "first page", "/admin/"
    yield "stances", stances
    yield "stances, page 20", f"{stances}?p=20"
    yield "stances of China", f"{stances}?actor__exact=1"
    yield "stances, by actor", f"{stances}?o=1"
    yield "stances on an issue and below", f"{stances}?issue__exact=1&below=on"
    yield "stances on a day", f"{stances}?period=2019-03-01"
    yield "stances, unconfirmed for a year", f"{stances}?attention=unconfirmed"
    yield "stances in review", f"{stances}?status=in_review"
    yield "stances, changed", f"{stances}?status=changed"
    yield "stances, searched", f"{stances}?q=china+sanctions"
    yield "stances, nothing found", f"{stances}?q=xyzzyq"
    yield "sources", "/admin/tracker/source/"
    yield "sources, searched", "/admin/tracker/source/?q=institute+report"
    yield "actors", "/admin/tracker/actor/"
    yield "issues", "/admin/tracker/issue/"
    yield "sources without a copy", "/admin/tracker/source/?archive=none"
    yield "moving an issue", "/admin/tracker/issue/25/move/"
    yield "importing", "/admin/import/"
    yield "5,000 rows before their import", f"/admin/import/{upload()}/"
    yield "a new stance", f"{stances}add/"
    yield "form of a stance", f"{record}/change/"
    yield "its review", f"{record}/review/"
    yield "its history", f"{record}/history/"
    yield "its first version", f"{record}/version/1/"
    yield "form of a source", f"/admin/tracker/source/{source}/change/"
    yield "form of China", "/admin/tracker/actor/1/change/"
    yield "merging China", "/admin/tracker/actor/1/merge/"
    yield "searching a source", autocomplete("stancecitation", "source", "institute")
    yield "searching an actor", autocomplete("stance", "actor", "china")
    yield "waiting for review", "/admin/review/waiting/"
    yield "my drafts", "/admin/review/drafts/"
    yield "change sets", "/admin/tracker/changeset/"
    yield "change sets, by reason", "/admin/tracker/changeset/?q=again"
    yield "a change set", f"/admin/tracker/changeset/{imported.pk}/change/"
    yield "deleted records", "/admin/tracker/changeset/deleted/"
    yield "editions", "/admin/tracker/edition/"
    yield "edition 1", f"/admin/tracker/edition/{edition.pk}/change/"


def upload() -> int:
    """Return the upload of 5,000 new actors, by whoever looks at it."""
    from django.contrib.auth import get_user_model

    from tracker.desk.imports import receive
    from tracker.models import Upload

    received = Upload.objects.first()
    if received is None:
        rows = "slug,kind,name\n" + "".join(
            f"somebody-{n},person,Somebody {n}\n" for n in range(5000)
        )
        person = get_user_model().objects.get(username="administrators")
        received = receive(name="actors.csv", file=BytesIO(rows.encode()), made_by=person.pk)
    return received.pk


def autocomplete(model: str, field: str, term: str) -> str:
    """Return the address at which a searching select asks."""
    return (
        f"/admin/autocomplete/?app_label=tracker&model_name={model}&field_name={field}&term={term}"
    )
