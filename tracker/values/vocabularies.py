"""The codebook: every vocabulary, with labels and coding rules beside the terms.

These feed the admin's help, OpenAPI and `/api/v1/codebook/` alike. A member is written
`TERM = "term", "The coding rule.", "label"`. The stored value is the API's value.
"""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices


class Vocabulary(TextChoices):
    """A closed list of terms; the docstring of a subclass says what the list is for."""

    rule: str

    def __new__(cls, value: str, rule: str = "") -> "Vocabulary":
        member = str.__new__(cls, value)
        member._value_ = value
        member.rule = rule
        return member

    @classmethod
    def definition(cls) -> str:
        """Return what the vocabulary is for, as one line."""
        return " ".join((cls.__doc__ or "").split())


class OpenVocabulary(Vocabulary):
    """A list that may gain terms within a version of the API;
    programs take one that they don't know as a text.
    """


class Position(Vocabulary):
    """Where an actor stands on the question of an issue."""

    STRONGLY_OPPOSES = (
        "strongly_opposes",
        "Acts or speaks against it with all the weight it has: a veto, force.",
        "strongly opposes",
    )
    OPPOSES = "opposes", "Speaks, votes or works against what the question proposes.", "opposes"
    NEUTRAL = (
        "neutral",
        "Takes a middle course and says so, or abstains from a vote. Never said for want of "
        "evidence.",
        "neutral",
    )
    SUPPORTS = "supports", "Speaks, votes or works for what the question proposes.", "supports"
    STRONGLY_SUPPORTS = (
        "strongly_supports",
        "Acts or speaks for it with all the weight it has: leads it, pays for it, fights for it.",
        "strongly supports",
    )
    SILENT = (
        "silent",
        "A source says that the actor says nothing about it. It has no score.",
        "silent",
    )
    NO_EVIDENCE = (
        "no_evidence",
        "Looked for, and nothing was found; the summary says where. Not the same as neutral: "
        "it has no score.",
        "no evidence",
    )


SCORES: Mapping[str, int] = MappingProxyType(
    {
        Position.STRONGLY_OPPOSES: -2,
        Position.OPPOSES: -1,
        Position.NEUTRAL: 0,
        Position.SUPPORTS: 1,
        Position.STRONGLY_SUPPORTS: 2,
    }
)


class Basis(Vocabulary):
    """What a claim rests on."""

    STATEMENT = "statement", "The actor said so, or its officials did.", "statement"
    ACTION = (
        "action",
        "The actor did something: a vote, a veto, an abstention, a boycott, a deployment, aid. "
        "A recorded vote is a record of its own and begins no stance by itself.",
        "action",
    )
    INFERENCE = (
        "inference",
        "The analyst or the source's author concludes it from what is known.",
        "inference",
    )
    FORECAST = "forecast", "It is expected, not yet so; its likelihood says how firmly.", "forecast"


class Likelihood(Vocabulary):
    """How probable a forecast is, in the seven terms of ICD 203."""

    ALMOST_NO_CHANCE = "almost_no_chance", "1 to 5 %.", "almost no chance"
    VERY_UNLIKELY = "very_unlikely", "5 to 20 %.", "very unlikely"
    UNLIKELY = "unlikely", "20 to 45 %.", "unlikely"
    ROUGHLY_EVEN_CHANCE = "roughly_even_chance", "45 to 55 %.", "roughly even chance"
    LIKELY = "likely", "55 to 80 %.", "likely"
    VERY_LIKELY = "very_likely", "80 to 95 %.", "very likely"
    ALMOST_CERTAIN = "almost_certain", "95 to 99 %.", "almost certain"


PERCENT: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        Likelihood.ALMOST_NO_CHANCE: (1, 5),
        Likelihood.VERY_UNLIKELY: (5, 20),
        Likelihood.UNLIKELY: (20, 45),
        Likelihood.ROUGHLY_EVEN_CHANCE: (45, 55),
        Likelihood.LIKELY: (55, 80),
        Likelihood.VERY_LIKELY: (80, 95),
        Likelihood.ALMOST_CERTAIN: (95, 99),
    }
)


