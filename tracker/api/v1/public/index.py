"""What is here: the entry to the API."""

from django.http import HttpResponse
from rest_framework.request import Request

from tracker.api.answers import answer, as_json, of_edition
from tracker.api.views import PublicView
from tracker.schema.records import CLAIMS
from tracker.values.nouns import Noun

HERE = [*(noun.plural for noun in Noun), "editions", "changes", "releases", "codebook", "schema", "docs"]
LINKS = {name: f"/api/v1/{name}/" for name in HERE}
RECORDS = [
    {"resource": noun.plural, "url": LINKS[noun.plural] + ("?standing=any" if noun in CLAIMS else "")} for noun in Noun
]


class Index(PublicView):
    """List what is here, with links."""

    answers = "Index"

    def get(self, request: Request) -> HttpResponse:
        """Answer the list of addresses and the number of the latest edition."""
        found = self.query(request).answering()
        return answer(
            as_json({"edition": found.latest, **LINKS, "records": RECORDS}),
            on=of_edition(found.number, found.stamp),
            edition=found.latest,
        )
