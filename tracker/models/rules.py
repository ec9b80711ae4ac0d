"""The rules of the publication:
what documents must be in every edition, by themselves and beside others.

Each is said once, here: a query that finds what breaks it in one edition, and its words. It is read

- by the database, when an edition commits (`check_rules`, which is made of this file;
  `prove_edition` calls it);
- by publishing, which asks it of what is staged, so as to tell of all records at once, in words;
- by `verify`, which asks it of each edition in the text that held then.

A query yields the record, the other record that it is about, and parameters of the words; the last
two may be null. `others` among the parameters are records, where it is about several. It names
relations:

- `{stance}`, `{issue}` …: the documents that are live in the edition;
- `{opened_stance}` …: of these, those that the edition opens;
- `{changed_stance}` …: of these, those whose own content it changes, so none that only calls others
  by new names;
- `{past_actor}` …: all documents that opened up to the edition;
- `{day_stance}` …: of the edition, its `day` (UTC), whatever the noun.

By these it also says of which documents it is asked: of those whose own content an edition changes,
and of those whose premise it changes, where it looks for these. `docs/development/rules.md` tells
how a rule is added, changed, given up.
"""

import dataclasses
from collections.abc import Callable, Mapping

from django.db import models
from django.db.migrations import RunSQL
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

from tracker.models.append_only import linked
from tracker.models.constraints import NEEDS_LIKELIHOOD
from tracker.models.editions import LOCK
from tracker.models.functions import ClockTimestamp
from tracker.models.rule import Rule, digest_of, relations_in
from tracker.schema.acts import MOST_QUOTED
from tracker.values.nouns import Noun

DEFERS_TO_ANOTHER = "choose another actor than the one whose stance it is"
OF_TWO_ACTORS = "choose another actor than the first"


def _cited(noun: Noun, condition: str = "true") -> Rule:
    return Rule(
        code=f"{noun}_cites_a_source",
        noun=noun,
        field="citations",
        message="a published claim, held meeting, done act or vote cites at least one source, "
        "with a locator or a quote",
        text=f"""
            SELECT record, NULL::int, NULL FROM {{changed_{noun}}} d
            WHERE {condition} AND NOT jsonb_path_exists(
                body::jsonb, '$.citations[*] ? (@.locator != null || @.quote != null)'
            )
        """,
    )


def _likely(noun: Noun) -> Rule:
    return Rule(
        code=f"{noun}_forecasts_have_a_likelihood",
        noun=noun,
        field="likelihood",
        message=NEEDS_LIKELIHOOD,
        remedy="choose a likelihood, or another basis",
        text=f"""
            SELECT record, NULL::int, NULL FROM {{changed_{noun}}} d
            WHERE (basis = 'forecast') = (body::json ->> 'likelihood' IS NULL)
        """,
    )


def _one_accepted_at_once(noun: Noun, same: str, among: str, but: str = "") -> Rule:
    text = f"""
        SELECT c.record, o.record, NULL FROM {{opened_{noun}}} c JOIN {{{noun}}} o
        ON {same} AND o.standing = 'accepted' AND o.asserted && c.asserted AND o.record <> c.record
        WHERE c.standing = 'accepted'
    """
    # Asked of whatever opens: when records are merged,
    # claims become rivals that say what they said.
    return Rule(
        code=f"{noun}_one_accepted_at_once",
        noun=noun,
        field="standing",
        concerned=noun,
        message=f"{{0}} is accepted for {among} on days of the same period",
        remedy="end one before the other begins, or mark one as contested",
        text=text + but,
        superseded=(text,) if but else (),
    )


# Of a document under an alias:
# that it has a resolution, which most claims haven't, and what this says.
HAS_RESOLUTION = """position('"resolutions":[{{{{' IN {0}.body) > 0"""
RESOLUTION = "({0}.body::json #> '{{{{resolutions,0}}}}')"
FROZEN = ("question", "criteria", "opens", "due", "retrospective")


def _resolution_of_a_forecast(noun: Noun) -> Rule:
    return Rule(
        code=f"{noun}_resolution_is_of_a_forecast",
        noun=noun,
        field="resolutions",
        message="only a forecast has a resolution",
        remedy="take it out, or choose “forecast” as the basis",
        text=f"""
            SELECT record, NULL::int, NULL FROM {{changed_{noun}}} d
            WHERE basis <> 'forecast' AND {HAS_RESOLUTION.format("d")}
        """,
    )


