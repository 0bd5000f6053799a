"""Plain tables for a terminal; columns stay aligned for Latin text, Devanagari goes into the last one."""

from collections.abc import Sequence


def aligned(lines: Sequence[Sequence[str]], right: Sequence[int] = ()) -> str:
    """Cells in columns, each as wide as its widest cell, two spaces apart.

    Args:
        lines: The rows, all with as many cells.
        right: Columns that are flush right, from 0: those with numbers.
    """
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rows = (
        "  ".join(
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )
    return "".join(f"{row.rstrip()}\n" for row in rows)
