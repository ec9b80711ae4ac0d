"""Dates that are spelled in another way: what each could mean, as it would be kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.values.dates import InvalidDateError, could_mean, parse, split_interval

SPRING, AUTUMN = "[2019-03..2019-05]", "[2019-09..2019-11]"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("31.12.2018", "2018-12-31"),
        ("31. 12. 2018", "2018-12-31"),
        ("12/31/2018", "2018-12-31"),
        ("31-12-2018", "2018-12-31"),
        ("31/12/2018", "2018-12-31"),
        ("7/8/2022", "2022-07-08 2022-08-07"),
        ("7.8.2022", "2022-08-07"),
        ("7/7/2022", "2022-07-07"),
        ("2018/12/31", "2018-12-31"),
        ("2018.12.31", "2018-12-31"),
        ("2018-6-5", "2018-06-05"),
        ("2018-31-12", "2018-12-31"),
        ("20181231", "2018-12-31"),
        ("2018-12-31T10:00:00Z", "2018-12-31"),
        ("2018-12-31 00:00:00", "2018-12-31"),
        ("2018/12", "2018-12"),
        ("12/2018", "2018-12"),
        ("12.2018", "2018-12"),
        ("2018-6", "2018-06"),
        ("Dec 2018", "2018-12"),
        ("December 2018", "2018-12"),
        ("December, 2018", "2018-12"),
        ("sept. 2019", "2019-09"),
        ("31 December 2018", "2018-12-31"),
        ("December 31, 2018", "2018-12-31"),
        ("31st of December, 2018", "2018-12-31"),
        ("31-Dec-2018", "2018-12-31"),
        ("2018 Dec 31", "2018-12-31"),
        ("31 декабря 2018", "2018-12-31"),
        ("31 декабря 2018 г.", "2018-12-31"),
        ("декабрь 2018 года", "2018-12"),
        ("май 2019", "2019-05"),
        ("5 мая 2019", "2019-05-05"),
        ("3 марта 2019", "2019-03-03"),
        ("2018年12月31日", "2018-12-31"),
        ("2018年12月", "2018-12"),
        ("2018 年", "2018"),
        ("２０１８年１２月３１日", "2018-12-31"),
        ("spring 2019", SPRING),
        ("Spring of 2019", SPRING),
        ("in spring 2019", SPRING),
        ("2019 spring", SPRING),
        ("весна 2019", SPRING),
        ("весной 2019 года", SPRING),
        ("2019年春", SPRING),
        ("2019年春季", SPRING),
        ("summer 2019", "[2019-06..2019-08]"),
        ("autumn 2019", AUTUMN),
        ("fall 2019", AUTUMN),
        ("winter 2019", "[2018-12..2019-02] [2019-12..2020-02]"),
        ("winter 2018/19", "[2018-12..2019-02]"),
        ("winter 2018-2019", "[2018-12..2019-02]"),
        ("2019-22", "[2019-06..2019-08] [2019..2022] 2019/2022"),
        ("2019-21", f"{SPRING} [2019..2021] 2019/2021"),
        ("2019-25", f"{SPRING} [2019..2025] 2019/2025"),
        ("2049-29", "[2049-09..2049-11]"),
        ("2049-34", "[2049-04..2049-06]"),
        ("2049-41", "[2049-07..2049-12]"),
        ("Q2 2019", "[2019-04..2019-06]"),
        ("2019 Q2", "[2019-04..2019-06]"),
        ("2019-Q2", "[2019-04..2019-06]"),
        ("second quarter of 2019", "[2019-04..2019-06]"),
        ("H1 2019", "[2019-01..2019-06]"),
        ("first half of 2019", "[2019-01..2019-06]"),
        ("early 2019", "[2019-01..2019-04]"),
        ("mid-2019", "[2019-05..2019-08]"),
        ("late 2019", "[2019-09..2019-12]"),
        ("end of June 2019", "[2019-06-21..2019-06-30]"),
        ("early February 2019", "[2019-02-01..2019-02-10]"),
        ("c. 2019", "2019~"),
        ("ca. 2019", "2019~"),
        ("circa June 2019", "2019-06~"),
        ("about 2019-06", "2019-06~"),
        ("~2019", "2019~"),
        ("около 2019", "2019~"),
        ("perhaps 2019", "2019?"),
        ("2019 ?", "2019?"),
        ("2010s", "201X"),
        ("the 1990s", "199X"),
        ("2000s", "200X 20XX"),
        ("19th century", "18XX"),
        ("201x", "201X"),
        ("201u", "201X"),
        ("2019-xx", "2019-XX"),
        ("2019-2020", "[2019..2020] 2019/2020"),
        ("2019–2020", "[2019..2020] 2019/2020"),
        ("2019-20", "[2019..2020] 2019/2020"),
        ("2019/20", "[2019..2020] 2019/2020"),
        ("March to May 2019", f"{SPRING} 2019-03/2019-05"),
        ("from March to May 2019", f"{SPRING} 2019-03/2019-05"),
        ("between March and May 2019", f"{SPRING} 2019-03/2019-05"),
        ("Dec 2018 – Mar 2019", "[2018-12..2019-03] 2018-12/2019-03"),
        ("5-7 June 2019", "[2019-06-05..2019-06-07] 2019-06-05/2019-06-07"),
        ("June 5–7, 2019", "[2019-06-05..2019-06-07] 2019-06-05/2019-06-07"),
        ("31 June 2019", ""),
        ("13/2019", ""),
        ("2019-13", ""),
        ("yesterday", ""),
        ("2019", ""),
        ("201X", ""),
        ("May", ""),
        ("0 May 2019", ""),
        ("99/99/2019", ""),
        ("30.2.2019", ""),
        ("0000", ""),
        ("2020-2019", ""),
    ],
)
def test_what_people_write_could_mean(written, meant):
    assert [meaning.edtf for meaning in could_mean(written)] == meant.split()


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("4 February 2022", "2022-02-04"),
        ("Dec 2018", "2018-12"),
        ("the 1990s", "199X"),
        ("about 2019", "2019~"),
    ],
)
def test_what_the_site_writes_is_taken(written, edtf):
    assert parse(written) == parse(edtf)


@pytest.mark.parametrize(
    "written", ["the 2000s", "31 February 2022", "spring 2019", "2 to 5 May 2019"]
)
def test_what_could_mean_another_date_or_none_is_not_taken(written):
    with pytest.raises(InvalidDateError):
        parse(written)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("31.12.2018", "write 2018-12-31"),
        (
            "7/8/2022",
            "write 2022-07-08 (if the month comes first) or 2022-08-07 (if the day comes first)",
        ),
        ("spring 2019", "write [2019-03..2019-05] (in the northern half of the world)"),
    ],
)
def test_the_refusal_says_what_could_be_meant_and_has_it(written, says):
    with pytest.raises(InvalidDateError) as refused:
        parse(written)

    assert str(refused.value) == f"“{written}”: it is not a date that can be kept; {says}"
    assert list(refused.value.meant) == could_mean(written)


def test_an_interval_is_refused_with_its_split():
    with pytest.raises(
        InvalidDateError, match="first part as “since”, its second as “until”, 2018-12 and 2019-04;"
    ):
        parse("2018-12/2019-04")
    with pytest.raises(InvalidDateError, match="as “until”, 2018 and nothing;"):
        parse("2018/..")


words = st.sampled_from(
    [
        "spring",
        "summer",
        "winter",
        "of",
        "in",
        "the",
        "early",
        "mid",
        "late",
        "end",
        "Q1",
        "Q2",
        "H2",
        "c.",
        "about",
        "perhaps",
        "to",
        "and",
        "from",
        "-",
        "–",
        "/",
        ".",
        ",",
        "?",
        "~",
        "X",
        "年",
        "月",
        "日",
        "春",
        "May",
        "June",
        "декабря",
        "2019",
        "2018",
        "2020",
        "19",
        "5",
        "31",
        "12",
        "07",
        "00",
        "99",
        "2010s",
        "20th",
        "century",
        "first",
        "half",
        "г.",
    ]
)
texts = st.one_of(
    st.lists(words, max_size=8).map(" ".join),
    st.lists(words, max_size=8).map("".join),
    st.text(max_size=30),
)


@given(text=texts)
def test_whatever_is_written_all_that_is_suggested_can_be_kept_and_nothing_is_taken_for_it(text):
    meant = could_mean(text)

    assert len({meaning.edtf for meaning in meant}) == len(meant)
    for meaning in meant:
        for end in meaning.edtf.split("/"):
            parse(end)
    if meant:
        assert split_interval(text) is None


def test_a_long_text_is_not_looked_at_for_long():
    for text in (
        "from " * 20_000,
        "5-" * 50_000,
        "2019 " * 50_000,
        "early " * 50_000,
        "c. " * 50_000,
    ):
        assert could_mean(text) == []
