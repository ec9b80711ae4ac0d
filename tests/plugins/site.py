"""The site's files are looked for once, and not again by each of Django's test clients.

Every client loads all middleware anew, and WhiteNoise then goes through some two hundred files.
"""

from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

files: dict[str, StaticFile] = {}
look = WhiteNoiseMiddleware.add_files_from_finders


def add_files_from_finders(middleware: WhiteNoiseMiddleware) -> None:
    """Give a middleware the files that the first one found."""
    if not files:
        look(middleware)
        files.update(middleware.files)
    middleware.files.update(files)


WhiteNoiseMiddleware.add_files_from_finders = add_files_from_finders
