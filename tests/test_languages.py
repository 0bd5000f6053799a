import pytest

from toolkit.errors import UsageError
from toolkit.languages import FLORES, LETTERS, NAMES, Direction, Language, needs_translation


def test_every_language_has_all_its_names() -> None:
    assert FLORES.keys() == NAMES.keys() == LETTERS.keys() == {"hi", "en"}


def test_directions() -> None:
    assert str(Direction()) == "hi-en"
    assert str(Direction("en", "hi")) == "en-hi"
    assert Direction() == Direction("hi", "en")


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [("fr", "en", "'fr'.*choose from hi, en"), ("hi", "vi", "'vi'.*choose from"), ("hi", "hi", "both 'hi'.*--from")],
)
def test_a_wrong_direction_says_what_to_choose(source: Language, target: Language, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Direction(source, target)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("डाक सोंग", "hi", True),
        ("2023 में", "hi", True),
        ("३५।", "hi", False),  # digits and danda are no letters
        ("॥ ॰", "hi", False),
        ("Zalo 35", "hi", False),
        ("", "hi", False),
        ("Đắk", "en", True),
        ("डाक 35", "en", False),
        ("٣٥ …", "en", False),
    ],
)
def test_what_needs_translation(text: str, language: Language, expected: bool) -> None:
    assert needs_translation(text, language) is expected
