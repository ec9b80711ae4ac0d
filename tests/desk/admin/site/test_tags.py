"""Tags of the admin's templates: pieces of pages, and what is typed in them is text."""

from datetime import UTC, datetime

from django import forms
from django.template import Context, Template

from tracker.values.text_diff import DiffPiece, Edit


def page(source: str, **context: object) -> str:
    """Return what a template makes, without the blanks between its elements."""
    html = Template(source).render(Context(context))
    return "".join(line.strip() for line in html.splitlines())


def test_a_moment_is_told_to_the_minute_and_exactly_in_its_title():
    assert " ".join(
        Template("{% moment at %}")
        .render(Context({"at": datetime(2026, 3, 4, 5, 6, 7, 89, UTC)}))
        .split()
    ) == (
        '<time datetime="2026-03-04T05:06:07.000089+00:00" title="4 March 2026, '
        '05:06:07.000089 UTC">'
        "4 March 2026, 05:06 UTC</time>"
    )


def test_a_list_says_how_many_it_leaves_out():
    lines = ["<one>", "two"]
    assert page("{% items lines %}", lines=lines) == "<ul><li>&lt;one&gt;</li><li>two</li></ul>"
    assert page("{% items lines more=more %}", lines=lines, more=0) == page(
        "{% items lines %}", lines=lines
    )
    assert page("{% items lines more=1234 css='a b' html_id='c' %}", lines=lines[1:]) == (
        '<ul id="c" class="a b"><li>two</li><li>and 1,234 more</li></ul>'
    )


def test_a_list_of_a_hundred_lines_is_told_as_perhaps_not_all():
    noted = "{% items lines note='There may be more.' %}"
    assert "There may be more." not in page(noted, lines=["x"] * 99)
    assert page(noted, lines=["x"] * 100).endswith("<li>x</li><li>There may be more.</li></ul>")


def test_a_table_has_a_head():
    assert page("{% headings 'Row' 'What' %}") == (
        '<thead><tr><th scope="col">Row</th><th scope="col">What</th></tr></thead>'
    )


def test_a_field_has_its_label_and_its_help():
    class Form(forms.Form):
        why = forms.CharField(help_text="not this")
        note = forms.CharField(required=False)

    form = Form({"note": "x"})
    why = page("{% field_row form.why 'In a word.' %}", form=form)
    assert 'class="form-row field-why errors"' in why
    assert 'class="errorlist"' in why
    assert '<label for="id_why" class="required">Why:</label><input' in why
    assert '<div class="help" id="id_why_helptext"><div>In a word.</div></div>' in why
    note = page("{% field_row form.note %}", form=form)
    assert note.startswith(
        '<div class="form-row field-note"><div class="flex-container"><label '
        'for="id_note">Note:</label>'
    )
    assert "help" not in note


def test_changed_words_are_marked_and_what_was_typed_is_text():
    text = [DiffPiece("as <it> was", False), DiffPiece("<b>", True)]
    assert page("{% pieces text 'del' %}", text=text) == "as &lt;it&gt; was<del>&lt;b&gt;</del>"
    assert page("{% pieces text %}", text=text) == "as &lt;it&gt; was&lt;b&gt;"
    assert page("{% edits text %}", text=[Edit("a", ""), Edit("<", "del"), Edit(">", "ins")]) == (
        "a<del>&lt;</del><ins>&gt;</ins>"
    )
