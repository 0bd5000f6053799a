"""hien: Hindi-English translation that accounts for every glossary term."""

__version__ = "0.1.0"
