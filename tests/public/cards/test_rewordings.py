"""Texts that an edition changed, as HTML:
what went and what came, and nothing of a text as HTML.
"""

from tracker.public.cards.wording import rewordings


def test_texts_are_told_as_text_by_the_names_of_their_fields_and_other_fields_are_not() -> None:
    changed = {"position": ["a", "b"], "standing_note": [None, "<b>&"], "summary": ["One.", "Two."]}
    lines = list(
        rewordings(changed, ("summary", "question", "standing_note"), '/stances/1/?edition=2"')
    )
    link = '<a class="when" href="/stances/1/?edition=2&quot;">as it was before</a>'
    assert lines == [
        f"summary: <bdi><del>One.</del> <ins>Two.</ins></bdi> {link}",
        f"why it is disputed: <bdi><ins>&lt;b&gt;&amp;</ins></bdi> {link}",
    ]
