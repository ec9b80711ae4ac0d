"""Vague dates: what they can mean, and that the database reads them alike."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.values.dates import InvalidDateError, parse, split_interval

CENTURY = [date(2000, 1, 1) + timedelta(days=n) for n in range(36_525)]
WRITTEN = [(day.isoformat(), day) for day in CENTURY]
TRIED_IN_SQL = """
    CREATE OR REPLACE FUNCTION pg_temp.tried(edtf text) RETURNS text LANGUAGE plpgsql AS $$
    BEGIN
        RETURN public.edtf_earliest(edtf) || ' ' || public.edtf_latest(edtf);
    EXCEPTION WHEN data_exception THEN
        RETURN 'refused';
    END $$
"""

number = st.integers(0, 99).map("{:02}".format)
year = st.one_of(
    st.integers(0, 9999).map("{:04}".format),
    st.integers(0, 999).map("{:03}X".format),
    number.map("{}XX".format),
)
unknown = st.just("XX")
month = st.integers(1, 12).map("{:02}".format) | unknown | number
day = st.integers(1, 31).map("{:02}".format) | unknown | number
single = st.builds(
    "{}{}".format,
    st.one_of(
        year, st.builds("{}-{}".format, year, month), st.builds("{}-{}-{}".format, year, month, day)
    ),
    st.sampled_from(["", "", "", "~", "?", "%"]),
)
one_of = st.builds("[{}..{}]".format, single, single)
interval = st.builds("{}/{}".format, single, single)
scrawl = st.text(alphabet="0123456789X-[].~?%/ \n", min_size=1, max_size=26)
texts = st.one_of(single, single, one_of, interval, scrawl)


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=st.lists(texts, min_size=1, max_size=60))
def test_python_and_the_database_read_the_same_dates_and_refuse_the_same_texts(written):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TRIED_IN_SQL)
        cursor.execute(
            "SELECT pg_temp.tried(text) FROM unnest(%s::text[]) WITH ORDINALITY AS t (text, "
            "n) ORDER BY n",
            [written],
        )
        in_sql = [answer for (answer,) in cursor.fetchall()]

    assert in_sql == [tried(text) for text in written]


def tried(text):
    try:
        vague = parse(text)
    except InvalidDateError:
        return "refused"
    # as only people may write it
    return f"{vague.earliest} {vague.latest}" if vague.edtf == text else "refused"


templates = st.tuples(
    st.sampled_from(["2019", "2020", "2000", "2099", "201X", "20XX"]),
    st.sampled_from(["", "-XX", "-02", "-12", "-04"]),
    st.sampled_from(["", "-XX", "-29", "-31", "-01", "-30"]),
).map("".join)


@settings(max_examples=60)
@given(text=templates, about=st.sampled_from(["", "~", "?", "%"]))
def test_a_date_means_every_day_of_the_calendar_that_it_fits(text, about):
    pattern = re.compile(text.replace("X", "[0-9]"))
    days = [day for written, day in WRITTEN if pattern.match(written)]

    try:
        vague = parse(text + about)
    except InvalidDateError:
        well_formed = re.fullmatch(
            r"[0-9]{4}(-XX(-XX)?|-[0-9]{2}(-(XX|[0-9]{2}))?)?|[0-9]{2}[0-9X]X", text
        )
        assert not days or not well_formed
    else:
        assert (vague.edtf, vague.earliest, vague.latest) == (text + about, days[0], days[-1])


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2019-02", date(2019, 2, 1), date(2019, 2, 28)),
        ("2020-02-XX", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-06-05~", date(2019, 6, 5), date(2019, 6, 5)),
        ("201X", date(2010, 1, 1), date(2019, 12, 31)),
        ("19XX?", date(1900, 1, 1), date(1999, 12, 31)),
        ("[2019-06-01..2019-06-05]", date(2019, 6, 1), date(2019, 6, 5)),
        ("[2018..2019-03]", date(2018, 1, 1), date(2019, 3, 31)),
        ("[2019-06-05..2019-06-05]", date(2019, 6, 5), date(2019, 6, 5)),
        ("0001-01-01", date.min, date.min),
        ("9999", date(9999, 1, 1), date.max),
    ],
)
def test_a_date_has_a_first_and_a_last_day(text, earliest, latest):
    vague = parse(text)

    assert (vague.earliest, vague.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("2018/2019", "write its first part as “since”, its second as “until”"),
        ("[2019..2018]", "swap the two"),
        ("June, 2019", "write 2019-06"),
        ("2019-02-30", "is no day of the calendar"),
        ("2019-13", "is no day of the calendar"),
        ("201X-06", "is not a date that can be kept"),
        ("2019-XX-05", "is not a date that can be kept"),
        ("٢٠١٩", "is not a date that can be kept"),
        ("2019\n", "is not a date that can be kept"),
        ("", "is not a date that can be kept"),
    ],
)
def test_what_is_no_such_date_is_refused_with_the_remedy(text, remedy):
    with pytest.raises(InvalidDateError) as refused:
        parse(text)

    assert remedy in str(refused.value)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("2018-12/2019-06-05", ("2018-12", "2019-06-05")),
        ("2018/..", ("2018", "")),
        ("../2018", ("", "2018")),
        ("2018/", ("2018", "")),
        ("[2018-01-01..2018-02-01]/2019", ("[2018-01-01..2018-02-01]", "2019")),
        ("2018", None),
    ],
)
def test_a_pasted_interval_is_split_into_its_ends(text, ends):
    assert split_interval(text) == ends


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("05/2019", "2019-05"),
        ("5.2019", "2019-05"),
        ("2019/05", "2019-05"),
        ("2019-5", "2019-05"),
        ("May, 2019", "2019-05"),
        ("Sept. 2019", "2019-09"),
        ("Sep. 2019", "2019-09"),
        ("december, 2018", "2018-12"),
        ("May 20, 2019", "2019-05-20"),
        ("31 June 2019", None),
        ("13/2019", None),
        ("some day", None),
    ],
)
def test_how_people_write_months_and_days_is_told_in_the_right_way(typed, meant):
    assert split_interval(typed) is None or meant is None
    with pytest.raises(InvalidDateError, match=f"write {meant}$" if meant else "write ") as refusal:
        parse(typed)

    assert f"“{typed}”" in str(refusal.value)
