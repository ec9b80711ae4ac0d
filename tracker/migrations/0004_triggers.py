"""The functions that look at tables, and the triggers that call them."""

from django.db import migrations

from tracker.models.triggers import Functions

TRIGGERS = """
CREATE TRIGGER composes_text BEFORE INSERT OR UPDATE ON public.tracker_actor FOR EACH ROW EXECUTE FUNCTION public.compose_text();
CREATE TRIGGER event_of_insert AFTER INSERT ON public.tracker_actor REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('actor', '', 'id');
CREATE TRIGGER event_of_update AFTER UPDATE ON public.tracker_actor REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('actor', '', 'id');
CREATE TRIGGER event_of_delete AFTER DELETE ON public.tracker_actor REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('actor', '', 'id');
CREATE TRIGGER keeps_id BEFORE UPDATE OF id ON public.tracker_actor FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id) EXECUTE FUNCTION public.refuse_change('id', 'an id never changes');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_actor FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('history would not see it');
CREATE TRIGGER begins_at_one BEFORE INSERT ON public.tracker_actor FOR EACH ROW EXECUTE FUNCTION public.begin_at_one('actor');
CREATE TRIGGER raises_version BEFORE UPDATE ON public.tracker_actor FOR EACH ROW EXECUTE FUNCTION public.raise_version();
CREATE TRIGGER is_ahead_by_insert AFTER INSERT ON public.tracker_actor REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.note_ahead('actor');
CREATE TRIGGER is_ahead_by_update AFTER UPDATE ON public.tracker_actor REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.note_ahead('actor');
CREATE TRIGGER is_ahead_no_more AFTER DELETE ON public.tracker_actor REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.note_ahead('actor');
CREATE TRIGGER public_is_not_deleted BEFORE DELETE ON public.tracker_actor FOR EACH ROW EXECUTE FUNCTION public.refuse_deletion_of_public('actor');
CREATE TRIGGER merges_into_what_stands BEFORE INSERT OR UPDATE OF merged_into_id ON public.tracker_actor FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL) EXECUTE FUNCTION public.merge_into_what_stands('actor', 'coreinterest', 'actor_id', 'issue_id', 'issue', 'membership', 'organization_id', 'actor_id', 'actor', 'stance', 'actor_id', '', '', 'stance', 'defers_to_id', '', '', 'alignment', 'actor_id', '', '', 'alignment', 'counterpart_id', '', '', 'participant', 'actor_id', 'meeting_id', 'meeting', 'participant', 'represented_by_id', 'meeting_id', 'meeting');
CREATE TRIGGER stays_merged BEFORE UPDATE ON public.tracker_actor FOR EACH ROW WHEN (OLD.merged_into_id IS NOT NULL AND NEW.merged_into_id IS NOT NULL) EXECUTE FUNCTION public.stay_merged('actor');
CREATE TRIGGER composes_text BEFORE INSERT OR UPDATE ON public.tracker_membership FOR EACH ROW EXECUTE FUNCTION public.compose_text();
CREATE TRIGGER event_of_insert AFTER INSERT ON public.tracker_membership REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('actor', 'membership', 'actor_id');
CREATE TRIGGER event_of_update AFTER UPDATE ON public.tracker_membership REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('actor', 'membership', 'actor_id');
CREATE TRIGGER event_of_delete AFTER DELETE ON public.tracker_membership REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('actor', 'membership', 'actor_id');
CREATE TRIGGER keeps_id BEFORE UPDATE OF id ON public.tracker_membership FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id) EXECUTE FUNCTION public.refuse_change('id', 'an id never changes');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_membership FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('history would not see it');
CREATE TRIGGER keeps_owner BEFORE UPDATE OF actor_id ON public.tracker_membership FOR EACH ROW WHEN (NEW.actor_id IS DISTINCT FROM OLD.actor_id) EXECUTE FUNCTION public.refuse_change('actor_id', 'a part never moves to another record');
CREATE TRIGGER touch_by_insert AFTER INSERT ON public.tracker_membership REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('actor', 'actor_id');
CREATE TRIGGER touch_by_update AFTER UPDATE ON public.tracker_membership REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('actor', 'actor_id');
CREATE TRIGGER touch_by_delete AFTER DELETE ON public.tracker_membership REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('actor', 'actor_id');
CREATE TRIGGER names_what_stands BEFORE INSERT OR UPDATE OF organization_id, source_id ON public.tracker_membership FOR EACH ROW EXECUTE FUNCTION public.name_what_stands('membership', 'organization_id', 'actor', 'source_id', 'source');
CREATE TRIGGER composes_text BEFORE INSERT OR UPDATE ON public.tracker_alignment FOR EACH ROW EXECUTE FUNCTION public.compose_text();
CREATE TRIGGER event_of_insert AFTER INSERT ON public.tracker_alignment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('alignment', '', 'id');
CREATE TRIGGER event_of_update AFTER UPDATE ON public.tracker_alignment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('alignment', '', 'id');
CREATE TRIGGER event_of_delete AFTER DELETE ON public.tracker_alignment REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('alignment', '', 'id');
CREATE TRIGGER keeps_id BEFORE UPDATE OF id ON public.tracker_alignment FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id) EXECUTE FUNCTION public.refuse_change('id', 'an id never changes');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_alignment FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('history would not see it');
CREATE TRIGGER begins_at_one BEFORE INSERT ON public.tracker_alignment FOR EACH ROW EXECUTE FUNCTION public.begin_at_one('alignment');
CREATE TRIGGER raises_version BEFORE UPDATE ON public.tracker_alignment FOR EACH ROW EXECUTE FUNCTION public.raise_version();
CREATE TRIGGER is_ahead_by_insert AFTER INSERT ON public.tracker_alignment REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.note_ahead('alignment');
CREATE TRIGGER is_ahead_by_update AFTER UPDATE ON public.tracker_alignment REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.note_ahead('alignment');
CREATE TRIGGER is_ahead_no_more AFTER DELETE ON public.tracker_alignment REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.note_ahead('alignment');
CREATE TRIGGER public_is_not_deleted BEFORE DELETE ON public.tracker_alignment FOR EACH ROW EXECUTE FUNCTION public.refuse_deletion_of_public('alignment');
CREATE TRIGGER names_what_stands BEFORE INSERT OR UPDATE OF issue_id, actor_id, counterpart_id ON public.tracker_alignment FOR EACH ROW EXECUTE FUNCTION public.name_what_stands('alignment', 'issue_id', 'issue', 'actor_id', 'actor', 'counterpart_id', 'actor');
CREATE TRIGGER is_append_only BEFORE DELETE OR UPDATE ON public.tracker_edition FOR EACH ROW EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_edition FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER composes_text BEFORE INSERT OR UPDATE ON public.tracker_edition FOR EACH ROW EXECUTE FUNCTION public.compose_text();
CREATE TRIGGER is_next BEFORE INSERT ON public.tracker_edition FOR EACH ROW EXECUTE FUNCTION public.number_edition();
CREATE CONSTRAINT TRIGGER proves_itself AFTER INSERT ON public.tracker_edition DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.prove_edition();
CREATE TRIGGER is_append_only BEFORE DELETE OR UPDATE ON public.tracker_link FOR EACH ROW EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_link FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER is_made_now BEFORE INSERT ON public.tracker_link FOR EACH ROW EXECUTE FUNCTION public.link_now();
CREATE TRIGGER is_append_only BEFORE DELETE OR UPDATE ON public.tracker_change FOR EACH ROW EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_change FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER happens_now AFTER INSERT ON public.tracker_change REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_edition('edition');
CREATE TRIGGER is_of_a_record AFTER INSERT ON public.tracker_change REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.hold_on_to_records('issue', 'actor', 'source', 'meeting');
CREATE TRIGGER merges_into_what_stands AFTER INSERT ON public.tracker_change REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.merge_into_public();
CREATE TRIGGER is_append_only BEFORE DELETE ON public.tracker_changeset FOR EACH ROW EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_changeset FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER is_linked_once BEFORE UPDATE ON public.tracker_changeset FOR EACH ROW EXECUTE FUNCTION public.fill_in_once('one link of the chain covers it', 'link', 'digest');
CREATE TRIGGER is_linked_now AFTER UPDATE ON public.tracker_changeset REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_edition('link');
CREATE TRIGGER composes_text BEFORE INSERT OR UPDATE ON public.tracker_changeset FOR EACH ROW EXECUTE FUNCTION public.compose_text();
CREATE TRIGGER is_of_this_transaction BEFORE INSERT ON public.tracker_changeset FOR EACH ROW EXECUTE FUNCTION public.date_changeset();
CREATE TRIGGER is_append_only BEFORE DELETE OR UPDATE ON public.tracker_event FOR EACH ROW EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_event FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER is_written_by_triggers BEFORE INSERT ON public.tracker_event FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_events_by_hand();
CREATE TRIGGER composes_text BEFORE INSERT OR UPDATE ON public.tracker_meeting FOR EACH ROW EXECUTE FUNCTION public.compose_text();
CREATE TRIGGER event_of_insert AFTER INSERT ON public.tracker_meeting REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('meeting', '', 'id');
CREATE TRIGGER event_of_update AFTER UPDATE ON public.tracker_meeting REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('meeting', '', 'id');
CREATE TRIGGER event_of_delete AFTER DELETE ON public.tracker_meeting REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('meeting', '', 'id');
CREATE TRIGGER keeps_id BEFORE UPDATE OF id ON public.tracker_meeting FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id) EXECUTE FUNCTION public.refuse_change('id', 'an id never changes');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_meeting FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('history would not see it');
CREATE TRIGGER begins_at_one BEFORE INSERT ON public.tracker_meeting FOR EACH ROW EXECUTE FUNCTION public.begin_at_one('meeting');
CREATE TRIGGER raises_version BEFORE UPDATE ON public.tracker_meeting FOR EACH ROW EXECUTE FUNCTION public.raise_version();
CREATE TRIGGER is_ahead_by_insert AFTER INSERT ON public.tracker_meeting REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.note_ahead('meeting');
CREATE TRIGGER is_ahead_by_update AFTER UPDATE ON public.tracker_meeting REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.note_ahead('meeting');
CREATE TRIGGER is_ahead_no_more AFTER DELETE ON public.tracker_meeting REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.note_ahead('meeting');
CREATE TRIGGER public_is_not_deleted BEFORE DELETE ON public.tracker_meeting FOR EACH ROW EXECUTE FUNCTION public.refuse_deletion_of_public('meeting');
CREATE TRIGGER merges_into_what_stands BEFORE INSERT OR UPDATE OF merged_into_id ON public.tracker_meeting FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL) EXECUTE FUNCTION public.merge_into_what_stands('meeting');
CREATE TRIGGER stays_merged BEFORE UPDATE ON public.tracker_meeting FOR EACH ROW WHEN (OLD.merged_into_id IS NOT NULL AND NEW.merged_into_id IS NOT NULL) EXECUTE FUNCTION public.stay_merged('meeting');
CREATE TRIGGER composes_text BEFORE INSERT OR UPDATE ON public.tracker_participant FOR EACH ROW EXECUTE FUNCTION public.compose_text();
CREATE TRIGGER event_of_insert AFTER INSERT ON public.tracker_participant REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('meeting', 'participant', 'meeting_id');
CREATE TRIGGER event_of_update AFTER UPDATE ON public.tracker_participant REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('meeting', 'participant', 'meeting_id');
CREATE TRIGGER event_of_delete AFTER DELETE ON public.tracker_participant REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('meeting', 'participant', 'meeting_id');
CREATE TRIGGER keeps_id BEFORE UPDATE OF id ON public.tracker_participant FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id) EXECUTE FUNCTION public.refuse_change('id', 'an id never changes');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_participant FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('history would not see it');
CREATE TRIGGER keeps_owner BEFORE UPDATE OF meeting_id ON public.tracker_participant FOR EACH ROW WHEN (NEW.meeting_id IS DISTINCT FROM OLD.meeting_id) EXECUTE FUNCTION public.refuse_change('meeting_id', 'a part never moves to another record');
CREATE TRIGGER touch_by_insert AFTER INSERT ON public.tracker_participant REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('meeting', 'meeting_id');
CREATE TRIGGER touch_by_update AFTER UPDATE ON public.tracker_participant REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('meeting', 'meeting_id');
CREATE TRIGGER touch_by_delete AFTER DELETE ON public.tracker_participant REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('meeting', 'meeting_id');
CREATE TRIGGER names_what_stands BEFORE INSERT OR UPDATE OF actor_id, represented_by_id ON public.tracker_participant FOR EACH ROW EXECUTE FUNCTION public.name_what_stands('participant', 'actor_id', 'actor', 'represented_by_id', 'actor');
CREATE TRIGGER composes_text BEFORE INSERT OR UPDATE ON public.tracker_discussion FOR EACH ROW EXECUTE FUNCTION public.compose_text();
CREATE TRIGGER event_of_insert AFTER INSERT ON public.tracker_discussion REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('meeting', 'discussion', 'meeting_id');
CREATE TRIGGER event_of_update AFTER UPDATE ON public.tracker_discussion REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('meeting', 'discussion', 'meeting_id');
CREATE TRIGGER event_of_delete AFTER DELETE ON public.tracker_discussion REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('meeting', 'discussion', 'meeting_id');
CREATE TRIGGER keeps_id BEFORE UPDATE OF id ON public.tracker_discussion FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id) EXECUTE FUNCTION public.refuse_change('id', 'an id never changes');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_discussion FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('history would not see it');
CREATE TRIGGER keeps_owner BEFORE UPDATE OF meeting_id ON public.tracker_discussion FOR EACH ROW WHEN (NEW.meeting_id IS DISTINCT FROM OLD.meeting_id) EXECUTE FUNCTION public.refuse_change('meeting_id', 'a part never moves to another record');
CREATE TRIGGER touch_by_insert AFTER INSERT ON public.tracker_discussion REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('meeting', 'meeting_id');
CREATE TRIGGER touch_by_update AFTER UPDATE ON public.tracker_discussion REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('meeting', 'meeting_id');
CREATE TRIGGER touch_by_delete AFTER DELETE ON public.tracker_discussion REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('meeting', 'meeting_id');
CREATE TRIGGER names_what_stands BEFORE INSERT OR UPDATE OF issue_id ON public.tracker_discussion FOR EACH ROW EXECUTE FUNCTION public.name_what_stands('discussion', 'issue_id', 'issue');
CREATE TRIGGER composes_text BEFORE INSERT OR UPDATE ON public.tracker_stance FOR EACH ROW EXECUTE FUNCTION public.compose_text();
CREATE TRIGGER event_of_insert AFTER INSERT ON public.tracker_stance REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('stance', '', 'id');
CREATE TRIGGER event_of_update AFTER UPDATE ON public.tracker_stance REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('stance', '', 'id');
CREATE TRIGGER event_of_delete AFTER DELETE ON public.tracker_stance REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('stance', '', 'id');
CREATE TRIGGER keeps_id BEFORE UPDATE OF id ON public.tracker_stance FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id) EXECUTE FUNCTION public.refuse_change('id', 'an id never changes');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_stance FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('history would not see it');
CREATE TRIGGER begins_at_one BEFORE INSERT ON public.tracker_stance FOR EACH ROW EXECUTE FUNCTION public.begin_at_one('stance');
CREATE TRIGGER raises_version BEFORE UPDATE ON public.tracker_stance FOR EACH ROW EXECUTE FUNCTION public.raise_version();
CREATE TRIGGER is_ahead_by_insert AFTER INSERT ON public.tracker_stance REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.note_ahead('stance');
CREATE TRIGGER is_ahead_by_update AFTER UPDATE ON public.tracker_stance REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.note_ahead('stance');
CREATE TRIGGER is_ahead_no_more AFTER DELETE ON public.tracker_stance REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.note_ahead('stance');
CREATE TRIGGER public_is_not_deleted BEFORE DELETE ON public.tracker_stance FOR EACH ROW EXECUTE FUNCTION public.refuse_deletion_of_public('stance');
CREATE TRIGGER names_what_stands BEFORE INSERT OR UPDATE OF actor_id, issue_id, defers_to_id ON public.tracker_stance FOR EACH ROW EXECUTE FUNCTION public.name_what_stands('stance', 'actor_id', 'actor', 'issue_id', 'issue', 'defers_to_id', 'actor');
CREATE TRIGGER issue_has_a_question BEFORE INSERT OR UPDATE OF issue_id ON public.tracker_stance FOR EACH ROW EXECUTE FUNCTION public.ask_for_question();
CREATE TRIGGER composes_text BEFORE INSERT OR UPDATE ON public.tracker_stancecitation FOR EACH ROW EXECUTE FUNCTION public.compose_text();
CREATE TRIGGER event_of_insert AFTER INSERT ON public.tracker_stancecitation REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('stance', 'citation', 'stance_id');
CREATE TRIGGER event_of_update AFTER UPDATE ON public.tracker_stancecitation REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('stance', 'citation', 'stance_id');
CREATE TRIGGER event_of_delete AFTER DELETE ON public.tracker_stancecitation REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('stance', 'citation', 'stance_id');
CREATE TRIGGER keeps_id BEFORE UPDATE OF id ON public.tracker_stancecitation FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id) EXECUTE FUNCTION public.refuse_change('id', 'an id never changes');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_stancecitation FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('history would not see it');
CREATE TRIGGER keeps_owner BEFORE UPDATE OF stance_id ON public.tracker_stancecitation FOR EACH ROW WHEN (NEW.stance_id IS DISTINCT FROM OLD.stance_id) EXECUTE FUNCTION public.refuse_change('stance_id', 'a part never moves to another record');
CREATE TRIGGER touch_by_insert AFTER INSERT ON public.tracker_stancecitation REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('stance', 'stance_id');
CREATE TRIGGER touch_by_update AFTER UPDATE ON public.tracker_stancecitation REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('stance', 'stance_id');
CREATE TRIGGER touch_by_delete AFTER DELETE ON public.tracker_stancecitation REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('stance', 'stance_id');
CREATE TRIGGER names_what_stands BEFORE INSERT OR UPDATE OF source_id ON public.tracker_stancecitation FOR EACH ROW EXECUTE FUNCTION public.name_what_stands('stancecitation', 'source_id', 'source');
CREATE TRIGGER composes_text BEFORE INSERT OR UPDATE ON public.tracker_alignmentcitation FOR EACH ROW EXECUTE FUNCTION public.compose_text();
CREATE TRIGGER event_of_insert AFTER INSERT ON public.tracker_alignmentcitation REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('alignment', 'citation', 'alignment_id');
CREATE TRIGGER event_of_update AFTER UPDATE ON public.tracker_alignmentcitation REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('alignment', 'citation', 'alignment_id');
CREATE TRIGGER event_of_delete AFTER DELETE ON public.tracker_alignmentcitation REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('alignment', 'citation', 'alignment_id');
CREATE TRIGGER keeps_id BEFORE UPDATE OF id ON public.tracker_alignmentcitation FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id) EXECUTE FUNCTION public.refuse_change('id', 'an id never changes');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_alignmentcitation FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('history would not see it');
CREATE TRIGGER keeps_owner BEFORE UPDATE OF alignment_id ON public.tracker_alignmentcitation FOR EACH ROW WHEN (NEW.alignment_id IS DISTINCT FROM OLD.alignment_id) EXECUTE FUNCTION public.refuse_change('alignment_id', 'a part never moves to another record');
CREATE TRIGGER touch_by_insert AFTER INSERT ON public.tracker_alignmentcitation REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('alignment', 'alignment_id');
CREATE TRIGGER touch_by_update AFTER UPDATE ON public.tracker_alignmentcitation REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('alignment', 'alignment_id');
CREATE TRIGGER touch_by_delete AFTER DELETE ON public.tracker_alignmentcitation REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('alignment', 'alignment_id');
CREATE TRIGGER names_what_stands BEFORE INSERT OR UPDATE OF source_id ON public.tracker_alignmentcitation FOR EACH ROW EXECUTE FUNCTION public.name_what_stands('alignmentcitation', 'source_id', 'source');
CREATE TRIGGER composes_text BEFORE INSERT OR UPDATE ON public.tracker_meetingcitation FOR EACH ROW EXECUTE FUNCTION public.compose_text();
CREATE TRIGGER event_of_insert AFTER INSERT ON public.tracker_meetingcitation REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('meeting', 'citation', 'meeting_id');
CREATE TRIGGER event_of_update AFTER UPDATE ON public.tracker_meetingcitation REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('meeting', 'citation', 'meeting_id');
CREATE TRIGGER event_of_delete AFTER DELETE ON public.tracker_meetingcitation REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('meeting', 'citation', 'meeting_id');
CREATE TRIGGER keeps_id BEFORE UPDATE OF id ON public.tracker_meetingcitation FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id) EXECUTE FUNCTION public.refuse_change('id', 'an id never changes');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_meetingcitation FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('history would not see it');
CREATE TRIGGER keeps_owner BEFORE UPDATE OF meeting_id ON public.tracker_meetingcitation FOR EACH ROW WHEN (NEW.meeting_id IS DISTINCT FROM OLD.meeting_id) EXECUTE FUNCTION public.refuse_change('meeting_id', 'a part never moves to another record');
CREATE TRIGGER touch_by_insert AFTER INSERT ON public.tracker_meetingcitation REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('meeting', 'meeting_id');
CREATE TRIGGER touch_by_update AFTER UPDATE ON public.tracker_meetingcitation REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('meeting', 'meeting_id');
CREATE TRIGGER touch_by_delete AFTER DELETE ON public.tracker_meetingcitation REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('meeting', 'meeting_id');
CREATE TRIGGER names_what_stands BEFORE INSERT OR UPDATE OF source_id ON public.tracker_meetingcitation FOR EACH ROW EXECUTE FUNCTION public.name_what_stands('meetingcitation', 'source_id', 'source');
CREATE TRIGGER is_append_only BEFORE DELETE ON public.tracker_issuedocument FOR EACH ROW EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_issuedocument FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER closes_once BEFORE UPDATE ON public.tracker_issuedocument FOR EACH ROW EXECUTE FUNCTION public.fill_in_once('a document is closed once', 'closed', 'gone', 'digest');
CREATE TRIGGER opens_now AFTER INSERT ON public.tracker_issuedocument REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_edition('opened');
CREATE TRIGGER closes_now AFTER UPDATE ON public.tracker_issuedocument REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_edition('closed');
CREATE TRIGGER is_seen AFTER INSERT ON public.tracker_issuedocument REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.forget_seen('issue');
CREATE TRIGGER knows_its_words BEFORE INSERT ON public.tracker_issuedocument FOR EACH ROW EXECUTE FUNCTION public.know_words();
CREATE TRIGGER is_append_only BEFORE DELETE ON public.tracker_actordocument FOR EACH ROW EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_actordocument FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER closes_once BEFORE UPDATE ON public.tracker_actordocument FOR EACH ROW EXECUTE FUNCTION public.fill_in_once('a document is closed once', 'closed', 'gone', 'digest');
CREATE TRIGGER opens_now AFTER INSERT ON public.tracker_actordocument REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_edition('opened');
CREATE TRIGGER closes_now AFTER UPDATE ON public.tracker_actordocument REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_edition('closed');
CREATE TRIGGER is_seen AFTER INSERT ON public.tracker_actordocument REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.forget_seen('actor');
CREATE TRIGGER knows_its_words BEFORE INSERT ON public.tracker_actordocument FOR EACH ROW EXECUTE FUNCTION public.know_words();
CREATE TRIGGER is_append_only BEFORE DELETE ON public.tracker_sourcedocument FOR EACH ROW EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_sourcedocument FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER closes_once BEFORE UPDATE ON public.tracker_sourcedocument FOR EACH ROW EXECUTE FUNCTION public.fill_in_once('a document is closed once', 'closed', 'gone', 'digest');
CREATE TRIGGER opens_now AFTER INSERT ON public.tracker_sourcedocument REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_edition('opened');
CREATE TRIGGER closes_now AFTER UPDATE ON public.tracker_sourcedocument REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_edition('closed');
CREATE TRIGGER is_seen AFTER INSERT ON public.tracker_sourcedocument REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.forget_seen('source');
CREATE TRIGGER knows_its_words BEFORE INSERT ON public.tracker_sourcedocument FOR EACH ROW EXECUTE FUNCTION public.know_words();
CREATE TRIGGER is_append_only BEFORE DELETE ON public.tracker_stancedocument FOR EACH ROW EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_stancedocument FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER closes_once BEFORE UPDATE ON public.tracker_stancedocument FOR EACH ROW EXECUTE FUNCTION public.fill_in_once('a document is closed once', 'closed', 'gone', 'digest');
CREATE TRIGGER opens_now AFTER INSERT ON public.tracker_stancedocument REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_edition('opened');
CREATE TRIGGER closes_now AFTER UPDATE ON public.tracker_stancedocument REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_edition('closed');
CREATE TRIGGER is_seen AFTER INSERT ON public.tracker_stancedocument REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.forget_seen('stance');
CREATE TRIGGER knows_its_words BEFORE INSERT ON public.tracker_stancedocument FOR EACH ROW EXECUTE FUNCTION public.know_words();
CREATE TRIGGER is_append_only BEFORE DELETE ON public.tracker_alignmentdocument FOR EACH ROW EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_alignmentdocument FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER closes_once BEFORE UPDATE ON public.tracker_alignmentdocument FOR EACH ROW EXECUTE FUNCTION public.fill_in_once('a document is closed once', 'closed', 'gone', 'digest');
CREATE TRIGGER opens_now AFTER INSERT ON public.tracker_alignmentdocument REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_edition('opened');
CREATE TRIGGER closes_now AFTER UPDATE ON public.tracker_alignmentdocument REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_edition('closed');
CREATE TRIGGER is_seen AFTER INSERT ON public.tracker_alignmentdocument REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.forget_seen('alignment');
CREATE TRIGGER knows_its_words BEFORE INSERT ON public.tracker_alignmentdocument FOR EACH ROW EXECUTE FUNCTION public.know_words();
CREATE TRIGGER is_append_only BEFORE DELETE ON public.tracker_meetingdocument FOR EACH ROW EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_meetingdocument FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER closes_once BEFORE UPDATE ON public.tracker_meetingdocument FOR EACH ROW EXECUTE FUNCTION public.fill_in_once('a document is closed once', 'closed', 'gone', 'digest');
CREATE TRIGGER opens_now AFTER INSERT ON public.tracker_meetingdocument REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_edition('opened');
CREATE TRIGGER closes_now AFTER UPDATE ON public.tracker_meetingdocument REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_edition('closed');
CREATE TRIGGER is_seen AFTER INSERT ON public.tracker_meetingdocument REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.forget_seen('meeting');
CREATE TRIGGER knows_its_words BEFORE INSERT ON public.tracker_meetingdocument FOR EACH ROW EXECUTE FUNCTION public.know_words();
CREATE TRIGGER composes_text BEFORE INSERT OR UPDATE ON public.tracker_issue FOR EACH ROW EXECUTE FUNCTION public.compose_text();
CREATE TRIGGER event_of_insert AFTER INSERT ON public.tracker_issue REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('issue', '', 'id');
CREATE TRIGGER event_of_update AFTER UPDATE ON public.tracker_issue REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('issue', '', 'id');
CREATE TRIGGER event_of_delete AFTER DELETE ON public.tracker_issue REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('issue', '', 'id');
CREATE TRIGGER keeps_id BEFORE UPDATE OF id ON public.tracker_issue FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id) EXECUTE FUNCTION public.refuse_change('id', 'an id never changes');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_issue FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('history would not see it');
CREATE TRIGGER begins_at_one BEFORE INSERT ON public.tracker_issue FOR EACH ROW EXECUTE FUNCTION public.begin_at_one('issue');
CREATE TRIGGER raises_version BEFORE UPDATE ON public.tracker_issue FOR EACH ROW EXECUTE FUNCTION public.raise_version();
CREATE TRIGGER is_ahead_by_insert AFTER INSERT ON public.tracker_issue REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.note_ahead('issue');
CREATE TRIGGER is_ahead_by_update AFTER UPDATE ON public.tracker_issue REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.note_ahead('issue');
CREATE TRIGGER is_ahead_no_more AFTER DELETE ON public.tracker_issue REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.note_ahead('issue');
CREATE TRIGGER public_is_not_deleted BEFORE DELETE ON public.tracker_issue FOR EACH ROW EXECUTE FUNCTION public.refuse_deletion_of_public('issue');
CREATE TRIGGER merges_into_what_stands BEFORE INSERT OR UPDATE OF merged_into_id ON public.tracker_issue FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL) EXECUTE FUNCTION public.merge_into_what_stands('issue', 'issue', 'parent_id', '', '', 'stance', 'issue_id', '', '', 'alignment', 'issue_id', '', '', 'discussion', 'issue_id', 'meeting_id', 'meeting');
CREATE TRIGGER stays_merged BEFORE UPDATE ON public.tracker_issue FOR EACH ROW WHEN (OLD.merged_into_id IS NOT NULL AND NEW.merged_into_id IS NOT NULL) EXECUTE FUNCTION public.stay_merged('issue');
CREATE TRIGGER names_what_stands BEFORE INSERT OR UPDATE OF parent_id ON public.tracker_issue FOR EACH ROW EXECUTE FUNCTION public.name_what_stands('issue', 'parent_id', 'issue');
CREATE TRIGGER keeps_its_question BEFORE UPDATE OF question ON public.tracker_issue FOR EACH ROW WHEN (NEW.question = '') EXECUTE FUNCTION public.keep_question();
CREATE TRIGGER is_not_its_own_ancestor BEFORE INSERT OR UPDATE OF parent_id ON public.tracker_issue FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION public.keep_tree();
CREATE TRIGGER composes_text BEFORE INSERT OR UPDATE ON public.tracker_coreinterest FOR EACH ROW EXECUTE FUNCTION public.compose_text();
CREATE TRIGGER event_of_insert AFTER INSERT ON public.tracker_coreinterest REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('issue', 'core_interest', 'issue_id');
CREATE TRIGGER event_of_update AFTER UPDATE ON public.tracker_coreinterest REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('issue', 'core_interest', 'issue_id');
CREATE TRIGGER event_of_delete AFTER DELETE ON public.tracker_coreinterest REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('issue', 'core_interest', 'issue_id');
CREATE TRIGGER keeps_id BEFORE UPDATE OF id ON public.tracker_coreinterest FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id) EXECUTE FUNCTION public.refuse_change('id', 'an id never changes');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_coreinterest FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('history would not see it');
CREATE TRIGGER keeps_owner BEFORE UPDATE OF issue_id ON public.tracker_coreinterest FOR EACH ROW WHEN (NEW.issue_id IS DISTINCT FROM OLD.issue_id) EXECUTE FUNCTION public.refuse_change('issue_id', 'a part never moves to another record');
CREATE TRIGGER touch_by_insert AFTER INSERT ON public.tracker_coreinterest REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('issue', 'issue_id');
CREATE TRIGGER touch_by_update AFTER UPDATE ON public.tracker_coreinterest REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('issue', 'issue_id');
CREATE TRIGGER touch_by_delete AFTER DELETE ON public.tracker_coreinterest REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.touch_record('issue', 'issue_id');
CREATE TRIGGER names_what_stands BEFORE INSERT OR UPDATE OF actor_id ON public.tracker_coreinterest FOR EACH ROW EXECUTE FUNCTION public.name_what_stands('coreinterest', 'actor_id', 'actor');
CREATE TRIGGER is_append_only BEFORE DELETE OR UPDATE ON public.tracker_mention FOR EACH ROW EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_mention FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER is_of_a_new_document AFTER INSERT ON public.tracker_mention REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.mention_in_new_documents();
CREATE TRIGGER is_append_only BEFORE DELETE ON public.tracker_release FOR EACH ROW EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_release FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER is_linked_once BEFORE UPDATE ON public.tracker_release FOR EACH ROW EXECUTE FUNCTION public.fill_in_once('one link of the chain covers it', 'link', 'digest');
CREATE TRIGGER is_linked_now AFTER UPDATE ON public.tracker_release REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_edition('link');
CREATE TRIGGER composes_text BEFORE INSERT OR UPDATE ON public.tracker_release FOR EACH ROW EXECUTE FUNCTION public.compose_text();
CREATE TRIGGER is_dated BEFORE INSERT ON public.tracker_release FOR EACH ROW EXECUTE FUNCTION public.date_release();
CREATE TRIGGER is_append_only BEFORE DELETE OR UPDATE ON public.tracker_releasefile FOR EACH ROW EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_releasefile FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER is_being_made BEFORE INSERT ON public.tracker_releasefile FOR EACH ROW EXECUTE FUNCTION public.add_to_release();
CREATE CONSTRAINT TRIGGER is_whole AFTER INSERT ON public.tracker_releasefile DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.weigh_file();
CREATE TRIGGER is_append_only BEFORE DELETE OR UPDATE ON public.tracker_releasepiece FOR EACH ROW EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_releasepiece FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER is_being_made BEFORE INSERT ON public.tracker_releasepiece FOR EACH ROW EXECUTE FUNCTION public.add_to_release();
CREATE TRIGGER is_append_only BEFORE DELETE OR UPDATE ON public.tracker_review FOR EACH ROW EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_review FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER composes_text BEFORE INSERT OR UPDATE ON public.tracker_review FOR EACH ROW EXECUTE FUNCTION public.compose_text();
CREATE TRIGGER is_of_the_version_at_the_desk BEFORE INSERT ON public.tracker_review FOR EACH ROW EXECUTE FUNCTION public.review_version();
CREATE TRIGGER composes_text BEFORE INSERT OR UPDATE ON public.tracker_source FOR EACH ROW EXECUTE FUNCTION public.compose_text();
CREATE TRIGGER event_of_insert AFTER INSERT ON public.tracker_source REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('source', '', 'id');
CREATE TRIGGER event_of_update AFTER UPDATE ON public.tracker_source REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('source', '', 'id');
CREATE TRIGGER event_of_delete AFTER DELETE ON public.tracker_source REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_events('source', '', 'id');
CREATE TRIGGER keeps_id BEFORE UPDATE OF id ON public.tracker_source FOR EACH ROW WHEN (NEW.id IS DISTINCT FROM OLD.id) EXECUTE FUNCTION public.refuse_change('id', 'an id never changes');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_source FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('history would not see it');
CREATE TRIGGER begins_at_one BEFORE INSERT ON public.tracker_source FOR EACH ROW EXECUTE FUNCTION public.begin_at_one('source');
CREATE TRIGGER raises_version BEFORE UPDATE ON public.tracker_source FOR EACH ROW EXECUTE FUNCTION public.raise_version();
CREATE TRIGGER is_ahead_by_insert AFTER INSERT ON public.tracker_source REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.note_ahead('source');
CREATE TRIGGER is_ahead_by_update AFTER UPDATE ON public.tracker_source REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.note_ahead('source');
CREATE TRIGGER is_ahead_no_more AFTER DELETE ON public.tracker_source REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION public.note_ahead('source');
CREATE TRIGGER public_is_not_deleted BEFORE DELETE ON public.tracker_source FOR EACH ROW EXECUTE FUNCTION public.refuse_deletion_of_public('source');
CREATE TRIGGER merges_into_what_stands BEFORE INSERT OR UPDATE OF merged_into_id ON public.tracker_source FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL) EXECUTE FUNCTION public.merge_into_what_stands('source', 'membership', 'source_id', 'actor_id', 'actor', 'stancecitation', 'source_id', '', '', 'alignmentcitation', 'source_id', '', '', 'meetingcitation', 'source_id', 'meeting_id', 'meeting');
CREATE TRIGGER stays_merged BEFORE UPDATE ON public.tracker_source FOR EACH ROW WHEN (OLD.merged_into_id IS NOT NULL AND NEW.merged_into_id IS NOT NULL) EXECUTE FUNCTION public.stay_merged('source');
CREATE TRIGGER is_append_only BEFORE DELETE OR UPDATE ON public.tracker_changesubject FOR EACH ROW EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_changesubject FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER happens_now AFTER INSERT ON public.tracker_changesubject REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.write_edition('edition');
CREATE TRIGGER is_append_only BEFORE DELETE OR UPDATE ON public.tracker_unchanged FOR EACH ROW EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_unchanged FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER is_seen AFTER INSERT ON public.tracker_unchanged REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION public.forget_seen();
CREATE TRIGGER is_append_only BEFORE DELETE OR UPDATE ON public.tracker_undoing FOR EACH ROW EXECUTE FUNCTION public.refuse('it is append-only');
CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON public.tracker_undoing FOR EACH STATEMENT EXECUTE FUNCTION public.refuse('it is append-only');
"""


class Migration(migrations.Migration):
    dependencies = [("tracker", "0003_storage")]
    operations = [
        Functions(
            records="f959eef36096",
            history="061bda28aa5c",
            ahead="a118b8a2c537",
            append_only="434d1809b7a7",
            merging="a7b8fa9cdd56",
            issues="b982c2ce3ebc",
            reviews="2e4cc6d35546",
            editions="1fcba2104b76",
            changes="33b81afc2114",
            chain="e18970804c96",
            subjects="46e00e1643b8",
            releases="2baf8f05863c",
        ),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
    ]
