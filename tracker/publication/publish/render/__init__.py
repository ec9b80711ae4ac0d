"""From the desk to documents: a record with its parts, and the names of what it refers to, in its public form."""

from tracker.publication.publish.render.names import Names, reference_of
from tracker.publication.publish.render.record import Rendered, render

__all__ = ["Names", "Rendered", "reference_of", "render"]
