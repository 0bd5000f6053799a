"""Cells of a CSV file that no spreadsheet runs as a formula.

A cell that begins with one of `= + - @ TAB CR LF`, or with a full-width form of the first four, is a formula to some
spreadsheet (OWASP, "CSV Injection"; CWE-1236): one apostrophe goes before it on the way out and comes off again on
the way in.
"""

import regex

# Full-width forms: equals sign, plus sign, hyphen-minus, commercial at.
_FORMULA = regex.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def guard(cell: str) -> str:
    """A cell as it may be written: one `'` before what a spreadsheet would take for a formula.

    A text that begins with apostrophes before a formula gets one more, so that `unguard` gives the text back.
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """A cell as it was meant: the `'` that `guard` put there taken away."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