class Forecaster(Vocabulary):
    """Who expects what a forecast says."""

    SOURCE = "source", "The source itself.", "the source"
    TEAM = "team", "The team of this tracker.", "the team"
    THIRD_PARTIES = "third_parties", "Others, whom the source reports.", "third parties"


class ForecastOutcome(Vocabulary):
    """What became of a forecast, by the criteria that were written for it."""

    OPEN = "open", "It isn’t decided yet.", "open"
    YES = "yes", "It came about.", "yes"
    NO = "no", "It did not come about.", "no"
    AMBIGUOUS = "ambiguous", "By its criteria it is yes as well as no; never scored.", "ambiguous"
    VOID = "void", "Its premise fell away, or nobody could find out; never scored.", "void"


class Confidence(Vocabulary):
    """How well the evidence bears the claim (ICD 203); not how probable the thing is."""

    LOW = "low", "Scant, questionable or fragmentary evidence.", "low"
    MODERATE = (
        "moderate",
        "Credible and plausible evidence, not corroborated enough for more.",
        "moderate",
    )
    HIGH = "high", "Good evidence from several or very reliable sources.", "high"


class Standing(Vocabulary):
    """Whether the team holds a claim or only records that it is made."""

    ACCEPTED = (
        "accepted",
        "The team holds it: at most one on any day for an actor and an issue.",
        "accepted",
    )
    CONTESTED = (
        "contested",
        "Sources disagree: it stands beside a rival claim, and a note says why.",
        "contested",
    )


class Pattern(Vocabulary):
    """How two actors relate on an issue, as judged by an analyst."""

    COORDINATED = (
        "coordinated",
        "They act together, by agreement: joint proposals, joint vetoes.",
        "coordinated",
    )
    PARALLEL = (
        "parallel",
        "They go the same way, each on its own; no source says that they agreed on it.",
        "parallel",
    )
    COMPLEMENTARY = (
        "complementary",
        "They divide the labour: each does another part, say one by money and the other by arms.",
        "complementary",
    )
    DIVERGENT = (
        "divergent",
        "They go different ways, without working against each other.",
        "divergent",
    )
    COMPETING = (
        "competing",
        "They work against each other: what one gains, the other loses.",
        "competing",
    )
    DEFERS = (
        "defers",
        "The first gives way to the other’s interest, and holds its own back.",
        "defers to",
    )
    HEDGES = (
        "hedges",
        "The first goes on dealing with the other, but quietly secures itself in case the "
        "other fails or turns on it.",
        "hedges against",
    )


DIRECTED = frozenset({Pattern.DEFERS, Pattern.HEDGES})


class ActorKind(OpenVocabulary):
    """What sort of actor takes positions."""

    STATE = "state", "A country; its name does not judge its status, its summary may.", "state"
    ORGANIZATION = "organization", "A body with organs of its own.", "organization"
    BLOC = "bloc", "A grouping that meets or votes together, without organs of its own.", "bloc"
    PERSON = "person", "A human being; offices held are memberships.", "person"
    ARMED_GROUP = "armed_group", "A non-state group under arms.", "armed group"
    COMPANY = "company", "A firm, whoever owns it; whose it is, its memberships say.", "company"


class Theme(OpenVocabulary):
    """What an issue or a vote is about."""

    ENERGY = "energy", "Oil, gas, nuclear power and their routes.", "energy"
    DEFENSE = "defense", "Armed forces, arms and bases.", "defense"
    INFRASTRUCTURE = (
        "infrastructure",
        "Transport, ports, networks and rebuilding.",
        "infrastructure",
    )
    TRADE = "trade", "Goods, shipping and market access.", "trade"
    FINANCE = "finance", "Loans, payments and currencies.", "finance"
    NUCLEAR_WEAPONS = (
        "nuclear_weapons",
        "Nuclear arms, their tests and their control.",
        "nuclear weapons",
    )
    SANCTIONS = "sanctions", "Sanctions, their relief and ways around them.", "sanctions"
    HUMAN_RIGHTS = "human_rights", "Rights of people, repression and aid.", "human rights"
    SECURITY = "security", "Conflict, terrorism and peacekeeping.", "security"
    DIPLOMACY = "diplomacy", "Talks, mediation and groupings of states.", "diplomacy"
    TERRITORY = "territory", "Borders, recognition and claims to land or sea.", "territory"
    GOVERNANCE = "governance", "Who governs, and by what right.", "governance"
    DISARMAMENT = "disarmament", "Fewer arms, and none of some kinds.", "disarmament"
    DEVELOPMENT = (
        "development",
        "Growth, poverty and the terms on which poor countries take part.",
        "development",
    )
    DECOLONIZATION = (
        "decolonization",
        "Colonies, trusteeship and self-determination.",
        "decolonization",
    )


