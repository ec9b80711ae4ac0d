"""Countries have one name each, by which people look for them, wherever it is told."""

from tracker.values.countries import codes, name_of, names


def test_a_country_is_called_as_people_call_it() -> None:
    called = {"CHN": "China", "RUS": "Russia", "KOR": "South Korea", "PRK": "North Korea", "IRN": "Iran"}

    assert {code: name_of(code) for code in called} == called
    assert [name for name in names().values() if "Republic of" in name and "," in name] == []


def test_what_is_no_code_stays_as_it_is() -> None:
    """A meeting may have a code that ISO has given up."""
    assert (name_of("YUG"), name_of(""), name_of(None)) == ("YUG", "", "")


def test_no_two_countries_share_a_name() -> None:
    assert names().keys() == codes().keys()
    assert len(set(names().values())) == len(names()) > 240