def _resolution_stays(noun: Noun) -> Rule:
    """Return the rule that nobody moves the goal:
    what is asked, until when, and how likely it was if it is scored.
    """
    now, was = (", ".join(f"{of} ->> '{name}'" for name in FROZEN) for of in ("now", "was"))
    return Rule(
        code=f"{noun}_resolution_stays",
        noun=noun,
        field="resolutions",
        message=(
            "readers have seen its question, criteria, days, likelihood, and whether it is "
            "retrospective: these stay as they were"
        ),
        remedy="put them back; what is expected otherwise is another claim",
        text=f"""
            SELECT DISTINCT d.record, NULL::int, NULL::jsonb FROM {{changed_{noun}}} d
            JOIN {{past_{noun}}} p ON p.record = d.record
            CROSS JOIN LATERAL (SELECT {RESOLUTION.format("d")}, {RESOLUTION.format("p")}) r (now, was)
            WHERE {HAS_RESOLUTION.format("d")} AND {HAS_RESOLUTION.format("p")} AND (
                ({now}) <> ({was}) OR was ->> 'retrospective' = 'false'
                AND d.body::json ->> 'likelihood' <> p.body::json ->> 'likelihood'
            )
        """,
    )


def _resolution_comes_first(noun: Noun) -> Rule:
    # What is asked was public before it was decided and before its due day, or isn't scored:
    # an earlier document with a resolution is one of at least two.
    return Rule(
        code=f"{noun}_resolution_comes_first",
        noun=noun,
        field="resolutions",
        message=(
            "what is asked was not public before its due day ({due}), and as open before it was "
            "decided"
        ),
        remedy="mark it as retrospective: it is shown then, and never scored",
        text=f"""
            SELECT d.record, NULL::int, jsonb_build_object('due', now ->> 'due') FROM {{changed_{noun}}} d
            CROSS JOIN LATERAL (SELECT {RESOLUTION.format("d")}) r (now) CROSS JOIN {{day_{noun}}} edition
            CROSS JOIN LATERAL (
                SELECT count(*), count(*) FILTER (WHERE {RESOLUTION.format("p")} ->> 'outcome' = 'open')
                FROM {{past_{noun}}} p WHERE p.record = d.record AND {HAS_RESOLUTION.format("p")}
            ) past (times, open)
            WHERE {HAS_RESOLUTION.format("d")} AND now ->> 'retrospective' = 'false'
            AND (past.open = 0 OR past.times = 1 AND (now ->> 'due')::date < edition.day)
        """,
    )


def _resolution_source_is_no_older(noun: Noun) -> Rule:
    # Asked of claims alone: the date of a source may be corrected without them.
    return Rule(
        code=f"{noun}_resolution_source_is_no_older",
        noun=noun,
        field="resolutions",
        message="the source is older than the forecast: it appeared by {issued}, "
        "and the first day that counts is {opens}",
        remedy="name a source of that day or later, or correct the date of the source",
        text=f"""
            SELECT d.record, NULL::int,
                jsonb_build_object('issued', upper(s.issued) - 1, 'opens', now ->> 'opens')
            FROM {{changed_{noun}}} d
            CROSS JOIN LATERAL (SELECT {RESOLUTION.format("d")}) r (now)
            JOIN {{source}} s ON s.record = (now -> 'source' ->> 'id')::int
            WHERE {HAS_RESOLUTION.format("d")} AND upper(s.issued) <= (now ->> 'opens')::date
        """,
    )


