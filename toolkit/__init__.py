"""hien: Hindi-English translation that accounts for every glossary term.

The stages of a translation, in the order in which `toolkit.pipeline` calls them:

    1 read        a file becomes a Document of Segments       toolkit.documents
    2 find        term occurrences in every source            toolkit.glossary
    3 split       paragraphs into sentences                   toolkit.segmentation
    4 translate   sentences into hypotheses                   toolkit.translation, toolkit.engines
    5 enforce     every term accounted for                    toolkit.glossary.enforcer
    6 check       what looks wrong is said                    toolkit.checks
    7 write       translation, review files, ledger, report   toolkit.documents, toolkit.review

Terms are found before paragraphs are split, so that no split cuts a term in two.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit.batch import translate_files
    from toolkit.engines import load_engine
    from toolkit.glossary import Glossary
    from toolkit.pipeline import Pipeline, translate

__version__ = "0.1.0"
__all__ = ["Glossary", "Pipeline", "load_engine", "translate", "translate_files"]

_HOMES = {
    "Glossary": "toolkit.glossary",
    "Pipeline": "toolkit.pipeline",
    "load_engine": "toolkit.engines",
    "translate": "toolkit.pipeline",
    "translate_files": "toolkit.batch",
}


def __getattr__(name: str) -> Any:
    """The public names, imported when they are first used, so that `import toolkit` costs nothing."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'toolkit' has no attribute {name!r}")
