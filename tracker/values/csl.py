"""Terms of the Citation Style Language 1.0.2: item types and locators."""

from tracker.values.vocabularies import Vocabulary


class SourceType(Vocabulary):
    """What sort of document a source is, in the item types of CSL 1.0.2."""

    ARTICLE = (
        "article",
        "A preprint, working paper or other article outside a periodical.",
        "article",
    )
    ARTICLE_JOURNAL = "article-journal", "An article in a scholarly journal.", "article journal"
    ARTICLE_MAGAZINE = "article-magazine", "An article in a magazine.", "article magazine"
    ARTICLE_NEWSPAPER = (
        "article-newspaper",
        "An article in a newspaper, also online.",
        "article newspaper",
    )
    BILL = "bill", "A proposed law.", "bill"
    BOOK = "book", "A book or a pamphlet bound as one.", "book"
    BROADCAST = "broadcast", "A radio or television programme, or a podcast.", "broadcast"
    CHAPTER = "chapter", "A chapter of a book.", "chapter"
    CLASSIC = "classic", "A classical or ancient work, cited by its own divisions.", "classic"
    COLLECTION = "collection", "An archival collection.", "collection"
    DATASET = "dataset", "Data, whole.", "dataset"
    DOCUMENT = "document", "What fits no other type.", "document"
    ENTRY = "entry", "An entry in a database or reference work.", "entry"
    ENTRY_DICTIONARY = "entry-dictionary", "An entry in a dictionary.", "entry dictionary"
    ENTRY_ENCYCLOPEDIA = "entry-encyclopedia", "An entry in an encyclopedia.", "entry encyclopedia"
    EVENT = "event", "An event itself, such as an exhibition.", "event"
    FIGURE = "figure", "A figure of a larger work.", "figure"
    GRAPHIC = "graphic", "A picture, photograph or other graphic.", "graphic"
    HEARING = "hearing", "The record of a hearing.", "hearing"
    INTERVIEW = "interview", "An interview.", "interview"
    LEGAL_CASE = "legal_case", "A decision of a court.", "legal case"
    LEGISLATION = "legislation", "A law in force.", "legislation"
    MANUSCRIPT = "manuscript", "An unpublished text.", "manuscript"
    MAP = "map", "A map.", "map"
    MOTION_PICTURE = "motion_picture", "A film or video.", "motion picture"
    MUSICAL_SCORE = "musical_score", "Music as notes.", "musical score"
    PAMPHLET = "pamphlet", "A short, ephemeral print.", "pamphlet"
    PAPER_CONFERENCE = "paper-conference", "A paper given at a conference.", "paper conference"
    PATENT = "patent", "A patent.", "patent"
    PERFORMANCE = "performance", "A performance as given.", "performance"
    PERIODICAL = "periodical", "A periodical, whole or an issue.", "periodical"
    PERSONAL_COMMUNICATION = (
        "personal_communication",
        "A letter or message between people.",
        "personal communication",
    )
    POST = "post", "A post in a forum or on social media.", "post"
    POST_WEBLOG = "post-weblog", "A post on a blog.", "post weblog"
    REGULATION = "regulation", "A rule made by an administration.", "regulation"
    REPORT = "report", "A report by an institution, also of the United Nations.", "report"
    REVIEW = "review", "A review of a work.", "review"
    REVIEW_BOOK = "review-book", "A review of a book.", "review book"
    SOFTWARE = "software", "A program.", "software"
    SONG = "song", "A recording of music.", "song"
    SPEECH = "speech", "A speech or a talk.", "speech"
    STANDARD = "standard", "A technical standard.", "standard"
    THESIS = "thesis", "A thesis for a degree.", "thesis"
    TREATY = "treaty", "A treaty between states.", "treaty"
    WEBPAGE = (
        "webpage",
        "A page on the web that fits no other type; an institute's analysis or commentary.",
        "webpage",
    )


class Locator(Vocabulary):
    """Where in a source the claim is found, in the locator terms of CSL 1.0.2."""

    ACT = "act", "An act of a play.", "act"
    APPENDIX = "appendix", "An appendix.", "appendix"
    ARTICLE_LOCATOR = "article-locator", "An article of a law or treaty.", "article locator"
    BOOK = "book", "A book within a work.", "book"
    CANON = "canon", "A canon.", "canon"
    CHAPTER = "chapter", "A chapter.", "chapter"
    COLUMN = "column", "A column of print.", "column"
    ELOCATION = "elocation", "An electronic location.", "elocation"
    EQUATION = "equation", "An equation.", "equation"
    FIGURE = "figure", "A figure.", "figure"
    FOLIO = "folio", "A folio.", "folio"
    ISSUE = "issue", "An issue of a periodical.", "issue"
    LINE = "line", "A line.", "line"
    NOTE = "note", "A note.", "note"
    OPUS = "opus", "An opus.", "opus"
    PAGE = "page", "A page.", "page"
    PARAGRAPH = "paragraph", "A paragraph.", "paragraph"
    PART = "part", "A part.", "part"
    RULE = "rule", "A rule.", "rule"
    SCENE = "scene", "A scene.", "scene"
    SECTION = "section", "A section, by its heading.", "section"
    SUB_VERBO = "sub-verbo", "An entry, by its headword.", "sub verbo"
    SUPPLEMENT = "supplement", "A supplement.", "supplement"
    TABLE = "table", "A table.", "table"
    TIMESTAMP = "timestamp", "A moment of a recording.", "timestamp"
    TITLE_LOCATOR = "title-locator", "A title of a code of law.", "title locator"
    VERSE = "verse", "A verse.", "verse"
    VERSION = "version", "A version.", "version"
    VOLUME = "volume", "A volume.", "volume"
