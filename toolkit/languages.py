"""The two languages, their names in other schemes, and the direction of a translation.

| ours | FLORES / IndicTrans2 | script     | what is a letter of it     |
|------|----------------------|------------|----------------------------|
| hi   | hin_Deva             | Devanagari | a letter or vowel sign of Devanagari |
| en   | eng_Latn             | Latin      | a Latin letter             |
"""

from dataclasses import dataclass
from typing import Literal

import regex

from toolkit.errors import UsageError

Language = Literal["hi", "en"]

FLORES: dict[Language, str] = {"hi": "hin_Deva", "en": "eng_Latn"}
NAMES: dict[Language, str] = {"hi": "Hindi", "en": "English"}
LETTERS: dict[Language, "regex.Pattern[str]"] = {
    "hi": regex.compile(r"[\p{Devanagari}&&[\p{L}\p{M}]]", regex.V1),
    "en": regex.compile(r"\p{Latin}"),
}


@dataclass(frozen=True, slots=True)
class Direction:
    """From which language into which; the two always differ.

    Raises:
        UsageError: an unknown language, or twice the same.
    """

    source: Language = "hi"
    target: Language = "en"

    def __post_init__(self) -> None:
        for language in (self.source, self.target):
            if language not in NAMES:
                raise UsageError(f"Unknown language {language!r}: choose from {', '.join(NAMES)}.")
        if self.source == self.target:
            raise UsageError(f"Source and target are both {self.source!r}: choose --from hi --to en or the reverse.")

    def __str__(self) -> str:
        return f"{self.source}-{self.target}"


def needs_translation(text: str, language: Language) -> bool:
    """Whether a text holds at least one letter of the language it is to be translated from."""
    return LETTERS[language].search(text) is not None
