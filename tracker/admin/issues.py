"""Issues in the admin: the tree of matters, with the actors that count them among their core interests."""

from typing import Any

from django.contrib import admin

from tracker.admin.filters import IssueFilter
from tracker.admin.forms import RecordForm
from tracker.admin.narrowing import ORIGIN, ThemeFilter
from tracker.admin.parts import TablePart
from tracker.admin.records import RecordAdmin
from tracker.admin.standing import StatusFilter
from tracker.models import CoreInterest, Issue, Stance

OWN_ANCESTOR = "“{}” lies below this issue, so it can't be its parent; choose one outside its subtree."
KEEPS_QUESTION = "This issue has stances, which are positions on its question; keep one."


class IssueForm(RecordForm):
    """An issue: no cycles, and a question as long as there are stances on it."""

    def clean(self) -> dict[str, Any]:
        """Refuse what the rules over the tree and over stances would refuse."""
        cleaned = super().clean()
        if self.instance.pk:
            if (parent := cleaned.get("parent")) and self._lies_below(parent):
                self.add_error("parent", OWN_ANCESTOR.format(parent.title))
            if cleaned.get("question") == "" and Stance.objects.filter(issue=self.instance.pk).exists():
                self.add_error("question", KEEPS_QUESTION)
        return cleaned

    def _lies_below(self, parent: Issue) -> bool:
        above: int | None = parent.pk
        seen: set[int] = set()
        while above is not None and above not in seen:
            if above == self.instance.pk:
                return True
            seen.add(above)
            above = Issue.objects.values_list("parent", flat=True).get(pk=above)
        return False


class CoreInterestPart(TablePart):
    """An actor that counts the matter among its core interests."""

    model = CoreInterest
    autocomplete_fields = ("actor",)
    named = ("actor",)


@admin.register(Issue)
class IssueAdmin(RecordAdmin):
    """The matters on which actors take positions."""

    form = IssueForm
    inlines = (CoreInterestPart,)
    autocomplete_fields = ("parent",)
    prepopulated_fields = {"slug": ("title",)}
    list_display = ("title", "parent", "region", "has_question", "public_status")
    list_filter = (StatusFilter, "region", ThemeFilter, ("parent", IssueFilter), *ORIGIN)
    list_select_related = ("parent",)
    search_help_text = "Searches titles, questions and keys."
    ordering = ("title", "id")
    changed_together = {
        "region": (),
        "themes": (),
    }
    asked = (
        (None, {"fields": ("title", "slug", "question", "parent", "region")}),
        ("Summary and themes", {"classes": ("collapse",), "fields": ("summary", "themes")}),
    )

    @admin.display(description="Question", boolean=True)
    def has_question(self, issue: Issue) -> bool:
        """Say whether positions can be taken on it."""
        return bool(issue.question)
