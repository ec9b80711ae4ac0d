"""Editions after the first dataset, each of another kind."""

from django.conf import settings
from django.db import connection, transaction

from tests.factories import ActorFactory
from tests.public.api.publishing import edit, merge, publish, retract
from tracker.models import Actor, Alignment, Issue, Meeting, Source, Stance
from tracker.values.nouns import Noun

MOMENTS = {3: "09:00", 4: "10:00", 5: "11:00", 6: "12:00"}


def publish_later() -> None:
    """Publish editions 3 to 6:
    a renaming, a second reading of one record of each noun, a retraction, a merging.
    """
    turkey = Actor.objects.get(slug="turkey")
    publish(edit(turkey, slug="turkiye", name="Türkiye"), note="Turkey is called Türkiye")
    double = ActorFactory(
        ref="actor-isis", slug="isis", kind="armed_group", name="ISIS", summary="Fighters in Asia."
    )
    stance = Stance.objects.get(ref="stance-russia-maduro-government-hedged")
    reasons = {(Noun.STANCE, stance.pk): "The source itself is less sure."}
    publish(double, *_read_again(), note="A second reading", reasons=reasons)
    retract(
        Meeting.objects.get(ref="meeting-bahrain-conference-2019"),
        note="Not about China and Russia",
    )
    merge(double, into=Actor.objects.get(slug="islamic-state"))
    _set_moments()


def _read_again() -> list[Issue | Actor | Source | Stance | Alignment | Meeting]:
    return [
        edit(
            Issue.objects.get(slug="venezuela"),
            summary="The crisis around Nicolás Maduro’s government.",
        ),
        edit(Actor.objects.get(slug="china"), short_name="PRC"),
        edit(Source.objects.get(ref="usip-2019-06"), keywords=["China", "Russia"]),
        edit(Stance.objects.get(ref="stance-russia-maduro-government-hedged"), confidence="low"),
        edit(
            Alignment.objects.get(ref="alignment-china-russia-north-korea-sanctions-relief"),
            confidence="low",
        ),
        edit(Meeting.objects.get(ref="meeting-g20-summit-2019-06"), place="Osaka"),
    ]


def _set_moments() -> None:
    """Let the editions have moments that are always the same."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Only triggers of replicas fire then, not those that rightly refuse this.
        cursor.execute("SET LOCAL ROLE NONE; SET LOCAL session_replication_role = replica")
        for number, time in MOMENTS.items():
            moment = f"2026-11-25T{time}:00Z"
            cursor.execute(
                "UPDATE tracker_edition SET published_at = %s WHERE number = %s", [moment, number]
            )
        cursor.execute(
            f"SET LOCAL session_replication_role = origin; SET LOCAL ROLE {settings.APPLICATION}"
        )
