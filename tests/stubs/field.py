"""The lines of a new field that may be left out:
in its vocabulary, its table and its public shape.
"""

import ast
from typing import NamedTuple

from tests.stubs.insertion import OPEN, Module
from tracker.schema.fields import fields
from tracker.schema.records import SHAPES, shape_of
from tracker.values import csl, vocabularies
from tracker.values.nouns import Noun


class Kind(NamedTuple):
    """How a kind of values is declared at the desk and in public, with a mark and a rule,
    if it has them.
    """

    desk: str
    public: str
    mark: str = ""
    rule: str = ""


KINDS = {
    "term": Kind(
        'TermField({vocabulary}, blank=True, default="")',
        "{vocabulary} | None",
        'AnyOf("{Plural} of these {OPEN}.")',
        '*known_terms("{noun}", optional=("{name}",), {name}={vocabulary})',
    ),
    "number": Kind(
        'WholeNumberField(public.{Noun}, "{name}")',
        "Annotated[int, Meta(ge=1, le=3)] | None",
        'Bounds("{Plural} of {{at}} this {OPEN}.")',
        'within("{noun}", public.{Noun}, "{name}")',
    ),
    "line": Kind('LineField("{help}", max_length=200)', "str | None"),
    "prose": Kind('ProseField("{help}")', "str | None"),
}


def add_field(
    noun: Noun, name: str, kind: Kind, help: str, vocabulary: str, terms: str, after: str
) -> list[Module]:
    """Return the modules that a field is in, with its lines;
    it stands behind `after`, or behind the noun's last.

    Raises NoPlaceError.
    """
    named = {"noun": noun, "Noun": noun.capitalize(), "Plural": noun.plural.capitalize()}
    words = {**named, "OPEN": OPEN, "name": name, "help": help, "vocabulary": vocabulary}
    desk, public = (
        Module(f"tracker/models/{noun.plural}.py"),
        Module(f"tracker/schema/{noun.plural}.py"),
    )
    own = desk.fields(noun.capitalize()).keys() & public.fields(noun.capitalize()).keys()
    behind = after or next(field for field in reversed(fields(SHAPES[noun])) if field in own)

    if rule := kind.rule.format(**words):
        known = desk.find(
            ast.Call, lambda call: ast.unparse(call).startswith(f"known_terms('{noun}'")
        )
        if known and vocabulary:
            _add_term(desk, known, name, vocabulary)
        else:
            desk.append(rule, desk.fields(noun.capitalize())["constraints"].value)
            desk.import_name("tracker.models.constraints", rule.lstrip("*").partition("(")[0])
    desk.insert(f"{name} = {kind.desk.format(**words)}", desk.fields(noun.capitalize()).get(behind))
    desk.import_name("tracker.models.fields", kind.desk.partition("(")[0])
    if "public." in kind.desk and "as public" not in desk.text:
        desk.insert(
            f"from tracker.schema import {noun.plural} as public",
            desk.find(ast.ImportFrom, lambda node: True),
        )

    says = f'Meta(description="{help.rstrip(".")}; null: not said.")'
    marks = filter(None, (kind.public.format(**words), says, kind.mark.format(**words)))
    line = f"{name}: Annotated[{', '.join(marks)}, SinceShape(shape={shape_of(noun) + 1}),]"
    public.insert(line, public.fields(noun.capitalize()).get(behind))
    for mark in ("SinceShape", kind.mark.partition("(")[0]):
        if mark:
            public.import_name("tracker.schema.markers", mark)

    if not vocabulary:
        return [desk, public]
    home = csl if hasattr(csl, vocabulary) else vocabularies
    for module in (desk, public):
        module.import_name(home.__name__, vocabulary)
    return [
        desk,
        public,
        *([] if hasattr(home, vocabulary) else [_vocabulary(vocabulary, help, terms.split(","))]),
    ]


def _add_term(module: Module, known: ast.Call, name: str, vocabulary: str) -> None:
    optional = next((each.value for each in known.keywords if each.arg == "optional"), None)
    module.append(f"{name}={vocabulary}" + ("" if optional else f', optional=("{name}",)'), known)
    if optional:
        module.append(f'"{name}"', optional)


def _vocabulary(name: str, help: str, terms: list[str]) -> Module:
    """Return the vocabularies with one more, before those of the work at the desk."""
    module = Module("tracker/values/vocabularies.py")
    members = [
        f'    {term.upper()} = "{term}", "{OPEN}: when it is so.", "{term.replace("_", " ")}"'
        for term in terms
    ]
    last = module.find(ast.ClassDef, lambda node: node.name == "Credibility")
    module.insert(
        "\n".join(["", "", f"class {name}(Vocabulary):", f'    """{help}"""', "", *members]), last
    )
    return module
