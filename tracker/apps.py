"""The tracker as an installed app."""

from django.apps import AppConfig


class TrackerConfig(AppConfig):
    """Everything the tracker is."""

    name = "tracker"
    verbose_name = "Tracker"
