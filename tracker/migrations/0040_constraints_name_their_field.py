"""Constraints say in structure which field they are about; nothing in the database changes."""

import datetime

import django.db.models.lookups
from django.db import migrations, models

import tracker.models.constraints
import tracker.models.functions


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0039_compose_what_is_there"),
    ]

    operations = [
        migrations.AlterConstraint(
            model_name="actor",
            name="actor_ref_has_its_form",
            constraint=models.CheckConstraint(
                condition=models.Q(("ref__isnull", True), ("ref__regex", "^[a-z0-9][a-z0-9._-]*$"), _connector="OR"),
                name="actor_ref_has_its_form",
                violation_error_code="ref",
                violation_error_message="use lower-case letters, digits, dots and hyphens.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="actor",
            name="actor_kind_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["state", "organization", "bloc", "person", "armed_group"])),
                name="actor_kind_is_known",
                violation_error_code="kind",
                violation_error_message="choose one of state, organization, bloc, person, armed_group.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="actor",
            name="actor_slug_has_its_form",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("slug__isnull", True), ("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$"), _connector="OR"
                ),
                name="actor_slug_has_its_form",
                violation_error_code="slug",
                violation_error_message="use lower-case words and digits, joined by hyphens.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="actor",
            name="actor_iso3_has_its_form",
            constraint=models.CheckConstraint(
                condition=models.Q(("iso3__isnull", True), ("iso3__regex", "^[A-Z]{3}$"), _connector="OR"),
                name="actor_iso3_has_its_form",
                violation_error_code="iso3",
                violation_error_message="three capital letters (ISO 3166-1 alpha-3).",
            ),
        ),
        migrations.AlterConstraint(
            model_name="actor",
            name="actor_wikidata_id_has_its_form",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("wikidata_id", ""),
                    ("wikidata_id__isnull", True),
                    ("wikidata_id__regex", "^Q[1-9][0-9]*$"),
                    _connector="OR",
                ),
                name="actor_wikidata_id_has_its_form",
                violation_error_code="wikidata_id",
                violation_error_message="a Q and a number, e.g. Q148.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="actor",
            name="actor_only_states_have_a_code",
            constraint=models.CheckConstraint(
                condition=models.Q(("iso3__isnull", True), ("kind", "state"), _connector="OR"),
                name="actor_only_states_have_a_code",
                violation_error_code="iso3",
                violation_error_message="only a state has a country code; leave it empty.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="actor",
            name="actor_names_is_an_object",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(
                    models.Func(models.F("names"), function="jsonb_typeof", output_field=models.TextField()),
                    models.Value("object"),
                ),
                name="actor_names_is_an_object",
                violation_error_code="names",
                violation_error_message="write an object of language tags and names.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="actor",
            name="actor_names_are_not_empty",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("names"),
                    output_field=models.BooleanField(),
                    template="coalesce(NOT jsonb_path_exists(%(expressions)s, 'strict $.* ? (@.type() != \"string\" || @ == \"\")', '{}', true), true)",
                ),
                name="actor_names_are_not_empty",
                violation_error_code="names",
                violation_error_message="give each language a name, or leave it out.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="actor",
            name="actor_iso3_is_of_one",
            constraint=models.UniqueConstraint(
                condition=models.Q(("merged_into__isnull", True)),
                fields=("iso3",),
                name="actor_iso3_is_of_one",
                violation_error_code="iso3",
                violation_error_message="another actor has this country code; use that one.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="actor",
            name="actor_aliases_are_few",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("aliases"),
                    output_field=models.BooleanField(),
                    template="cardinality(%(expressions)s) <= 200",
                ),
                name="actor_aliases_are_few",
                violation_error_code="aliases",
                violation_error_message="give at most 200.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="actor",
            name="actor_names_are_short",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("names"),
                    output_field=models.BooleanField(),
                    template="coalesce(NOT jsonb_path_exists(%(expressions)s, 'strict $.* ? (@ like_regex \"^.{201}\" flag \"s\")', '{}', true), true)",
                ),
                name="actor_names_are_short",
                violation_error_code="names",
                violation_error_message="give each name no more than 200 letters.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="actor",
            name="actor_names_are_few",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("names"),
                    output_field=models.BooleanField(),
                    template="octet_length(%(expressions)s::text) <= 50000",
                ),
                name="actor_names_are_few",
                violation_error_code="names",
                violation_error_message="give fewer names; all together have no more than 50,000 bytes.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="actor",
            name="actor_aliases_is_a_list",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("aliases"),
                    output_field=models.BooleanField(),
                    template="NOT jsonb_path_exists(to_jsonb(%(expressions)s), 'strict $[*] ? (@.type() != \"string\")')",
                ),
                name="actor_aliases_is_a_list",
                violation_error_code="aliases",
                violation_error_message="write a list of texts, each of which says something.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="alignment",
            name="alignment_ref_has_its_form",
            constraint=models.CheckConstraint(
                condition=models.Q(("ref__isnull", True), ("ref__regex", "^[a-z0-9][a-z0-9._-]*$"), _connector="OR"),
                name="alignment_ref_has_its_form",
                violation_error_code="ref",
                violation_error_message="use lower-case letters, digits, dots and hyphens.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="alignment",
            name="alignment_pattern_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "pattern__in",
                        ["coordinated", "parallel", "complementary", "divergent", "competing", "defers", "hedges"],
                    )
                ),
                name="alignment_pattern_is_known",
                violation_error_code="pattern",
                violation_error_message="choose one of coordinated, parallel, complementary, divergent, competing, defers, hedges.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="alignment",
            name="alignment_basis_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis__in", ["statement", "action", "inference", "forecast"])),
                name="alignment_basis_is_known",
                violation_error_code="basis",
                violation_error_message="choose one of statement, action, inference, forecast.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="alignment",
            name="alignment_likelihood_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "likelihood__in",
                        [
                            "almost_no_chance",
                            "very_unlikely",
                            "unlikely",
                            "roughly_even_chance",
                            "likely",
                            "very_likely",
                            "almost_certain",
                            "",
                        ],
                    )
                ),
                name="alignment_likelihood_is_known",
                violation_error_code="likelihood",
                violation_error_message="choose one of almost_no_chance, very_unlikely, unlikely, roughly_even_chance, likely, very_likely, almost_certain.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="alignment",
            name="alignment_confidence_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(("confidence__in", ["low", "moderate", "high"])),
                name="alignment_confidence_is_known",
                violation_error_code="confidence",
                violation_error_message="choose one of low, moderate, high.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="alignment",
            name="alignment_standing_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(("standing__in", ["accepted", "contested"])),
                name="alignment_standing_is_known",
                violation_error_code="standing",
                violation_error_message="choose one of accepted, contested.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="alignment",
            name="alignment_begins_before_it_ends",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("since_earliest__isnull", True),
                    ("until_latest__isnull", True),
                    ("since_earliest__lte", models.F("until_latest")),
                    _connector="OR",
                ),
                name="alignment_begins_before_it_ends",
                violation_error_code="since",
                violation_error_message="it begins after it ends; correct “since” or “until”.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="alignment",
            name="alignment_forecasts_have_a_likelihood",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("basis", "forecast"), models.Q(("likelihood", ""), _negated=True)),
                    models.Q(models.Q(("basis", "forecast"), _negated=True), ("likelihood", "")),
                    _connector="OR",
                ),
                name="alignment_forecasts_have_a_likelihood",
                violation_error_code="likelihood",
                violation_error_message="a forecast needs one, and nothing else may have one.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="alignment",
            name="alignment_contested_says_why",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("standing", "accepted"), models.Q(("standing_note", ""), _negated=True), _connector="OR"
                ),
                name="alignment_contested_says_why",
                violation_error_code="standing_note",
                violation_error_message="say why the claim is contested.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="alignment",
            name="alignment_is_of_two_actors",
            constraint=models.CheckConstraint(
                condition=models.Q(("actor", models.F("counterpart")), _negated=True),
                name="alignment_is_of_two_actors",
                violation_error_code="counterpart",
                violation_error_message="choose another actor than the first.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="alignment",
            name="alignment_confirmed_on_is_of_the_calendar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_on__isnull", True),
                    ("confirmed_on__range", (datetime.date(1, 1, 1), datetime.date(9999, 12, 31))),
                    _connector="OR",
                ),
                name="alignment_confirmed_on_is_of_the_calendar",
                violation_error_code="confirmed_on",
                violation_error_message="write a day of the years 1 to 9999.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="alignment",
            name="alignment_confirmed_on_has_come",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_on__isnull", True),
                    ("confirmed_on__lte", tracker.models.functions.Today()),
                    _connector="OR",
                ),
                name="alignment_confirmed_on_has_come",
                violation_error_code="confirmed_on",
                violation_error_message="it is a day to come; write today or an earlier one.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="alignmentcitation",
            name="alignment_citation_relation_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(("relation__in", ["supports", "contradicts"])),
                name="alignment_citation_relation_is_known",
                violation_error_code="relation",
                violation_error_message="choose one of supports, contradicts.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="alignmentcitation",
            name="alignment_citation_locator_label_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "locator_label__in",
                        [
                            "act",
                            "appendix",
                            "article-locator",
                            "book",
                            "canon",
                            "chapter",
                            "column",
                            "elocation",
                            "equation",
                            "figure",
                            "folio",
                            "issue",
                            "line",
                            "note",
                            "opus",
                            "page",
                            "paragraph",
                            "part",
                            "rule",
                            "scene",
                            "section",
                            "sub-verbo",
                            "supplement",
                            "table",
                            "timestamp",
                            "title-locator",
                            "verse",
                            "version",
                            "volume",
                            "",
                        ],
                    )
                ),
                name="alignment_citation_locator_label_is_known",
                violation_error_code="locator_label",
                violation_error_message="choose one of act, appendix, article-locator, book, canon, chapter, column, elocation, equation, figure, folio, issue, line, note, opus, page, paragraph, part, rule, scene, section, sub-verbo, supplement, table, timestamp, title-locator, verse, version, volume.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="alignmentcitation",
            name="alignment_citation_credibility_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(("credibility__in", ["1", "2", "3", "4", "5", "6", ""])),
                name="alignment_citation_credibility_is_known",
                violation_error_code="credibility",
                violation_error_message="choose one of 1, 2, 3, 4, 5, 6.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="edition",
            name="edition_note_says_something",
            constraint=models.CheckConstraint(
                condition=models.Q(("note", ""), ("note__regex", "\\S"), _connector="OR"),
                name="edition_note_says_something",
                violation_error_code="note",
                violation_error_message="readers see it; say something, or leave it empty.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="issue",
            name="issue_ref_has_its_form",
            constraint=models.CheckConstraint(
                condition=models.Q(("ref__isnull", True), ("ref__regex", "^[a-z0-9][a-z0-9._-]*$"), _connector="OR"),
                name="issue_ref_has_its_form",
                violation_error_code="ref",
                violation_error_message="use lower-case letters, digits, dots and hyphens.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="issue",
            name="issue_region_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "region__in",
                        [
                            "africa",
                            "arctic",
                            "central_asia",
                            "east_asia",
                            "europe",
                            "latin_america",
                            "middle_east",
                            "south_asia",
                            "southeast_asia",
                            "global",
                            "",
                        ],
                    )
                ),
                name="issue_region_is_known",
                violation_error_code="region",
                violation_error_message="choose one of africa, arctic, central_asia, east_asia, europe, latin_america, middle_east, south_asia, southeast_asia, global.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="issue",
            name="issue_themes_are_known",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "themes__contained_by",
                        [
                            "energy",
                            "defense",
                            "infrastructure",
                            "trade",
                            "finance",
                            "nuclear_weapons",
                            "sanctions",
                            "human_rights",
                            "security",
                            "diplomacy",
                            "territory",
                            "governance",
                        ],
                    )
                ),
                name="issue_themes_are_known",
                violation_error_code="themes",
                violation_error_message="choose from energy, defense, infrastructure, trade, finance, nuclear_weapons, sanctions, human_rights, security, diplomacy, territory, governance.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="issue",
            name="issue_slug_has_its_form",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("slug__isnull", True), ("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$"), _connector="OR"
                ),
                name="issue_slug_has_its_form",
                violation_error_code="slug",
                violation_error_message="use lower-case words and digits, joined by hyphens.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="issue",
            name="issue_themes_is_a_list",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("themes"),
                    output_field=models.BooleanField(),
                    template="NOT jsonb_path_exists(to_jsonb(%(expressions)s), 'strict $[*] ? (@.type() != \"string\")')",
                ),
                name="issue_themes_is_a_list",
                violation_error_code="themes",
                violation_error_message="write a list of texts, each of which says something.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="meeting",
            name="meeting_ref_has_its_form",
            constraint=models.CheckConstraint(
                condition=models.Q(("ref__isnull", True), ("ref__regex", "^[a-z0-9][a-z0-9._-]*$"), _connector="OR"),
                name="meeting_ref_has_its_form",
                violation_error_code="ref",
                violation_error_message="use lower-case letters, digits, dots and hyphens.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="meeting",
            name="meeting_kind_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["state_visit", "summit", "sideline", "conference", "ministerial", "envoy_talks", "call"],
                    )
                ),
                name="meeting_kind_is_known",
                violation_error_code="kind",
                violation_error_message="choose one of state_visit, summit, sideline, conference, ministerial, envoy_talks, call.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="meeting",
            name="meeting_status_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["planned", "expected", "held", "cancelled"])),
                name="meeting_status_is_known",
                violation_error_code="status",
                violation_error_message="choose one of planned, expected, held, cancelled.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="meeting",
            name="meeting_country_has_its_form",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("country", ""), ("country__isnull", True), ("country__regex", "^[A-Z]{3}$"), _connector="OR"
                ),
                name="meeting_country_has_its_form",
                violation_error_code="country",
                violation_error_message="three capital letters (ISO 3166-1 alpha-3).",
            ),
        ),
        migrations.AlterConstraint(
            model_name="meeting",
            name="meeting_begins_before_it_ends",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("since_earliest__isnull", True),
                    ("until_latest__isnull", True),
                    ("since_earliest__lte", models.F("until_latest")),
                    _connector="OR",
                ),
                name="meeting_begins_before_it_ends",
                violation_error_code="since",
                violation_error_message="it begins after it ends; correct “since” or “until”.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="meeting",
            name="meeting_that_was_held_has_begun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "held"), _negated=True),
                    ("since_earliest__isnull", True),
                    ("since_earliest__lte", tracker.models.functions.Today()),
                    _connector="OR",
                ),
                name="meeting_that_was_held_has_begun",
                violation_error_code="since",
                violation_error_message="its first day is to come, so it wasn’t held yet; correct the day, or choose “planned” or “expected”.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="meetingcitation",
            name="meeting_citation_relation_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(("relation__in", ["supports", "contradicts"])),
                name="meeting_citation_relation_is_known",
                violation_error_code="relation",
                violation_error_message="choose one of supports, contradicts.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="meetingcitation",
            name="meeting_citation_locator_label_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "locator_label__in",
                        [
                            "act",
                            "appendix",
                            "article-locator",
                            "book",
                            "canon",
                            "chapter",
                            "column",
                            "elocation",
                            "equation",
                            "figure",
                            "folio",
                            "issue",
                            "line",
                            "note",
                            "opus",
                            "page",
                            "paragraph",
                            "part",
                            "rule",
                            "scene",
                            "section",
                            "sub-verbo",
                            "supplement",
                            "table",
                            "timestamp",
                            "title-locator",
                            "verse",
                            "version",
                            "volume",
                            "",
                        ],
                    )
                ),
                name="meeting_citation_locator_label_is_known",
                violation_error_code="locator_label",
                violation_error_message="choose one of act, appendix, article-locator, book, canon, chapter, column, elocation, equation, figure, folio, issue, line, note, opus, page, paragraph, part, rule, scene, section, sub-verbo, supplement, table, timestamp, title-locator, verse, version, volume.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="meetingcitation",
            name="meeting_citation_credibility_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(("credibility__in", ["1", "2", "3", "4", "5", "6", ""])),
                name="meeting_citation_credibility_is_known",
                violation_error_code="credibility",
                violation_error_message="choose one of 1, 2, 3, 4, 5, 6.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="membership",
            name="membership_begins_before_it_ends",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("since_earliest__isnull", True),
                    ("until_latest__isnull", True),
                    ("since_earliest__lte", models.F("until_latest")),
                    _connector="OR",
                ),
                name="membership_begins_before_it_ends",
                violation_error_code="since",
                violation_error_message="it begins after it ends; correct “since” or “until”.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="membership",
            name="membership_is_of_another",
            constraint=models.CheckConstraint(
                condition=models.Q(("actor", models.F("organization")), _negated=True),
                name="membership_is_of_another",
                violation_error_code="organization",
                violation_error_message="an actor is no member of itself.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="participant",
            name="participant_role_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["host", "participant", "observer", "invited", "boycotted"])),
                name="participant_role_is_known",
                violation_error_code="role",
                violation_error_message="choose one of host, participant, observer, invited, boycotted.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="participant",
            name="participant_is_represented_by_another",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("represented_by__isnull", True),
                    models.Q(("represented_by", models.F("actor")), _negated=True),
                    _connector="OR",
                ),
                name="participant_is_represented_by_another",
                violation_error_code="represented_by",
                violation_error_message="name a person other than the participant.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="source",
            name="source_ref_has_its_form",
            constraint=models.CheckConstraint(
                condition=models.Q(("ref__isnull", True), ("ref__regex", "^[a-z0-9][a-z0-9._-]*$"), _connector="OR"),
                name="source_ref_has_its_form",
                violation_error_code="ref",
                violation_error_message="use lower-case letters, digits, dots and hyphens.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="source",
            name="source_type_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "type__in",
                        [
                            "article",
                            "article-journal",
                            "article-magazine",
                            "article-newspaper",
                            "bill",
                            "book",
                            "broadcast",
                            "chapter",
                            "classic",
                            "collection",
                            "dataset",
                            "document",
                            "entry",
                            "entry-dictionary",
                            "entry-encyclopedia",
                            "event",
                            "figure",
                            "graphic",
                            "hearing",
                            "interview",
                            "legal_case",
                            "legislation",
                            "manuscript",
                            "map",
                            "motion_picture",
                            "musical_score",
                            "pamphlet",
                            "paper-conference",
                            "patent",
                            "performance",
                            "periodical",
                            "personal_communication",
                            "post",
                            "post-weblog",
                            "regulation",
                            "report",
                            "review",
                            "review-book",
                            "software",
                            "song",
                            "speech",
                            "standard",
                            "thesis",
                            "treaty",
                            "webpage",
                        ],
                    )
                ),
                name="source_type_is_known",
                violation_error_code="type",
                violation_error_message="choose one of article, article-journal, article-magazine, article-newspaper, bill, book, broadcast, chapter, classic, collection, dataset, document, entry, entry-dictionary, entry-encyclopedia, event, figure, graphic, hearing, interview, legal_case, legislation, manuscript, map, motion_picture, musical_score, pamphlet, paper-conference, patent, performance, periodical, personal_communication, post, post-weblog, regulation, report, review, review-book, software, song, speech, standard, thesis, treaty, webpage.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="source",
            name="source_outlet_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(("outlet__in", ["official", "state_media", "independent", "academic", "unknown"])),
                name="source_outlet_is_known",
                violation_error_code="outlet",
                violation_error_message="choose one of official, state_media, independent, academic, unknown.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="source",
            name="source_reliability_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(("reliability__in", ["A", "B", "C", "D", "E", "F", ""])),
                name="source_reliability_is_known",
                violation_error_code="reliability",
                violation_error_message="choose one of A, B, C, D, E, F.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="source",
            name="source_authors_is_an_array",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(
                    models.Func(models.F("authors"), function="jsonb_typeof", output_field=models.TextField()),
                    models.Value("array"),
                ),
                name="source_authors_is_an_array",
                violation_error_code="authors",
                violation_error_message="write a list of CSL names.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="source",
            name="source_authors_have_a_name",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("authors"),
                    output_field=models.BooleanField(),
                    template='coalesce(NOT jsonb_path_exists(%(expressions)s, \'strict $[*] ? (@.type() != "object" || !(exists(@.keyvalue() ? ((@.key == "family" || @.key == "literal") && @.value.type() == "string" && @.value != ""))))\', \'{}\', true), true)',
                ),
                name="source_authors_have_a_name",
                violation_error_code="authors",
                violation_error_message="give each author a “family” or “literal”.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="source",
            name="source_accessed_on_is_of_the_calendar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accessed_on__isnull", True),
                    ("accessed_on__range", (datetime.date(1, 1, 1), datetime.date(9999, 12, 31))),
                    _connector="OR",
                ),
                name="source_accessed_on_is_of_the_calendar",
                violation_error_code="accessed_on",
                violation_error_message="write a day of the years 1 to 9999.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="source",
            name="source_authors_hold_texts",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("authors"),
                    output_field=models.BooleanField(),
                    template='coalesce(NOT jsonb_path_exists(%(expressions)s, \'strict $[*].* ? (@.type() != "string" && @.type() != "boolean" && @.type() != "null")\', \'{}\', true), true)',
                ),
                name="source_authors_hold_texts",
                violation_error_code="authors",
                violation_error_message="write each part of a name as a text.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="source",
            name="source_accessed_on_has_come",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accessed_on__isnull", True),
                    ("accessed_on__lte", tracker.models.functions.Today()),
                    _connector="OR",
                ),
                name="source_accessed_on_has_come",
                violation_error_code="accessed_on",
                violation_error_message="it is a day to come; write today or an earlier one.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="source",
            name="source_once_per_address_and_day",
            constraint=tracker.models.constraints.UniqueByDigest(
                condition=models.Q(models.Q(("url", ""), _negated=True), ("merged_into__isnull", True)),
                digested=("archive_url",),
                fields=("url_key", "issued", "archive_url"),
                name="source_once_per_address_and_day",
                violation_error_code="url",
                violation_error_message="this address is a source already; tell them apart by “issued” or “archive_url”, or use that source.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="source",
            name="source_keywords_are_few",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("keywords"),
                    output_field=models.BooleanField(),
                    template="cardinality(%(expressions)s) <= 200",
                ),
                name="source_keywords_are_few",
                violation_error_code="keywords",
                violation_error_message="give at most 200.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="source",
            name="source_keywords_is_a_list",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("keywords"),
                    output_field=models.BooleanField(),
                    template="NOT jsonb_path_exists(to_jsonb(%(expressions)s), 'strict $[*] ? (@.type() != \"string\")')",
                ),
                name="source_keywords_is_a_list",
                violation_error_code="keywords",
                violation_error_message="write a list of texts, each of which says something.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="stance",
            name="stance_ref_has_its_form",
            constraint=models.CheckConstraint(
                condition=models.Q(("ref__isnull", True), ("ref__regex", "^[a-z0-9][a-z0-9._-]*$"), _connector="OR"),
                name="stance_ref_has_its_form",
                violation_error_code="ref",
                violation_error_message="use lower-case letters, digits, dots and hyphens.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="stance",
            name="stance_position_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "position__in",
                        [
                            "strongly_opposes",
                            "opposes",
                            "neutral",
                            "supports",
                            "strongly_supports",
                            "silent",
                            "no_evidence",
                        ],
                    )
                ),
                name="stance_position_is_known",
                violation_error_code="position",
                violation_error_message="choose one of strongly_opposes, opposes, neutral, supports, strongly_supports, silent, no_evidence.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="stance",
            name="stance_basis_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis__in", ["statement", "action", "inference", "forecast"])),
                name="stance_basis_is_known",
                violation_error_code="basis",
                violation_error_message="choose one of statement, action, inference, forecast.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="stance",
            name="stance_likelihood_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "likelihood__in",
                        [
                            "almost_no_chance",
                            "very_unlikely",
                            "unlikely",
                            "roughly_even_chance",
                            "likely",
                            "very_likely",
                            "almost_certain",
                            "",
                        ],
                    )
                ),
                name="stance_likelihood_is_known",
                violation_error_code="likelihood",
                violation_error_message="choose one of almost_no_chance, very_unlikely, unlikely, roughly_even_chance, likely, very_likely, almost_certain.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="stance",
            name="stance_confidence_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(("confidence__in", ["low", "moderate", "high"])),
                name="stance_confidence_is_known",
                violation_error_code="confidence",
                violation_error_message="choose one of low, moderate, high.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="stance",
            name="stance_standing_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(("standing__in", ["accepted", "contested"])),
                name="stance_standing_is_known",
                violation_error_code="standing",
                violation_error_message="choose one of accepted, contested.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="stance",
            name="stance_instruments_are_known",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("instruments__contained_by", ["diplomatic", "economic", "military", "legal", "informational"])
                ),
                name="stance_instruments_are_known",
                violation_error_code="instruments",
                violation_error_message="choose from diplomatic, economic, military, legal, informational.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="stance",
            name="stance_begins_before_it_ends",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("since_earliest__isnull", True),
                    ("until_latest__isnull", True),
                    ("since_earliest__lte", models.F("until_latest")),
                    _connector="OR",
                ),
                name="stance_begins_before_it_ends",
                violation_error_code="since",
                violation_error_message="it begins after it ends; correct “since” or “until”.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="stance",
            name="stance_forecasts_have_a_likelihood",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("basis", "forecast"), models.Q(("likelihood", ""), _negated=True)),
                    models.Q(models.Q(("basis", "forecast"), _negated=True), ("likelihood", "")),
                    _connector="OR",
                ),
                name="stance_forecasts_have_a_likelihood",
                violation_error_code="likelihood",
                violation_error_message="a forecast needs one, and nothing else may have one.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="stance",
            name="stance_contested_says_why",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("standing", "accepted"), models.Q(("standing_note", ""), _negated=True), _connector="OR"
                ),
                name="stance_contested_says_why",
                violation_error_code="standing_note",
                violation_error_message="say why the claim is contested.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="stance",
            name="stance_defers_to_another",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("defers_to__isnull", True),
                    models.Q(("defers_to", models.F("actor")), _negated=True),
                    _connector="OR",
                ),
                name="stance_defers_to_another",
                violation_error_code="defers_to",
                violation_error_message="choose another actor than the one whose stance it is.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="stance",
            name="stance_confirmed_on_is_of_the_calendar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_on__isnull", True),
                    ("confirmed_on__range", (datetime.date(1, 1, 1), datetime.date(9999, 12, 31))),
                    _connector="OR",
                ),
                name="stance_confirmed_on_is_of_the_calendar",
                violation_error_code="confirmed_on",
                violation_error_message="write a day of the years 1 to 9999.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="stance",
            name="stance_confirmed_on_has_come",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_on__isnull", True),
                    ("confirmed_on__lte", tracker.models.functions.Today()),
                    _connector="OR",
                ),
                name="stance_confirmed_on_has_come",
                violation_error_code="confirmed_on",
                violation_error_message="it is a day to come; write today or an earlier one.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="stance",
            name="stance_instruments_is_a_list",
            constraint=models.CheckConstraint(
                condition=models.Func(
                    models.F("instruments"),
                    output_field=models.BooleanField(),
                    template="NOT jsonb_path_exists(to_jsonb(%(expressions)s), 'strict $[*] ? (@.type() != \"string\")')",
                ),
                name="stance_instruments_is_a_list",
                violation_error_code="instruments",
                violation_error_message="write a list of texts, each of which says something.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="stancecitation",
            name="stance_citation_relation_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(("relation__in", ["supports", "contradicts"])),
                name="stance_citation_relation_is_known",
                violation_error_code="relation",
                violation_error_message="choose one of supports, contradicts.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="stancecitation",
            name="stance_citation_locator_label_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "locator_label__in",
                        [
                            "act",
                            "appendix",
                            "article-locator",
                            "book",
                            "canon",
                            "chapter",
                            "column",
                            "elocation",
                            "equation",
                            "figure",
                            "folio",
                            "issue",
                            "line",
                            "note",
                            "opus",
                            "page",
                            "paragraph",
                            "part",
                            "rule",
                            "scene",
                            "section",
                            "sub-verbo",
                            "supplement",
                            "table",
                            "timestamp",
                            "title-locator",
                            "verse",
                            "version",
                            "volume",
                            "",
                        ],
                    )
                ),
                name="stance_citation_locator_label_is_known",
                violation_error_code="locator_label",
                violation_error_message="choose one of act, appendix, article-locator, book, canon, chapter, column, elocation, equation, figure, folio, issue, line, note, opus, page, paragraph, part, rule, scene, section, sub-verbo, supplement, table, timestamp, title-locator, verse, version, volume.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="stancecitation",
            name="stance_citation_credibility_is_known",
            constraint=models.CheckConstraint(
                condition=models.Q(("credibility__in", ["1", "2", "3", "4", "5", "6", ""])),
                name="stance_citation_credibility_is_known",
                violation_error_code="credibility",
                violation_error_message="choose one of 1, 2, 3, 4, 5, 6.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="token",
            name="token_digest_has_its_form",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest__isnull", True), ("digest__regex", "^[0-9a-f]{64}$"), _connector="OR"),
                name="token_digest_has_its_form",
                violation_error_code="digest",
                violation_error_message="a SHA-256 in hexadecimal.",
            ),
        ),
    ]
