"""Votes: what their tally may say, one ballot per actor, and symbols in both spellings."""

import pytest
from django.db import connection

from tests.factories import BallotFactory, IssueFactory, VoteFactory
from tests.models.rows import refused, write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "tally", [{"tally_yes": 9}, {"tally_yes": 9, "tally_no": 3}, {"tally_absent": 1}], ids=lambda tally: " ".join(tally)
)
def test_a_tally_counts_yes_no_and_abstentions_or_nothing(by, tally):
    with refused("vote_tally_is_whole"):
        write(by, VoteFactory(citations=[]), **tally)
    write(by, VoteFactory(citations=[]), tally_yes=9, tally_no=3, tally_abstain=3)
    write(by, VoteFactory(citations=[]), tally_yes=9, tally_no=3, tally_abstain=3, tally_absent=0)


def test_a_yes_means_something_for_an_issue_only(by):
    with refused("vote_says_of_which_issue"):
        write(by, VoteFactory(citations=[]), yes_means="supports")
    write(by, VoteFactory(citations=[]), yes_means="opposes", issue_id=IssueFactory().pk)


def test_an_actor_casts_one_ballot(by):
    first = BallotFactory()
    other = BallotFactory(vote=first.vote)

    with refused("ballot_once_a_vote"):
        write(by, other, actor_id=first.actor_id)


def test_several_votes_share_a_symbol(by):
    write(by, VoteFactory(citations=[]), symbol=VoteFactory(symbol="A/RES/66/253").symbol)


@pytest.mark.parametrize(
    ("symbol", "spellings"),
    [
        ("A/RES/2752(XXVI)", ["A/RES/2752(XXVI)", "R/26/2752"]),
        ("A/RES/2752 (XXVI)", ["A/RES/2752 (XXVI)", "R/26/2752"]),
        ("R/26/2752", ["R/26/2752", "A/RES/2752(XXVI)"]),
        ("R/30/3379", ["R/30/3379", "A/RES/3379(XXX)"]),
        ("R/31/6", ["R/31/6", "A/RES/31/6"]),
        ("A/RES/66/253", ["A/RES/66/253", "R/66/253"]),
        ("R/66/54L", ["R/66/54L", "A/RES/66/54L"]),
        ("A/RES/48/208/I", ["A/RES/48/208/I", "R/48/208/I"]),
        ("A/RES/1(XXXX)", ["A/RES/1(XXXX)"]),
        ("S/2019/186", ["S/2019/186"]),
        ("", []),
        (None, []),
    ],
)
def test_a_symbol_of_the_general_assembly_has_two_spellings(symbol, spellings):
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.spellings(%s)", [symbol])
        assert cursor.fetchone() == (spellings,)
