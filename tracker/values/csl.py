"""Terms of the Citation Style Language 1.0.2: item types and locators."""

from tracker.values.vocabulary import Vocabulary

_TYPES = """article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection
dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
personal_communication post post-weblog regulation report review review-book software song speech standard thesis treaty
webpage""".split()

_LOCATORS = """act appendix article-locator book canon chapter column elocation equation figure folio issue line note opus
page paragraph part rule scene section sub-verbo supplement table timestamp title-locator verse version volume""".split()


def _members(terms: list[str]) -> list[tuple[str, tuple[str, str, str]]]:
    return [
        (term.upper().replace("-", "_"), (term, f"CSL 1.0.2: {term}.", term.replace("-", " ").replace("_", " ")))
        for term in terms
    ]


SourceType = Vocabulary("SourceType", _members(_TYPES))  # type: ignore[call-overload]
SourceType.__doc__ = "What sort of document a source is, in the item types of CSL 1.0.2."
Locator = Vocabulary("Locator", _members(_LOCATORS))  # type: ignore[call-overload]
Locator.__doc__ = "Where in a source the claim is found, in the locator terms of CSL 1.0.2."