class Region(OpenVocabulary):
    """Where an issue lies."""

    AFRICA = "africa", "Africa, north and south of the Sahara.", "Africa"
    ARCTIC = "arctic", "North of the Arctic Circle.", "Arctic"
    CENTRAL_ASIA = "central_asia", "The five republics, Afghanistan and Xinjiang.", "Central Asia"
    EAST_ASIA = "east_asia", "China, Japan, the Koreas, Mongolia and Taiwan.", "East Asia"
    EUROPE = "europe", "Europe with Russia, Ukraine and the Caucasus.", "Europe"
    LATIN_AMERICA = "latin_america", "The Americas south of the United States.", "Latin America"
    MIDDLE_EAST = "middle_east", "From Turkey and Egypt to Iran and the Gulf.", "Middle East"
    SOUTH_ASIA = "south_asia", "From Pakistan to Bangladesh and Sri Lanka.", "South Asia"
    SOUTHEAST_ASIA = (
        "southeast_asia",
        "From Myanmar to the Philippines, with the South China Sea.",
        "Southeast Asia",
    )
    GLOBAL = "global", "No one region.", "global"


class Instrument(OpenVocabulary):
    """By what means an actor pursues its position."""

    DIPLOMATIC = "diplomatic", "Votes, talks, recognition and statements.", "diplomatic"
    ECONOMIC = "economic", "Aid, loans, trade and sanctions.", "economic"
    MILITARY = "military", "Forces, bases, arms and exercises.", "military"
    LEGAL = "legal", "Courts, treaties and legislation.", "legal"
    INFORMATIONAL = "informational", "Media, propaganda and cyber means.", "informational"


class MeetingKind(OpenVocabulary):
    """What sort of encounter it is."""

    STATE_VISIT = "state_visit", "A head of state received by another.", "state visit"
    SUMMIT = "summit", "Leaders meet to negotiate, as two or as a body.", "summit"
    SIDELINE = "sideline", "Leaders meet on the margins of something else.", "sideline meeting"
    CONFERENCE = "conference", "Many take part, on a theme.", "conference"
    MINISTERIAL = "ministerial", "Ministers meet.", "ministerial"
    ENVOY_TALKS = "envoy_talks", "Envoys or officials meet.", "envoy talks"
    CALL = "call", "By telephone or video.", "call"


class MeetingStatus(Vocabulary):
    """Whether it took place."""

    PLANNED = "planned", "Announced.", "planned"
    EXPECTED = "expected", "Likely, not announced.", "expected"
    HELD = "held", "It took place; a source says so.", "held"
    CANCELLED = "cancelled", "It was called off.", "cancelled"


class ActKind(OpenVocabulary):
    """What sort of act it is."""

    EXERCISE = (
        "exercise",
        "Forces train together: at sea, on land, in the air or at a desk.",
        "exercise",
    )
    PATROL = (
        "patrol",
        "Ships, aircraft or guards go a route together, outside an exercise.",
        "patrol",
    )
    DEPLOYMENT = (
        "deployment",
        "Forces or equipment are stationed somewhere together, or for the other.",
        "deployment",
    )
    JOINT_STATEMENT = (
        "joint_statement",
        "A text that binds nobody, issued in the name of all.",
        "joint statement",
    )
    TREATY = (
        "treaty",
        "A text between states that is ratified or binds as a treaty, also its prolongation.",
        "treaty",
    )
    AGREEMENT = (
        "agreement",
        "A text between governments or their bodies that needs no ratification.",
        "agreement",
    )
    DEAL = "deal", "A contract or a common project of companies, also with a state.", "deal"
    ARMS_TRANSFER = "arms_transfer", "Arms are delivered, or licensed to be made.", "arms transfer"
    AID = "aid", "Money, goods or help are given without a price.", "aid"
    SANCTION = "sanction", "Measures against a third, taken or lifted together.", "sanction"
    RECOGNITION = (
        "recognition",
        "A state, a government or a border is recognised, or no longer.",
        "recognition",
    )
    OTHER = (
        "other",
        "Anything else that they do together and that is no meeting and no vote.",
        "act",
    )


