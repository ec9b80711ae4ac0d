"""Names that are written from right to left."""

from html.parser import HTMLParser

import pytest

from tests.factories import ActFactory, VoteFactory
from tests.public.api.publishing import edit, publish, publish_whole
from tests.public.site.conftest import Visitor
from tests.public.site.pages import make_every_noun, pages_of

pytestmark = pytest.mark.django_db
NAME = "\u202eعربي"
VOID = {"meta", "link", "input", "img", "br", "wbr"}
# What keeps its text apart: an element for that, or one that is a line of its own.
APART = {"bdi", "title", "desc", "text", "tspan", "option", "code", "script"}


class Bidi(HTMLParser):
    """Finds where a text stands that isn't kept apart from what is around it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text, self.open, self.loose = text, list[str](), list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append("bdi" if dict(attrs).get("dir") == "auto" else tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.text in data and not APART & {*self.open}:
            self.loose.append(f"{self.open[-3:]}: {data.strip()[:120]}")


def test_a_name_from_right_to_left_turns_nothing_around_it(visitor: Visitor) -> None:
    """Wherever it stands on a page it is kept apart, and so is what only looks like one."""
    known = make_every_noun(2)
    china = {"actor": known["china"]}
    russia = {"actor": known["russia"]}
    known["vote"] = VoteFactory(
        body=known["vote"].body,
        symbol=NAME,
        ballots=[{**china, "choice": "no", "note": NAME}, russia],
        amends=f"f{NAME}",
    )
    source = known["stance"].citations.first().source
    known["act"] = ActFactory(
        title=f"g{NAME}", place=NAME, series=NAME, summary=NAME, text=source,
        participants=[{**china, "role": "signatory"}, russia],
        issues=[{"issue": known["canal"], "outcome": NAME}],
        citations=[{"source": source, "quote": NAME}],
    )  # fmt: skip
    edit(known["china"], name=f"a{NAME}")
    edit(known["canal"], title=f"b{NAME}", question=f"b{NAME}?")
    edit(known["meeting"], title=f"c{NAME}", place=NAME)
    edit(known["stance"], summary=NAME)
    publish_whole(*known.values(), note=NAME)
    publish(edit(known["china"], name=f"d{NAME}"), note=NAME)
    publish(edit(source, title=f"e{NAME}", publisher=NAME))
    loose = dict[str, str]()
    for address in (
        *pages_of(known).values(),
        "/editions/2/",
        f"/search/?q={NAME[1:]}",
        "/issues/canal/?edition=2&on=2019-06-15",
    ):
        parser = Bidi(NAME)
        parser.feed(visitor.read(address))
        loose |= dict.fromkeys(parser.loose, address)
    assert loose == {}
