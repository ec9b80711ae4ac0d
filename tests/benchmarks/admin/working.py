"""What people did at the generated desk: edits by hand, work in review, comments, editions."""

from random import Random

from tests.benchmarks.editions import phase

EDITIONS, EDITED, SUBMITTED = 40, 300, 200


def people() -> dict[str, int]:
    """Make one analyst and one administrator, who may do everything; return their ids by group."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group

    keys = {}
    for group in ("analysts", "administrators"):
        person = get_user_model().objects.create_user(username=group, password=None, is_staff=True)
        person.groups.add(Group.objects.get(name=group))
        keys[group] = person.pk
    return keys


def work(seed: int) -> dict[str, int]:
    """Publish everything, then some of it again, edit stances one by one,
    and put some up for review.
    """
    from tracker import history
    from tracker.models import Stance
    from tracker.publishing import review
    from tracker.publishing.publish import Chosen
    from tracker.values.nouns import Noun
    from tracker.values.vocabularies import Channel

    phase("first")
    phase("on", EDITIONS, seed)
    team, random = people(), Random(seed)
    edited = random.sample(range(1, Stance.objects.count() + 1), EDITED)
    for number, pk in enumerate(edited):
        with history.changeset(
            made_by=team["analysts"], reason=f"Read again {number}", channel=Channel.ADMIN
        ):
            stance = Stance.objects.get(pk=pk)
            stance.summary = f"{stance.summary} Said again in {number}."
            stance.save()
        if number < SUBMITTED:
            version = Stance.objects.values_list("version", flat=True).get(pk=pk)
            with history.changeset(made_by=team["analysts"], reason="", channel=Channel.ADMIN):
                review.submit(records=[Chosen(Noun.STANCE, pk, version)], text="Please read")
    return team
