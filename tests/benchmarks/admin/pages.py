"""The main pages of the admin, by what an analyst would call them."""

from collections.abc import Iterator


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
    yield "stances of China", f"{stances}?actor__id__exact=1"
    yield "stances in review", f"{stances}?status=in_review"
    yield "stances, changed", f"{stances}?status=changed"
    yield "stances, searched", f"{stances}?q=china+sanctions"
    yield "stances, nothing found", f"{stances}?q=xyzzyq"
    yield "sources", "/admin/tracker/source/"
    yield "sources, searched", "/admin/tracker/source/?q=institute+report"
    yield "actors", "/admin/tracker/actor/"
    yield "issues", "/admin/tracker/issue/"
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


def autocomplete(model: str, field: str, term: str) -> str:
    """Return the address at which a searching select asks."""
    return f"/admin/autocomplete/?app_label=tracker&model_name={model}&field_name={field}&term={term}"
