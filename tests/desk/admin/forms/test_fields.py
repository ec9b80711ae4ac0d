"""A form's field of a kind of values:
it keeps what the kind keeps, and refuses in the kind's words.
"""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tracker.desk.admin.forms.formfields import DeskFields
from tracker.models import Actor, Meeting, Source, Vote
from tracker.values.problems import InvalidError

ACTOR, MEETING, SOURCE, VOTE = (
    {field.name: field for field in of._meta.fields} for of in (Actor, Meeting, Source, Vote)
)
TRACKED = "https://example.org/a?utm_source=x&b=c"


def form_field(field: Any) -> Any:
    return DeskFields().formfield_for_dbfield(field, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        (SOURCE["url"], TRACKED, "https://example.org/a?b=c"),
        (SOURCE["url"], "example.org/a", "https://example.org/a"),
        (SOURCE["url"], "ftps://example.org/a", "ftps://example.org/a"),
        (SOURCE["archive_url"], TRACKED, TRACKED),
        (SOURCE["language"], " zh-Hans ", "zh-Hans"),
        (SOURCE["accessed_on"], "2019-06-05", date(2019, 6, 5)),
        (SOURCE["issued"], "June 2019", "2019-06"),
        (SOURCE["keywords"], "Arctic\nshipping\nArctic", ["Arctic", "shipping"]),
        (MEETING["country"], "chn", "CHN"),
        (MEETING["importance"], "2", 2),
        (MEETING["importance"], "", None),
        (ACTOR["iso3"], "", None),
        (ACTOR["names"], "zh: 中国", {"zh": "中国"}),
        (VOTE["themes"], ["energy"], ["energy"]),
    ],
)
def test_what_is_typed_is_kept_as_its_kind_keeps_it(field: Any, typed: Any, kept: Any) -> None:
    assert form_field(field).clean(typed) == kept


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (SOURCE["url"], "javascript:alert(1)", "javascript:alert(1)"),
        (
            SOURCE["archive_url"],
            f"https://example.org/{'a' * 2000}",
            f"https://example.org/{'a' * 2000}",
        ),
        (SOURCE["language"], "English language", "English language"),
        (SOURCE["title"], "a" * 501, "a" * 501),
        (SOURCE["accessed_on"], "2019-02-30", "2019-02-30"),
        (SOURCE["issued"], "last December", "last December"),
        (MEETING["country"], "XXX", "XXX"),
        (MEETING["importance"], "much", "much"),
        (MEETING["importance"], "4", 4),
        (ACTOR["slug"], "The River", "The River"),
        (ACTOR["wikidata_id"], "148", "148"),
    ],
)
def test_it_is_refused_in_the_words_of_the_core(field: Any, typed: str, value: Any) -> None:
    with pytest.raises(InvalidError) as of_core:
        field.take(value)
    with pytest.raises(ValidationError) as of_form:
        form_field(field).clean(typed)

    (message,) = of_form.value.messages
    assert message.endswith(f"”: {of_core.value.problems[0].text}")
    assert message.startswith(f"“{typed[:79]}")


def test_a_code_that_is_kept_stays_one_to_choose() -> None:
    field = form_field(MEETING["country"])
    field.keep("XKX")

    assert field.clean("XKX") == "XKX"
