"""The errors a user can meet, each with a message that says what to do next.

    ToolkitError                 everything below; the command line prints it as one line and exits with 1
    ├── DocumentError            a document cannot be read or written
    ├── GlossaryError            a glossary file cannot be read, or a row cannot be used
    ├── EngineError              an engine cannot be loaded or failed while translating
    │   └── ModelNotFoundError   the weights are not on this machine; names the command that fetches them
    └── UsageError               the options contradict each other; the command line exits with 2

Programming mistakes stay ordinary Python exceptions and keep their traceback.
"""


class ToolkitError(Exception):
    """Base of all errors meant for the user; its text is one sentence and a remedy."""


class DocumentError(ToolkitError):
    """A document cannot be read or written; the message names the file and the remedy."""


class GlossaryError(ToolkitError):
    """A glossary cannot be used; the message names file, line and column."""


class EngineError(ToolkitError):
    """An engine cannot be loaded or failed while translating."""


class ModelNotFoundError(EngineError):
    """The model's weights are not on this machine; the message names the command that fetches them."""


class UsageError(ToolkitError):
    """The options contradict each other or name something that does not exist."""
