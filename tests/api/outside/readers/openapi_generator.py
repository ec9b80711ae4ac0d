"""`openapi_generator.py URL` reads every list by a client of OpenAPI Generator, and writes what it reads."""

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
alignments: list[tracker.Alignment] = tracker.AlignmentsApi(client).alignment_list(page_size=WHOLE).results
meetings: list[tracker.Meeting] = tracker.MeetingsApi(client).meeting_list(page_size=WHOLE).results
votes: list[tracker.Vote] = tracker.VotesApi(client).vote_list(page_size=WHOLE).results
changes: list[tracker.Change] = publication.change_list(page_size=WHOLE).results
editions: list[tracker.Edition] = publication.edition_list(page_size=WHOLE).results
releases: list[tracker.Release] = publication.release_list(page_size=WHOLE).results
agreement: list[tracker.Agreement] = publication.agreement_list(actors=["CHN", "RUS"]).results
codebook: list[tracker.VocabularyInUse] = publication.codebook_view().vocabularies

lists = {
    "issues": [one.to_json() for one in issues],
    "actors": [one.to_json() for one in actors],
    "sources": [one.to_json() for one in sources],
    "stances": [one.to_json() for one in stances],
    "alignments": [one.to_json() for one in alignments],
    "meetings": [one.to_json() for one in meetings],
    "votes": [one.to_json() for one in votes],
    "agreement": [one.to_json() for one in agreement],
    "changes": [one.to_json() for one in changes],
    "editions": [one.to_json() for one in editions],
    "releases": [one.to_json() for one in releases],
    "codebook": [one.to_json() for one in codebook],
}
json.dump({name: [json.loads(one) for one in records] for name, records in lists.items()}, sys.stdout)
