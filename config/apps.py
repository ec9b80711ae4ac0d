"""The project as an installed app."""

from importlib import import_module

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """What holds with the desk and without it: checks of the settings."""

    name = "config"

    def ready(self) -> None:
        """Register the checks."""
        import_module("config.checks")
