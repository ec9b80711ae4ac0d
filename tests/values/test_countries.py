"""Countries have one name each, by which people look for them, wherever it is told."""

import pytest

from tracker.values.countries import OTHER_NAMES, code_of, countries, name_of


def test_a_country_is_called_as_people_call_it() -> None:
    called = {
        "CHN": "China",
        "RUS": "Russia",
        "KOR": "South Korea",
        "PRK": "North Korea",
        "IRN": "Iran",
    }

    assert {code: name_of(code) for code in called} == called
    assert [
        of.name for of in countries().values() if "Republic of" in of.name and "," in of.name
    ] == []


def test_former_states_have_codes() -> None:
    former = {
        "DDR": ("DDDE", 1990),
        "CSK": ("CSHH", 1993),
        "YUG": ("YUCS", 2003),
        "SUN": ("SUHH", 1992),
    }

    assert {
        code: (countries()[code].other_code, countries()[code].until) for code in former
    } == former
    assert {code: name_of(code) for code in former} == {
        "DDR": "East Germany", "CSK": "Czechoslovakia", "YUG": "Yugoslavia", "SUN": "Soviet Union",
    }  # fmt: skip
    assert countries()["ATF"].until == 0  # a code that ISO gave up, and gave out again


def test_what_is_no_code_stays_as_it_is() -> None:
    assert (name_of("XXX"), name_of(""), name_of(None)) == ("XXX", "", "")


def test_no_two_countries_share_a_name_or_code() -> None:
    all_names, others = zip(*((of.name, of.other_code) for of in countries().values()), strict=True)
    assert len({*all_names}) == len({*others}) == len(countries()) > 270


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Bolivia (Plurinational State of)", "BOL"),
        ("Venezuela (Bolivarian Republic of)", "VEN"),
        ("Iran (Islamic Republic of)", "IRN"),
        ("Micronesia (Federated States of)", "FSM"),
        ("Netherlands (Kingdom of the)", "NLD"),
        ("Democratic People’s Republic of Korea", "PRK"),
        ("REPUBLIC OF KOREA", "KOR"),
        ("COTE D'IVOIRE", "CIV"),
        ("Türkiye", "TUR"),
        ("Turkey", "TUR"),
        ("Viet Nam", "VNM"),
        ("State of Palestine", "PSE"),
        ("Holy See", "VAT"),
        ("The former Yugoslav Republic of Macedonia", "MKD"),
        ("Libyan Arab Jamahiriya", "LBY"),
        ("USSR", "SUN"),
        ("Ukrainian SSR", "UKR"),
        ("Democratic Kampuchea", "KHM"),
    ],
)
def test_a_state_is_known_by_its_names_at_the_united_nations(name: str, code: str) -> None:
    assert code_of(name) == code
    assert code_of(code) == code


def test_no_other_name_is_the_name_of_another_country() -> None:
    names = {code: country.name for code, country in countries().items()}
    for code, others in OTHER_NAMES.items():
        assert [code_of(other) for other in others] == [code] * len(others)
        assert not {*others} & {name for other, name in names.items() if other != code}
