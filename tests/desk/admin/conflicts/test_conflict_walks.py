"""Two sides edit one record at random: what is saved is what each of them did, or, where they disagree, the choice."""

from random import Random

import pytest

from tests.desk.admin.conflicts.test_conflicts import address, again
from tests.factories import StanceFactory
from tests.publishing.acts import changeset
from tracker.history.three_way import Side, ThreeWay
from tracker.models import Stance

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FIELDS = {
    "position": ("supports", "opposes", "neutral"),
    "confidence": ("moderate", "high", "low"),
    "summary": ("It was.", "It was theirs.", "It was mine."),
    "until": ("", "2021", "2022"),
    "hedged": (False, True, False),
}
LOCATORS = ("p. 1", "p. 1, theirs", "p. 1, mine", None)  # None: removed


def chosen(random, seen, theirs, mine):
    """Return what somebody chooses, and what must be saved."""
    side = random.choice(list(Side))
    value = ThreeWay(seen, theirs, mine)
    if value.is_disputed:
        return side, theirs if side is Side.THEIRS else mine
    return side, mine if value.saves_mine else theirs


def type_in(form, fields, locators):
    """Return a form as somebody sends it who types these fields and locators, or ticks a citation to be deleted."""
    typed = form | {name: value for name, value in fields.items() if value is not False}
    typed |= {name: "on" for name, value in fields.items() if value is True}
    for place, locator in enumerate(locators):
        removed = {f"citations-{place}-DELETE": "on"}
        typed |= removed if locator is None else {f"citations-{place}-locator": locator}
    return typed


def edit(stance, fields, locators):
    """Do the same past the admin."""
    with changeset():
        Stance.objects.filter(pk=stance.pk).update(**fields)
        for part, locator in zip(stance.citations.order_by("pk"), locators, strict=True):
            rows = stance.citations.filter(pk=part.pk)
            _ = rows.delete() if locator is None else rows.update(locator=locator)


@pytest.mark.parametrize("seed", range(10))
def test_nothing_that_only_one_side_did_is_lost(analyst, filled, seed):
    random = Random(seed)
    before = {name: terms[0] for name, terms in FIELDS.items()}
    stance = StanceFactory(citations=[{"locator": LOCATORS[0]}] * 4, **before)
    keys = list(stance.citations.order_by("pk").values_list("pk", flat=True))
    theirs, mine = ({name: random.choice(terms) for name, terms in FIELDS.items()} for _ in range(2))
    their_parts, my_parts = ([random.choice(LOCATORS) for _ in keys] for _ in range(2))
    form = type_in(filled(analyst.get(address(stance))), mine, my_parts)
    edit(stance, theirs, their_parts)

    page = analyst.post(address(stance), form)
    sides = {name: chosen(random, before[name], theirs[name], mine[name]) for name in FIELDS}
    parts = {
        key: chosen(random, LOCATORS[0], *both)
        for key, both in zip(keys, zip(their_parts, my_parts, strict=True), strict=True)
    }
    choices = {f"choice-{name}": side for name, (side, _) in sides.items()}
    choices |= {f"choice-citations:{key}": side for key, (side, _) in parts.items()}
    assert analyst.post(address(stance), again(page, filled, **choices)).status_code == 302

    saved = Stance.objects.get()
    locators = [locator for _, locator in parts.values() if locator is not None]
    assert {name: getattr(saved, name) for name in FIELDS} == {name: value for name, (_, value) in sides.items()}
    assert sorted(saved.citations.values_list("locator", flat=True)) == sorted(locators)