class ActStatus(OpenVocabulary):
    """Whether it was done, and whether what was signed binds."""

    PLANNED = "planned", "Announced.", "planned"
    EXPECTED = "expected", "Likely, not announced.", "expected"
    DONE = "done", "It was done, or signed; a source says so.", "done"
    IN_FORCE = "in_force", "What was signed binds by now; a source says so.", "in force"
    ENDED = "ended", "It bound, or went on, and does no longer; a source says so.", "ended"
    CANCELLED = "cancelled", "It was called off before it was done.", "cancelled"


class ParticipantRole(OpenVocabulary):
    """As what an actor takes part in a meeting or an act, or does not."""

    HOST = "host", "Receives the others.", "host"
    PARTICIPANT = "participant", "Takes part.", "participant"
    OBSERVER = "observer", "Is there without a say.", "observer"
    INVITED = "invited", "Was asked; whether it comes is open.", "invited"
    BOYCOTTED = "boycotted", "Was asked and stays away, and says so.", "boycotted"
    SIGNATORY = "signatory", "Signs the text, or issues it together with the others.", "signatory"


class VoteKind(OpenVocabulary):
    """On what a body votes."""

    RESOLUTION = (
        "resolution",
        "A resolution as a whole, which has the symbol of the one adopted.",
        "resolution",
    )
    DRAFT = "draft", "A draft that was not adopted, or that has no other symbol.", "draft"
    AMENDMENT = "amendment", "A change of the text that is voted on.", "amendment"
    PARAGRAPH = "paragraph", "One part of the text, voted on by itself.", "paragraph"
    PROCEDURAL = (
        "procedural",
        "How to proceed: the agenda, the order of votes, a ruling of the chair.",
        "procedural",
    )
    OTHER = "other", "Anything else: an election, an admission, a referral.", "other"


class VoteOutcome(Vocabulary):
    """What the body decided."""

    ADOPTED = "adopted", "It was carried.", "adopted"
    REJECTED = "rejected", "It was not carried, for want of votes.", "rejected"
    VETOED = "vetoed", "It had the votes, and a permanent member voted against it.", "vetoed"
    NOT_KNOWN = "not_known", "The record at hand does not say.", "not known"


class Choice(Vocabulary):
    """What a member did in a vote."""

    YES = "yes", "In favour.", "yes"
    NO = "no", "Against.", "no"
    ABSTAIN = "abstain", "Present, and neither for nor against.", "abstain"
    ABSENT = "absent", "A member then, and not there.", "absent"
    NOT_PARTICIPATING = (
        "not_participating",
        "There, and said that it takes no part in the vote.",
        "not participating",
    )


# What the tally of a vote counts, each with its field.
TALLY = {
    choice: f"tally_{choice}" for choice in (Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.ABSENT)
}


class YesMeans(Vocabulary):
    """What a yes says of the question of the issue."""

    SUPPORTS = "supports", "A yes is for what the question proposes.", "supports"
    OPPOSES = "opposes", "A yes is against what the question proposes.", "opposes"


class Relation(Vocabulary):
    """What a source does to the claim that cites it."""

    SUPPORTS = "supports", "The source bears the claim out.", "supports"
    CONTRADICTS = "contradicts", "The source says otherwise.", "contradicts"


class Outlet(OpenVocabulary):
    """Who speaks in a source."""

    OFFICIAL = "official", "A government or an organization of states.", "official"
    STATE_MEDIA = (
        "state_media",
        "Media that a state owns or directs, whichever state it is.",
        "state media",
    )
    INDEPENDENT = (
        "independent",
        "Media or institutes that no state owns or directs, even if one pays for them.",
        "independent",
    )
    ACADEMIC = "academic", "Peer-reviewed or university work.", "academic"
    UNKNOWN = "unknown", "Not settled yet.", "unknown"


