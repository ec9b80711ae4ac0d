"""`openapi_python_client.py URL` reads every list by a client of openapi-python-client, and writes what it reads."""

import json
import sys
from typing import TypeVar

from tracker_client import Client, models
from tracker_client.api.actors import actor_list
from tracker_client.api.alignments import alignment_list
from tracker_client.api.issues import issue_list
from tracker_client.api.meetings import meeting_list
from tracker_client.api.publication import agreement_list, change_list, codebook_view, edition_list, release_list
from tracker_client.api.sources import source_list
from tracker_client.api.stances import stance_list
from tracker_client.api.votes import vote_list

T = TypeVar("T")
WHOLE = 500


def good(response: object, kind: type[T]) -> T:
    """Return an answer, which must be of this kind."""
    assert isinstance(response, kind), response
    return response


client = Client(base_url=sys.argv[1])
issues: list[models.Issue] = good(issue_list.sync(client=client, page_size=WHOLE), models.IssuePage).results
actors: list[models.Actor] = good(actor_list.sync(client=client, page_size=WHOLE), models.ActorPage).results
sources: list[models.Source] = good(source_list.sync(client=client, page_size=WHOLE), models.SourcePage).results
stances: list[models.Stance] = good(stance_list.sync(client=client, page_size=WHOLE), models.StancePage).results
alignments: list[models.Alignment] = good(
    alignment_list.sync(client=client, page_size=WHOLE), models.AlignmentPage
).results
meetings: list[models.Meeting] = good(meeting_list.sync(client=client, page_size=WHOLE), models.MeetingPage).results
votes: list[models.Vote] = good(vote_list.sync(client=client, page_size=WHOLE), models.VotePage).results
changes: list[models.Change] = good(change_list.sync(client=client, page_size=WHOLE), models.ChangePage).results
editions: list[models.Edition] = good(edition_list.sync(client=client, page_size=WHOLE), models.EditionPage).results
releases: list[models.Release] = good(release_list.sync(client=client, page_size=WHOLE), models.ReleasePage).results
agreement: list[models.Agreement] = good(
    agreement_list.sync(client=client, actors=["CHN", "RUS"]), models.Agreements
).results
codebook: list[models.VocabularyInUse] = good(codebook_view.sync(client=client), models.Codebook).vocabularies

lists = {
    "issues": [one.to_dict() for one in issues],
    "actors": [one.to_dict() for one in actors],
    "sources": [one.to_dict() for one in sources],
    "stances": [one.to_dict() for one in stances],
    "alignments": [one.to_dict() for one in alignments],
    "meetings": [one.to_dict() for one in meetings],
    "votes": [one.to_dict() for one in votes],
    "agreement": [one.to_dict() for one in agreement],
    "changes": [one.to_dict() for one in changes],
    "editions": [one.to_dict() for one in editions],
    "releases": [one.to_dict() for one in releases],
    "codebook": [one.to_dict() for one in codebook],
}
json.dump(lists, sys.stdout)
