"""`openapi_generator.py URL` reads every list by a client of OpenAPI Generator,
and writes what it reads.
"""

import json
import sys

import tracker_client as tracker

WHOLE = 500

client = tracker.ApiClient(tracker.Configuration(host=sys.argv[1]))
publication = tracker.PublicationApi(client)
issues: list[tracker.Issue] = tracker.IssuesApi(client).issue_list(page_size=WHOLE).results
actors: list[tracker.Actor] = tracker.ActorsApi(client).actor_list(page_size=WHOLE).results
sources: list[tracker.Source] = tracker.SourcesApi(client).source_list(page_size=WHOLE).results
stances: list[tracker.Stance] = tracker.StancesApi(client).stance_list(page_size=WHOLE).results
alignments: list[tracker.Alignment] = (
    tracker.AlignmentsApi(client).alignment_list(page_size=WHOLE).results
)
meetings: list[tracker.Meeting] = tracker.MeetingsApi(client).meeting_list(page_size=WHOLE).results
acts: list[tracker.Act] = tracker.ActsApi(client).act_list(page_size=WHOLE).results
votes: list[tracker.Vote] = tracker.VotesApi(client).vote_list(page_size=WHOLE).results
changes: list[tracker.Change] = publication.change_list(page_size=WHOLE).results
editions: list[tracker.Edition] = publication.edition_list(page_size=WHOLE).results
forecasts: list[tracker.Forecast] = publication.forecast_list(page_size=WHOLE).results
releases: list[tracker.Release] = publication.release_list(page_size=WHOLE).results
agreement: list[tracker.Agreement] = publication.agreement_list(actors=["CHN", "RUS"]).results
codebook: list[tracker.VocabularyInUse] = publication.codebook_view().vocabularies

lists = {
    "issues": [issue.to_json() for issue in issues],
    "actors": [actor.to_json() for actor in actors],
    "sources": [source.to_json() for source in sources],
    "stances": [stance.to_json() for stance in stances],
    "alignments": [alignment.to_json() for alignment in alignments],
    "meetings": [meeting.to_json() for meeting in meetings],
    "acts": [act.to_json() for act in acts],
    "votes": [vote.to_json() for vote in votes],
    "agreement": [entry.to_json() for entry in agreement],
    "changes": [change.to_json() for change in changes],
    "editions": [edition.to_json() for edition in editions],
    "forecasts": [forecast.to_json() for forecast in forecasts],
    "releases": [release.to_json() for release in releases],
    "codebook": [vocabulary.to_json() for vocabulary in codebook],
}
json.dump(
    {name: [json.loads(line) for line in records] for name, records in lists.items()}, sys.stdout
)