class Reliability(Vocabulary):
    """How far a source is to be trusted in general (Admiralty code)."""

    A = "A", "It has been right whenever it could be checked.", "A: completely reliable"
    B = "B", "It has mostly been right.", "B: usually reliable"
    C = "C", "It has been right more often than wrong.", "C: fairly reliable"
    D = "D", "It has been wrong more often than right.", "D: not usually reliable"
    E = "E", "It has been wrong nearly always, or misleads on purpose.", "E: unreliable"
    F = "F", "Too little is known of it.", "F: cannot be judged"


class Credibility(Vocabulary):
    """How far this piece of information is to be believed (Admiralty code)."""

    CONFIRMED = "1", "Confirmed by other sources.", "1: confirmed"
    PROBABLY_TRUE = "2", "Not confirmed, but it fits all else that is known.", "2: probably true"
    POSSIBLY_TRUE = "3", "Not confirmed; it fits some of what is known.", "3: possibly true"
    DOUBTFUL = "4", "Not confirmed; it can be, but nothing else speaks for it.", "4: doubtful"
    IMPROBABLE = "5", "Contradicted by what else is known.", "5: improbable"
    UNJUDGED = "6", "Nothing is known by which to judge it.", "6: cannot be judged"


class MeetingForm(Vocabulary):
    """How it was or is to be held."""

    IN_PERSON = "in_person", "Those who take part come to one place.", "in person"
    VIDEO = "video", "They see and hear each other from afar; all of them or some.", "video"
    TELEPHONE = "telephone", "They hear each other, and nobody is seen.", "telephone"
    IN_WRITING = "in_writing", "Letters or notes go to and fro, and nobody meets.", "in writing"


class State(Vocabulary):
    """Where a record stands in the team's work; whether it is public is told by the publication."""

    EDITING = "editing", "Somebody is working on it.", "editing"
    IN_REVIEW = "in_review", "Its author asks for it to be published.", "in review"


class ReviewStep(Vocabulary):
    """What somebody did with a record in its review."""

    SUBMITTED = "submitted", "Its author asks for it to be published.", "submitted"
    WITHDRAWN = "withdrawn", "It is no longer up for review.", "withdrawn from review"
    SENT_BACK = "sent_back", "It can't be published like this; the comment says why.", "sent back"
    APPROVED = "approved", "This very version may be published.", "approved"
    ASSIGNED = "assigned", "It is for somebody to go on with.", "assigned"
    COMMENTED = "commented", "A remark, to be kept with the record.", "commented"
    MERGE_PROPOSED = (
        "merge_proposed",
        "It is the same as another; somebody else may merge them.",
        "proposed to merge",
    )


MOVES_NOTHING = (ReviewStep.APPROVED, ReviewStep.COMMENTED, ReviewStep.MERGE_PROPOSED)
# what leaves a change set
CHANGES_STATE = (ReviewStep.SUBMITTED, ReviewStep.WITHDRAWN, ReviewStep.SENT_BACK)


class Channel(Vocabulary):
    """Through which edge a change came to the desk."""

    ADMIN = "admin", "The admin, by a person.", "desk"
    API = "api", "The REST API.", "API"
    IMPORT = "import", "An import of files.", "import"
    COMMAND = "command", "A command of the operators.", "command"
    SQL = "sql", "SQL past all of these.", "SQL"


class Operation(Vocabulary):
    """What an edition did to a record."""

    PUBLISHED = "published", "It became public, for the first time or again.", "published"
    UPDATED = "updated", "Something of its own changed.", "replaced"
    RENAMED = "renamed", "Only a name that it refers to changed.", "renamed"
    RETRACTED = "retracted", "It was withdrawn; its address says so for ever.", "withdrawn"
    MERGED = "merged", "It became part of another; its address leads there.", "part of another"


class RowOutcome(TextChoices):
    """What becomes of a row, in the words of the preview."""

    CREATED = "created", "new"
    CHANGED = "changed", "changed"
    SAME = "same", "same"
    DUPLICATE = "duplicate", "duplicate"
    ERROR = "error", "error"
    EXISTING = "existing", "existing one used"
    LEFT_OUT = "left_out", "left out"


class UploadChoice(TextChoices):
    """What a person chose for a row."""

    USE = "use", "use the existing one"
    CREATE = "create", "create it anyway"
    LEAVE_OUT = "leave_out", "leave it out"
