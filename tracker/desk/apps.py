"""The desk as an installed app: its templates, static files and commands. It has no models."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """All that edits."""

    name = "tracker.desk"
