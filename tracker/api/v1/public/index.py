"""What is here: the entry to the API."""

from django.http import HttpResponse
from rest_framework.request import Request

from tracker.api.answers import answer, as_json, of_edition
from tracker.api.views import PublicView
from tracker.values.nouns import Noun

HERE = [*(noun.plural for noun in Noun), "editions", "changes", "releases", "codebook", "schema", "docs"]


class Index(PublicView):
    """List what is here, with links."""

    answers = "Index"

    def get(self, request: Request) -> HttpResponse:
        """Answer the list of addresses and the number of the latest edition."""
        found = self.query(request).answering()
        links = {name: f"/api/v1/{name}/" for name in HERE}
        return answer(
            as_json({"edition": found.latest, **links}),
            on=of_edition(found.number, found.stamp),
            edition=found.latest,
        )
