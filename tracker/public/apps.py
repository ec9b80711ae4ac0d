"""The public tower as an installed app: its templates, static files and commands. It has no models."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """What readers get."""

    name = "tracker.public"
