"""The files of a new noun with a title and a summary, and its lines beside those of the others."""

import ast

from tests.stubs.insertion import OPEN, Module

FILES = {
    "tracker/models/{plural}.py": '''"""{Plural}: {OPEN}: what they are."""

from django.db import models
from tracker.models.constraints import says_something
from tracker.models.documents import Document, document_indexes, document_rules, public_columns
from tracker.models.fields import LineField, ProseField
from tracker.models.indexes import search_index
from tracker.models.records import Record, record_constraints, record_indexes

class {Noun}(Record):
    """{OPEN}: what one is."""

    title = LineField("What it is called.", max_length=300, required=True)
    summary = ProseField("What it is about, in a few sentences.")

    class Meta:
        indexes = [*record_indexes("{noun}"), search_index("{noun}", "title", "summary", "ref")]
        constraints = [
            *record_constraints("{noun}"),
            says_something("{noun}_has_a_title", "title", "write one, of letters that are seen."),
        ]

    def __str__(self) -> str:
        return self.title

@public_columns({Noun})
class {Noun}Document(Document):
    """One {noun} as readers see or saw it."""

    sort = models.TextField()

    class Meta:
        constraints = document_rules("{noun}_document")
        indexes = document_indexes("{noun}")
''',
    "tracker/schema/{plural}.py": '''\
"""{Plural} in public: their shape, and the filters over them."""

from typing import Annotated
from msgspec import Meta, Struct
from tracker.schema.examples import Examples
from tracker.schema.filters import Filter
from tracker.schema.markers import DefaultOrder
from tracker.schema.parts import Id, Ref, Summary

class {Noun}(Struct, frozen=True, kw_only=True):
    """{OPEN}: what one is."""

    id: Id
    ref: Ref
    title: Annotated[str, Meta(description="What it is called."), DefaultOrder()]
    summary: Summary

FILTERS: list[Filter] = []
BODIES = {{
    "changed": {{"summary": "One."}},
    "changed again": {{"title": "Another title"}},
    "new": {{"title": "An example"}},
    "another": {{"title": "Another example"}},
}}
FIRST = "{OPEN}: the ref of one in the first dataset"
EXAMPLES = Examples(FIRST, {{}}, {{"fields": ["id", "title"]}}, BODIES)
''',
    "tracker/desk/admin/records/{plural}.py": '''"""{Plural} in the admin."""

from django.contrib import admin
from tracker.desk.admin.lists.filters import ORIGIN, StatusFilter
from tracker.desk.admin.records.base import RecordAdmin
from tracker.models import {Noun}

@admin.register({Noun})
class {Noun}Admin(RecordAdmin):
    """{OPEN}: what they are."""

    example = {{"title": "An example"}}
    list_display = ("title", "public_status")
    list_filter = (StatusFilter, *ORIGIN)
    search_help_text = "Searches titles and summaries."
    ordering = ("title", "id")
    changed_together = {{"summary": ()}}
    noun_fieldsets = ((None, {{"fields": ("title", "summary")}}),)
''',
    "tests/factories/{plural}.py": '''"""{Plural}."""

import factory
from tests.factories.records import RecordFactory

class {Noun}Factory(RecordFactory):
    """{OPEN}: which one."""

    class Meta:
        model = "tracker.{Noun}"

    title = factory.Sequence(lambda n: f"{Noun} {{n}}")
''',
}
# where a noun is entered: the module, what it imports from where, and the list or dict that has it
ENTRIES = (
    (
        "tracker/models/__init__.py",
        "tracker.models.{plural}",
        ("{Noun}", "{Noun}Document"),
        "__all__",
    ),
    ("tests/factories/__init__.py", "tests.factories.{plural}", ("{Noun}Factory",), "__all__"),
)


def add_noun(noun: str, plural: str) -> list[Module]:
    """Return the modules of a noun, new ones and those that name it; raise NoPlaceError."""
    words = {
        "OPEN": OPEN,
        "noun": noun,
        "plural": plural,
        "Noun": noun.capitalize(),
        "Plural": plural.capitalize(),
    }
    modules = [Module(path.format(**words), text.format(**words)) for path, text in FILES.items()]
    nouns, duplicates = (
        Module("tracker/values/nouns.py"),
        Module("tracker/desk/records/duplicates.py"),
    )
    owner = nouns.find(ast.ClassDef, lambda node: node.name == "Noun")
    member = next((node for node in reversed(owner.body) if isinstance(node, ast.Assign)), None)
    nouns.insert(f'{noun.upper()} = "{noun}", "{plural}"', member)
    duplicates.append(f"Noun.{noun.upper()}: None,", duplicates.assigned("DUPLICATE_KEYS"))
    for path, home, imported, listed in ENTRIES:
        module = Module(path)
        for name in (name.format(**words) for name in imported):
            module.import_name(home.format(**words), name)
            module.append(f'"{name}",', module.assigned(listed))
        modules.append(module)
    return [*modules, nouns, duplicates]
