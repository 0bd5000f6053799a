"""A text file that grows while a run goes on, and is put in place when it is whole."""

from pathlib import Path
from types import TracebackType
from typing import TextIO, TypeVar

from toolkit.files import Staging, remedied

_Self = TypeVar("_Self", bound="StagedText")


class StagedText:
    """A text file that is put in place when the block ends without an error.

    A lone surrogate has no UTF-8 form; it is spelled out rather than ending the run.

    Args:
        path: Where it is to stand.

    Attributes:
        path: The same.
        file: To write to; there within the block.

    Raises:
        DocumentError: the file cannot be written.
    """

    encoding = "utf-8"
    file: TextIO

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self: _Self) -> _Self:
        with remedied(self.path):
            self._staging = Staging(self.path)
            self.file = self._staging.file.open("w", encoding=self.encoding, errors="backslashreplace", newline="")
            self.begin()
        return self

    def begin(self) -> None:
        """Writes what stands before everything else; nothing unless a subclass has a header."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with remedied(self.path):
            try:
                self.file.close()
                if kind is None:
                    self._staging.place()
            finally:
                self._staging.discard()
