"""How long the matcher takes: building it from 10,000 rows with three variants each, and finding terms in a sentence.

Run: `python benchmarks/matcher.py`. Prints CPU time, the best of several rounds.
"""

import random
import time
from collections.abc import Callable

from toolkit.glossary.entry import Entry
from toolkit.glossary.matcher import Matcher
from toolkit.text import normal_view

ROWS = 10_000
LETTERS = "कखगचछजटठडतथदनपफबभमयरलवशषसह"
SIGNS = ["", "", "ा", "ि", "ी", "ु", "े", "ो", "ं", "्र", "़ा"]


def word(dice: random.Random) -> str:
    return "".join(dice.choice(LETTERS) + dice.choice(SIGNS) for _ in range(dice.randint(2, 4)))


def phrase(dice: random.Random) -> str:
    return " ".join(word(dice) for _ in range(dice.randint(1, 3)))


def sentence(dice: random.Random, rows: list[Entry]) -> str:
    """About 150 characters: random words, two terms, a number, a quote and a danda."""
    words = [f"“{dice.choice(rows).source}”", dice.choice(rows).source, "२७३", "ज़िले"]
    while len(" ".join(words)) < 148:
        words.append(word(dice))
    dice.shuffle(words)
    return " ".join(words) + "।"


def best(work: Callable[[], object], rounds: int = 7) -> float:
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    dice = random.Random(7)
    rows = [Entry(phrase(dice), f"Name {n}", variants=tuple(phrase(dice) for _ in range(3))) for n in range(ROWS)]
    build = best(lambda: Matcher(rows))
    matcher = Matcher(rows)
    sentences = [sentence(dice, rows) for _ in range(1_000)]
    start = time.process_time()
    for text in sentences:
        matcher.find(text)
    fresh = time.process_time() - start
    find = best(lambda: [matcher.find(text) for text in sentences])
    view = best(lambda: [normal_view(text) for text in sentences])
    length = sum(map(len, sentences)) / len(sentences)
    print(f"build, {ROWS} rows with 3 variants: {build * 1e3:.0f} ms")
    print(f"find, {length:.0f} characters: {find * 1e3:.0f} us a sentence, {fresh * 1e3:.0f} us when words are new")
    print(f"of it the normal view: {view * 1e3:.0f} us")


if __name__ == "__main__":
    main()