HELD_ALREADY = (
    _cited(Noun.STANCE, "position <> 'no_evidence'"),
    _cited(Noun.ALIGNMENT),
    _cited(Noun.MEETING, "status = 'held'"),
    _cited(Noun.VOTE),
    _likely(Noun.STANCE),
    _likely(Noun.ALIGNMENT),
    # That nothing was found is of the day on which one looked.
    _one_accepted_at_once(
        Noun.STANCE,
        "o.issue = c.issue AND o.actor = c.actor",
        "the same actor and issue",
        but="AND 'no_evidence' NOT IN (c.position, o.position)",
    ),
    _one_accepted_at_once(
        Noun.ALIGNMENT,
        "o.issue = c.issue AND least(o.actor, o.counterpart) = least(c.actor, c.counterpart) "
        "AND greatest(o.actor, o.counterpart) = greatest(c.actor, c.counterpart)",
        "the same pair and issue",
    ),
    # Of whatever opens: records that are merged may be both
    # sides of a claim that says what it said.
    Rule(
        code="stance_defers_to_another",
        noun=Noun.STANCE,
        field="defers_to",
        message=DEFERS_TO_ANOTHER,
        text="SELECT record, NULL::int, NULL FROM {opened_stance} d WHERE defers_to = actor",
    ),
    Rule(
        code="alignment_is_of_two_actors",
        noun=Noun.ALIGNMENT,
        field="counterpart",
        message=OF_TWO_ACTORS,
        text="SELECT record, NULL::int, NULL FROM {opened_alignment} d WHERE counterpart = actor",
    ),
    Rule(
        code="stance_issue_has_a_question",
        noun=Noun.STANCE,
        field="issue",
        concerned=Noun.ISSUE,
        message="a grouping issue has no question to take a position on",
        remedy=(
            "publish {0} with a question, or this as it is at the desk now, or withdraw this first"
        ),
        desk={
            "issue": "choose one below it, or give it a question",
            "question": "give it a question, or move or delete {others}{more} first",
        },
        text="""
            SELECT s.record, i.record, NULL FROM {opened_stance} s JOIN {issue} i ON i.record = s.issue
            WHERE NOT i.has_question
            UNION
            SELECT s.record, i.record, NULL FROM {opened_issue} i JOIN {stance} s ON s.issue = i.record
            WHERE NOT i.has_question
        """,
    ),
    Rule(
        code="issue_is_not_its_own_ancestor",
        noun=Noun.ISSUE,
        field="parent",
        message="this issue would be its own ancestor",
        remedy=(
            "choose a parent outside its subtree; if one was moved at the desk, publish both "
            "together"
        ),
        desk={"parent": "choose a parent outside its subtree"},
        text="""
            WITH RECURSIVE above (start, id) AS (
                SELECT record, parent FROM {opened_issue} i
                UNION
                SELECT a.start, i.parent FROM above a JOIN {issue} i ON i.record = a.id
            )
            SELECT start, NULL::int, NULL FROM above WHERE id = start
        """,
    ),
    Rule(
        code="vote_ballots_are_within_its_tally",
        noun=Noun.VOTE,
        field="ballots",
        message="{cast} members cast “{choice}”, and the tally counts {counted}",
        remedy="correct the ballots or the tally",
        desk={"ballots": "correct the ballots or the tally"},
        text="""
            SELECT record, NULL::int, jsonb_build_object('choice', choice, 'cast', ballots, 'counted', counted)
            FROM {changed_vote} v CROSS JOIN LATERAL (VALUES
                ('yes', cardinality(yes), tally_yes), ('no', cardinality(no), tally_no),
                ('abstain', cardinality(abstain), tally_abstain), ('absent', cardinality(absent), tally_absent)
            ) c (choice, ballots, counted)
            WHERE ballots > counted
        """,
    ),
    # Memberships are no premise that is looked at again: a vote is asked when it is published
    # itself. Actors name a body by the slug that it had then; a slug is one record's for ever.
    Rule(
        code="vote_veto_is_by_a_permanent_member",
        noun=Noun.VOTE,
        field="outcome",
        concerned=Noun.ACTOR,
        message=(
            "no permanent member is known to have voted against it, so it can’t be told as vetoed"
        ),
        remedy=(
            "add the ballot or the membership (“permanent member” of {0}), or choose another "
            "outcome"
        ),
        desk={"outcome": "add the ballot of the permanent member, or choose another outcome"},
        text="""
            SELECT v.record, b.record, NULL FROM {changed_vote} v JOIN {actor} b ON b.record = v.own_body
            WHERE v.outcome = 'vetoed' AND NOT EXISTS (
                SELECT FROM {actor} a CROSS JOIN LATERAL json_array_elements(a.body::json -> 'memberships') m
                WHERE a.record = ANY (v.no) AND lower(m ->> 'role') = 'permanent member'
                  AND m -> 'organization' ->> 'slug' IN (SELECT slug FROM {past_actor} p WHERE p.record = v.own_body)
                  AND coalesce((m -> 'since' ->> 'earliest')::date < upper(v.days), true)
                  AND coalesce((m -> 'until' ->> 'latest')::date >= lower(v.days), true)
            )
        """,
    ),
)
RULES = (
    *(dataclasses.replace(rule, from_first=True) for rule in HELD_ALREADY),
    Rule(
        code="vote_without_vote_has_no_ballots",
        noun=Noun.VOTE,
        field="ballots",
        message="{cast} members cast a ballot, and it was adopted without a vote",
        remedy="take the ballots out, or tell it as voted on",
        desk={"ballots": "take the ballots out, or tell it as voted on"},
        text="""
            SELECT record, NULL::int, jsonb_build_object('cast', cast_by)
            FROM {changed_vote} v CROSS JOIN LATERAL (
                SELECT cardinality(yes || no || abstain || absent || not_participating)
            ) b (cast_by)
            WHERE without_vote AND cast_by > 0
        """,
    ),
    _cited(Noun.ACT, "status IN ('done', 'in_force', 'ended')"),
    # Of whatever opens: of participants that are merged one is left.
    Rule(
        code="act_is_of_two_participants",
        noun=Noun.ACT,
        field="participants",
        message="an act is what two actors or more do together",
        remedy="name at least two participants",
        desk={"participants": "name at least two participants"},
        text=(
            "SELECT record, NULL::int, NULL FROM {opened_act} d WHERE cardinality(participants) < 2"
        ),
    ),
    Rule(
        code="source_is_not_its_own_origin",
        noun=Noun.SOURCE,
        field="derives_from",
        concerned=Noun.SOURCE,
        message="this source would pass itself on",
        remedy="take “derives_from” away from one of the circle {others}, and publish it as well",
        desk={"derives_from": "take “derives_from” away from one of the circle {others}"},
        text="""
            WITH RECURSIVE origins (start, id, way) AS (
                SELECT record, derives_from, ARRAY[record] FROM {opened_source} s WHERE derives_from IS NOT NULL
                UNION ALL
                SELECT o.start, s.derives_from, o.way || s.record FROM origins o JOIN {source} s ON s.record = o.id
                WHERE s.record <> ALL (o.way)
            )
            SELECT start, NULL::int, jsonb_build_object('others', way) FROM origins WHERE id = start
        """,
    ),
    # Claims are no premise that is looked at again:
    # what begins after its issue was settled reopens it.
    Rule(
        code="issue_is_settled_after_its_first_claim",
        noun=Noun.ISSUE,
        field="settled",
        message="the first claim on it begins on {first}, after it was settled",
        remedy="correct the day, or the beginning of that claim",
        desk={"settled": "correct the day, or the beginning of that claim"},
        text="""
            SELECT i.record, NULL::int, jsonb_build_object('first', c.first)
            FROM {changed_issue} i CROSS JOIN LATERAL (
                SELECT min(coalesce(lower(possible), '-infinity')) FROM (
                    SELECT possible FROM {stance} s WHERE s.issue = i.record
                    UNION ALL
                    SELECT possible FROM {alignment} a WHERE a.issue = i.record
                ) claims
            ) c (first)
            WHERE i.settled IS NOT NULL AND c.first >= upper(i.settled)
        """,
    ),
    # Of whatever opens: by a merge of sources what is quoted can become the text.
    Rule(
        code="act_quotes_little_of_its_text",
        noun=Noun.ACT,
        field="citations",
        message="of the text that was issued {most} words may be quoted; these are {words}",
        remedy="quote those that matter most",
        desk={"citations": "quote those that matter most"},
        text=f"""
            SELECT record, NULL::int, jsonb_build_object('most', {MOST_QUOTED}, 'words', words)
            FROM {{opened_act}} d CROSS JOIN LATERAL json_array_elements(body::json -> 'citations') c
            CROSS JOIN LATERAL (
                SELECT count(*) FROM regexp_split_to_table(c ->> 'quote', '\\s+') w (word) WHERE word <> ''
            ) q (words)
            WHERE c -> 'source' ->> 'id' = body::json -> 'text' ->> 'id' AND words > {MOST_QUOTED}
        """,
    ),
    *(
        rule(noun)
        for noun in (Noun.STANCE, Noun.ALIGNMENT)
        for rule in (
            _resolution_of_a_forecast,
            _resolution_stays,
            _resolution_comes_first,
            _resolution_source_is_no_older,
        )
    ),
)
BY_CODE: Mapping[str, Rule] = {rule.code: rule for rule in RULES}

