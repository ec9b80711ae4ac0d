"""The tree of issues as it would be: no issue may come to be its own ancestor."""

from tracker.models import Issue
from tracker.services.imports.references import SurveyedReferences
from tracker.services.imports.survey import Survey
from tracker.services.records.references import Key
from tracker.values.nouns import Noun
from tracker.values.problems import Place, Problem

OWN_ANCESTOR = "it would be its own ancestor; choose a parent outside its subtree"  # in the words of the trigger


def check_tree(survey: Survey, references: SurveyedReferences) -> None:
    """Tell the survey's faults of every issue whose parent, as the files have it, would be below it."""
    described = survey.said.parent
    if not any(described.values()):
        return
    keys = {record: Key(Noun.ISSUE, slug) for record, slug in described.items() if slug}
    references.learn(keys.values())
    parents: dict[int, int | None] = dict(Issue.objects.values_list("pk", "parent_id"))
    parents |= dict.fromkeys(described)
    parents |= {record: found[0] for record, key in keys.items() if (found := references.find(key))}
    for record in _in_circles(parents, keys):
        place = survey.place(Noun.ISSUE, record)
        if place:
            table, line = place
            slug, at = described[record], Place(table.name, line)
            survey.faults.add(Problem("invalid", OWN_ANCESTOR, ("parent",), value=slug, place=at))


def _in_circles(parents: dict[int, int | None], records: dict[int, Key]) -> list[int]:
    """Return which of `records` come back to themselves."""
    found = []
    for record in records:
        above, passed = parents.get(record), {record}
        while above is not None and above not in passed:
            passed.add(above)
            above = parents.get(above)
        if above == record:
            found.append(record)
    return found
