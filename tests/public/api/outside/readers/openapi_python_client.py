"""`openapi_python_client.py URL` reads every list by a client of openapi-python-client,
and writes what it reads.
"""

import json
import sys
from typing import TypeVar

from tracker_client import Client, models
from tracker_client.api.actors import actor_list
from tracker_client.api.acts import act_list
from tracker_client.api.alignments import alignment_list
from tracker_client.api.issues import issue_list
from tracker_client.api.meetings import meeting_list
from tracker_client.api.publication import (
    agreement_list,
    change_list,
    codebook_view,
    edition_list,
    forecast_list,
    release_list,
)
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
issues: list[models.Issue] = good(
    issue_list.sync(client=client, page_size=WHOLE), models.IssuePage
).results
actors: list[models.Actor] = good(
    actor_list.sync(client=client, page_size=WHOLE), models.ActorPage
).results
sources: list[models.Source] = good(
    source_list.sync(client=client, page_size=WHOLE), models.SourcePage
).results
stances: list[models.Stance] = good(
    stance_list.sync(client=client, page_size=WHOLE), models.StancePage
).results
alignments: list[models.Alignment] = good(
    alignment_list.sync(client=client, page_size=WHOLE), models.AlignmentPage
).results
meetings: list[models.Meeting] = good(
    meeting_list.sync(client=client, page_size=WHOLE), models.MeetingPage
).results
acts: list[models.Act] = good(act_list.sync(client=client, page_size=WHOLE), models.ActPage).results
votes: list[models.Vote] = good(
    vote_list.sync(client=client, page_size=WHOLE), models.VotePage
).results
changes: list[models.Change] = good(
    change_list.sync(client=client, page_size=WHOLE), models.ChangePage
).results
editions: list[models.Edition] = good(
    edition_list.sync(client=client, page_size=WHOLE), models.EditionPage
).results
forecasts: list[models.Forecast] = good(
    forecast_list.sync(client=client, page_size=WHOLE), models.Forecasts
).results
releases: list[models.Release] = good(
    release_list.sync(client=client, page_size=WHOLE), models.ReleasePage
).results
agreement: list[models.Agreement] = good(
    agreement_list.sync(client=client, actors=["CHN", "RUS"]), models.Agreements
).results
codebook: list[models.VocabularyInUse] = good(
    codebook_view.sync(client=client), models.Codebook
).vocabularies

lists = {
    "issues": [issue.to_dict() for issue in issues],
    "actors": [actor.to_dict() for actor in actors],
    "sources": [source.to_dict() for source in sources],
    "stances": [stance.to_dict() for stance in stances],
    "alignments": [alignment.to_dict() for alignment in alignments],
    "meetings": [meeting.to_dict() for meeting in meetings],
    "acts": [act.to_dict() for act in acts],
    "votes": [vote.to_dict() for vote in votes],
    "agreement": [entry.to_dict() for entry in agreement],
    "changes": [change.to_dict() for change in changes],
    "editions": [edition.to_dict() for edition in editions],
    "forecasts": [forecast.to_dict() for forecast in forecasts],
    "releases": [release.to_dict() for release in releases],
    "codebook": [vocabulary.to_dict() for vocabulary in codebook],
}
json.dump(lists, sys.stdout)