# Of `opened`, `changed`, `past`, `day` or "", and a noun: what stands for it.
Relation = Callable[[str, Noun], Composable]
IN_EDITION = {
    "": "(SELECT * FROM {documents} WHERE opened <= {made} AND gone > {made})",
    "opened": "(SELECT * FROM {documents} WHERE {opens})",
    "changed": """(SELECT * FROM {documents} n WHERE {opens} AND NOT EXISTS (
        SELECT FROM public.tracker_change WHERE edition = {made} AND noun = {noun} AND record = n.record
        AND operation = 'renamed'
    ))""",
    "past": "(SELECT * FROM {documents} WHERE opened <= {made})",
    "day": (
        "(SELECT (published_at AT TIME ZONE 'UTC')::date AS day FROM public.tracker_edition "
        "WHERE number = {made})"
    ),
}
# What opens when an edition commits. Of such a range PostgreSQL expects one row in two hundred
# whatever it has counted, of what is live one in nine: so it begins with what opens. Of `opened =
# made` it may expect all rows.
OPENS_NOW = SQL("opened BETWEEN made AND made")
# Each row is looked up by its index, and of several tables in the order in which they are named:
# so one plan does for any number of rows.
PLANS = {
    **dict.fromkeys(
        ["enable_seqscan", "enable_hashjoin", "enable_mergejoin", "enable_memoize"], "off"
    ),
    **dict.fromkeys(["join_collapse_limit", "from_collapse_limit"], "1"),
}
FUNCTION = """
CREATE OR REPLACE FUNCTION public.check_rules(made int) RETURNS void
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan {plans} SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    bad record;
BEGIN{checks}
END $$;
"""
# The first row is taken. A LIMIT would ask for the plan that finds one soonest, which reads a whole
# index in order; and mostly there is none to be found.
CHECK = """
    SELECT record, other, params::text INTO bad FROM ({query}) broken (record, other, params);
    IF FOUND THEN
        RAISE EXCEPTION {says}, made, bad.record
            USING ERRCODE = 'check_violation', CONSTRAINT = {code}, DETAIL = to_json(bad)::text;
    END IF;
"""
BINDING = (
    "INSERT INTO public.tracker_rulechange (rule, text_digest, edition) VALUES ({rule}, "
    "{digest}, {edition})"
)


