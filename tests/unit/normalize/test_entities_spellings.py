"""One key for the spellings of a name, two keys for two people."""

from collections import defaultdict

import pytest

from dateline.normalize.entity_names import fold
from dateline.normalize.entity_spellings import body_key, person_key
from dateline.resources import rows


def test_a_spelling_belongs_to_one_given_name() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for row in rows("given_names.csv"):
        for spelling in (row["name"], *filter(None, row["spellings"].split("|"))):
            owners[fold(spelling)].add(row["name"])
    assert {spelling: names for spelling, names in owners.items() if len(names) > 1} == {}


@pytest.mark.parametrize(
    "spellings",
    [
        ("Oleksandr Syrskyi", "Olexandr Syrsky", "Aleksandr Syrskiy", "Alexander Syrskyy"),
        ("Volodymyr Zelenskyy", "Vladimir Zelensky", "Volodimir Zelenskiy", "Wolodymyr Selenskyj"),
        ("Yevhen Balytskyi", "Evgeny Balitsky", "Yevgeny Balitskiy"),
        ("Serhii Herasymov", "Sergei Gerasimov", "Sergey Gerasimoff"),
        ("Olena Zelenska", "Elena Zelenskaya"),
        ("Vladimir Petrov", "Vladimir Vladimirovich Petrov"),
        ("Ilham Aliyev", "Ilham Aliev"),
        ("Gurbanguly Berdymukhamedov", "Gurbanguly Berdimuhamedow", "Kurbanguly Berdymukhamedov"),
        ("Muammar Gaddafi", "Moammar Qaddafi", "Muammar al-Gadhafi", "Mu'ammar el-Qadhafi", "Moamar Kadhafi"),
        ("Abdel Fattah al-Burhan", "Abdel-Fattah Burhan", "Abd al-Fattah al-Burhan", "Abdul Fattah Al Burhan", "Abdelfattah al-Burhan"),
        ("Abdulrahman Mustafa", "Abdul Rahman Mostafa", "Abd al-Rahman Mustapha", "Abdel Rahman Moustafa", "Abdurrahman Mustafa"),
        ("Ahmed al-Sharaa", "Ahmad ash-Sharaa", "Ahmed al-Shara"),
        ("Mohammed bin Salman", "Mohamed ben Salman", "Muhammad ibn Salman"),
        ("Qassem Soleimani", "Qasem Sulaimani", "Ghasem Soleimani"),
        ("Mohammad Bagher Ghalibaf", "Mohammed Baqer Qalibaf"),
        ("Hassan Rouhani", "Hasan Ruhani", "Hassan Rohani"),
        ("Ismail Haniyeh", "Ismail Haniya", "Esmail Haniyyah"),
        ("Xi Jinping", "Xi Jin-ping", "Xi Jin Ping"),
        ("Kim Jong Un", "Kim Jong-un", "KIM JONGUN"),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
        ("Joseph R. Biden", "Joseph R Biden"),
    ],
)
def test_one_person(spellings: tuple[str, ...]) -> None:
    assert len({person_key(name)[0] for name in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ivan Petrov", "Igor Petrov"),
        ("Sergei Petrov", "Sergei Petrova"),
        ("Yuri Petrov", "Yulia Petrov"),
        ("Oleh Petrenko", "Olha Petrenko"),
        ("Vitali Klitschko", "Wladimir Klitschko"),
        ("Ivan Ivanov", "Ivan Ivanenko"),
        ("Hassan Nasrallah", "Hussein Nasrallah"),
        ("Mohammed Abbas", "Mahmoud Abbas"),
        ("Ahmed Hamdan", "Mohammed Hamdan"),
        ("Uday Hussein", "Qusay Hussein"),
        ("Ali Hassan", "Ali Hussein"),
        ("Salim Ali", "Salem Ali"),
        ("Salah Ali", "Saleh Ali"),
        ("Rashid Khan", "Rashad Khan"),
        ("Abdullah Saleh", "Abdul Saleh"),
        ("Mohammed bin Salman", "Mohammed Salman"),
        ("Kim Jong Il", "Kim Jong Un"),
        ("Xi Jinping", "Xi Mingze"),
        ("Donald Trump", "Donald Trump Jr."),
        ("George W. Bush", "George H.W. Bush"),
        ("Victoria Gill", "Victoria Hill"),
        ("Peter Green", "Peter Greene"),
        ("Petrov", "Ivan Petrov"),
    ],
)
def test_two_people(one: str, other: str) -> None:
    assert person_key(one)[0] != person_key(other)[0]


def test_the_tradition_is_named() -> None:
    assert person_key("Moammar Qaddafi")[1] == "arabic"
    assert person_key("Andriy Kovalenko")[1] == "slavic"
    assert person_key("Jane Roe")[1] is None
    assert person_key("Kovalenko")[1] is None


def test_bodies_differ_by_every_word_and_number() -> None:
    assert body_key("Ministry of Defence") == body_key("The Ministry of Defense")
    assert body_key("World Trade Organisation") == body_key("World Trade Organization")
    names = ["3rd Brigade", "5th Brigade", "North Korea", "South Korea", "Northern Command", "Southern Command"]
    assert len({body_key(name) for name in names}) == len(names)
