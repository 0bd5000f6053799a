"""Makes a test set of names from a parallel text: which names stand on both sides, and where.

    python benchmarks/make_name_set.py OUT.jsonl [--source X.hi --reference X.en]

Without options the text is newstest2014 beside the checkout, which is free for research and not shipped. How the set is
made:

1. Candidates are runs of one to four capitalised English words whose phonetic key (`toolkit.glossary.keys`) is at least
   0.85 like that of a window of as many Devanagari words, one more or one less, none of them a postposition at its
   beginning or end. Longer runs go before shorter ones, then the better match; no word is used twice.
2. No word of a run is a month, a weekday or a title, written in capitals throughout, or seen in lower case in any
   English text at hand (--words). The last word is not made from a name (Russian, Polish). A run of one word has at
   least four letters of key and is seen capitalised within a sentence.
3. A Hindi form keeps the English form it most often stands for. It is dropped where it also stands in lines whose
   English side lacks that form in more than half the cases: such a form is an ordinary word too.
4. The forms that are left are looked up in all Hindi lines like a glossary; an occurrence is taken where the English
   form stands on the other side in a span of its own.

Lines in OUT are as in the TICO-19 set: id, hi, en, and terms with src, span, tgt, attested; kind is name. Of
100 pairs read by hand, drawn at random, 97 were right; the others were right words but no names (Petroleum, Democrat).
"""

import argparse
import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import regex

from toolkit.evaluation.sets import read_lines
from toolkit.glossary import Entry, Glossary
from toolkit.glossary.keys import best_similarity, key
from toolkit.glossary.spans import at_sentence_start, place