def compose_rule(text: str, relation: Relation) -> Composed:
    """Return a rule's query, with what stands for its relations."""
    relations = {
        f"{kind}_{noun}".lstrip("_"): relation(kind, noun) for kind, noun in relations_in(text)
    }
    return SQL(text).format(**relations)


def relations_of(made: SQL, opens: Composable) -> Relation:
    """Return what stands for relations in an edition:
    its number, and the condition that a document opens in it.
    """

    def relation(kind: str, noun: Noun) -> Composable:
        documents = Identifier("public", f"tracker_{noun}document")
        return SQL(IN_EDITION[kind]).format(
            documents=documents, made=made, opens=opens, noun=Literal(noun.value)
        )

    return relation


def function() -> str:
    """Return the SQL that makes `check_rules`, which raises what breaks a rule that holds now."""
    relation = relations_of(SQL("made"), OPENS_NOW)
    checks = (
        SQL(CHECK).format(
            query=compose_rule(rule.text, relation),
            says=Literal(f"edition %: {rule.noun} % breaks the rule {rule.code}"),
            code=Literal(rule.code),
        )
        for rule in RULES
        if rule.text
    )
    plans = SQL(" ").join(
        SQL("SET {} = {}").format(Identifier(name), SQL(value)) for name, value in PLANS.items()
    )
    return SQL(FUNCTION).format(checks=SQL("").join(checks), plans=plans).as_string(None)


class RuleChange(models.Model):
    """From which edition on a rule holds, in which text;
    the latest row of a rule that is due says so.
    """

    rule = models.CharField(max_length=100, help_text="Its code.")
    text_digest = models.CharField(
        max_length=64, help_text="The SHA-256 of its text, in hexadecimal; empty: given up."
    )
    edition = models.PositiveIntegerField(help_text="The first edition that it binds.")
    made_at = models.DateTimeField(
        db_default=ClockTimestamp(), help_text="When that was so decided (UTC)."
    )
    link = models.IntegerField(
        null=True, help_text="The edition whose link of the chain covers it; none: not yet."
    )

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["link", "id"], name="rulechange_of_a_link")]

    triggers = linked()

    def __str__(self) -> str:
        return f"{self.rule} from edition {self.edition}"


class Rules(RunSQL):
    """Let rules hold in these texts, from the next edition on:
    `Rules(some_rule="0123456789ab", other="")`.

    A text is named by the first digits of its digest; none gives the rule up. With `from_first`
    they held all along. Without rules, the database only asks what holds already otherwise, as the
    file says now. It waits until nobody publishes. Going back takes nothing back: what held stays
    in the chain.
    """

    def __init__(self, *, from_first: bool = False, **digests: str) -> None:
        self.digests = digests
        whole = {
            code: digest and digest_of(BY_CODE[code].text_of(digest))
            for code, digest in digests.items()
        }
        edition = SQL(
            "1"
            if from_first
            else "(SELECT coalesce(max(number), 0) + 1 FROM public.tracker_edition)"
        )
        bind = [
            SQL(BINDING).format(rule=code, digest=digest, edition=edition).as_string(None)
            for code, digest in whole.items()
        ]
        super().__init__([LOCK, function(), *bind], RunSQL.noop)