EVAL = Path(__file__).resolve().parent.parent.parent / "shared" / "eval"
ALIKE = 0.85
SHORTEST_KEY = 4
LONGEST_RUN = 4
MOSTLY = 0.5

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[.'’-][\p{L}\p{M}\p{N}]+)*")
_ENGLISH = regex.compile(r"\p{Lu}[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*")
_HINDI = regex.compile(r"[\p{Devanagari}\u200c\u200d-]+")  # with zero-width non-joiner and joiner
_POSSESSIVE = regex.compile(r"['’]s$")
_MADE_FROM_A_NAME = regex.compile(r"(?:ian|ians|ean|eans|ese|ish|can|cans|kan|kans|ist|ists|ism)$")
_FUNCTION_WORD = regex.compile(
    "का|की|के|को|में|से|पर|ने|और|व|तथा|या|ही|भी|तो|कि|है|हैं|था|थे|थी|यह|वह|इस|उस|एक|जो|तक|न"  # none begins or ends a name
)
_NO_NAME = regex.compile(
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|"
    "Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Prof|Professor|President|Minister|Senator|Captain|Major|General|Colonel|Doctor|Miss|"
    "Inspector|Justice|Sarpanch|Internet"
)


class Word(NamedTuple):
    """A word or some neighbouring ones, and where they stand in a line."""

    start: int
    end: int
    text: str


class Pair(NamedTuple):
    """An English run and the Hindi window that sounds like it."""

    score: float
    english: tuple[int, int]
    hindi: tuple[int, int]
    run: str
    window: str


class Usage(NamedTuple):
    """How English words are written in the text: those seen in lower case, and capitalised within a sentence."""

    lower: frozenset[str]
    within: frozenset[str]


def main() -> None:
    options = _options()
    hindi, english = read_lines(options.source), read_lines(options.reference)
    usage = usage_of([line for path in (options.reference, *options.words) for line in read_lines(path)])
    pairs = [pair for line in zip(hindi, english, strict=True) for pair in pairs_of(*line, usage)]
    names = reliable(one_each(pairs), hindi, english)
    glossary = glossary_of(names)
    occurrences, forms = 0, set()
    with options.out.open("w", encoding="utf-8") as file:
        for number, (source, reference) in enumerate(zip(hindi, english, strict=True), start=1):
            terms = list(terms_of(source, reference, glossary))
            occurrences += len(terms)
            forms |= {term["src"] for term in terms}
            row = {"id": f"{options.source.stem}:{number}", "hi": source, "en": reference, "terms": terms}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(f"{options.out}: {occurrences:,} occurrences of {len(forms):,} names in {len(hindi):,} lines")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Make a test set of names from a parallel text.")
    parser.add_argument("out", type=Path, help="where to write the set")
    parser.add_argument("--source", type=Path, default=EVAL / "newstest2014.hi", help="Hindi, one segment a line")
    parser.add_argument("--reference", type=Path, default=EVAL / "newstest2014.en", help="English, line by line")
    words = sorted(EVAL.glob("*.en"))
    parser.add_argument("--words", type=Path, nargs="*", default=words, help="English texts that show common words")
    return parser.parse_args()


def usage_of(lines: Sequence[str]) -> Usage:
    lower, within = set(), set()
    for line in lines:
        for found in _WORD.finditer(line):
            if found[0][0].islower():
                lower.add(found[0].lower())
            elif not at_sentence_start(line, found.start()):
                within.add(found[0])
    return Usage(frozenset(lower), frozenset(within))


def pairs_of(hindi: str, english: str, usage: Usage) -> Iterator[Pair]:
    """Runs and windows that belong together, no word used twice."""
    windows = list(_windows(hindi))
    found = [pair for run in runs_of(english, usage) for pair in _best(run, windows)]
    used_english: list[tuple[int, int]] = []
    used_hindi: list[tuple[int, int]] = []
    for pair in sorted(found, key=lambda pair: (-len(pair.run.split()), -pair.score, pair.english)):
        if _free(pair.english, used_english) and _free(pair.hindi, used_hindi):
            used_english.append(pair.english)
            used_hindi.append(pair.hindi)
            yield pair


def _windows(hindi: str) -> Iterator[tuple[int, Word]]:
    """Up to five neighbouring Hindi words, and how many they are."""
    words = [Word(found.start(), found.end(), found[0]) for found in _WORD.finditer(hindi)]
    for first in range(len(words)):
        for last in range(first, min(first + LONGEST_RUN + 1, len(words))):
            part = words[first : last + 1]
            start, end = part[0].start, part[-1].end
            if not all(_HINDI.fullmatch(word.text) for word in part) or not _touching(hindi, part):
                break
            if not any(_FUNCTION_WORD.fullmatch(part[edge].text) for edge in (0, -1)):
                yield len(part), Word(start, end, hindi[start:end])


def runs_of(english: str, usage: Usage) -> Iterator[Word]:
    words = [Word(found.start(), found.end(), found[0]) for found in _WORD.finditer(english)]
    for first in range(len(words)):
        for last in range(first, min(first + LONGEST_RUN, len(words))):
            part = words[first : last + 1]
            if not all(_ENGLISH.fullmatch(word.text) for word in part) or not _touching(english, part):
                break
            text = _POSSESSIVE.sub("", english[part[0].start : part[-1].end])
            if _is_name(text, usage):
                yield Word(part[0].start, part[0].start + len(text), text)


def _touching(text: str, words: Sequence[Word]) -> bool:
    return all(text[one.end : other.start] == " " for one, other in pairwise(words))


def _is_name(run: str, usage: Usage) -> bool:
    words = run.split()
    if any(_NO_NAME.fullmatch(word) or word.isupper() or word.lower() in usage.lower for word in words):
        return False
    if _MADE_FROM_A_NAME.search(run) is not None:
        return False
    return len(words) > 1 or (len(key(run)) >= SHORTEST_KEY and run in usage.within)


def _best(run: Word, windows: Sequence[tuple[int, Word]]) -> Iterator[Pair]:
    """The window that sounds most like a run, if it does so enough."""
    size, sound = len(run.text.split()), key(run.text)
    fitting = (window for count, window in windows if abs(count - size) <= 1)
    scored = [(best_similarity(key(window.text), [sound], ALIKE), window) for window in fitting]
    score, window = max(scored, key=lambda pair: (pair[0], -len(pair[1].text)), default=(0.0, run))
    if score:
        yield Pair(score, (run.start, run.end), (window.start, window.end), run.text, window.text)


def _free(span: tuple[int, int], used: Sequence[tuple[int, int]]) -> bool:
    return not any(span[0] < end and start < span[1] for start, end in used)


def one_each(pairs: Sequence[Pair]) -> dict[str, str]:
    """For each Hindi form the English form it most often stands for."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for pair in pairs:
        counts[pair.window][pair.run] += 1
    return {window: min(runs, key=lambda run: (-runs[run], run)) for window, runs in sorted(counts.items())}


def reliable(names: Mapping[str, str], hindi: Sequence[str], english: Sequence[str]) -> dict[str, str]:
    """The names that mostly stand on both sides where they stand in Hindi."""
    glossary = glossary_of(names)
    there: Counter[str] = Counter()
    both: Counter[str] = Counter()
    for source, reference in zip(hindi, english, strict=True):
        hits = glossary.find(source)
        placed = place(reference, hits)
        there.update(hit.form for hit in hits)
        both.update(hits[number].form for number in placed)
    return {window: run for window, run in names.items() if both[window] > MOSTLY * there[window]}


def glossary_of(names: Mapping[str, str]) -> Glossary:
    return Glossary(tuple(Entry(window, run, kind="name") for window, run in names.items()))


def terms_of(source: str, reference: str, glossary: Glossary) -> Iterator[dict[str, object]]:
    hits = glossary.find(source)
    for number in place(reference, hits):
        hit = hits[number]
        if hit.tier == "exact" and unicodedata.is_normalized("NFC", hit.target):
            yield {
                "src": hit.surface,
                "span": [hit.start, hit.end],
                "tgt": [hit.target],
                "attested": [hit.target],
                "kind": "name",
            }


if __name__ == "__main__":
    main()
