"""How fast hien is beside other ways to run the same weights on the same sentences, in one run on one machine.

    python benchmarks/throughput.py [--sentences 400] [--beam 4] [--rounds 3]

Figures of different machines cannot be compared; the ratios can. Every way is warmed up first; the ways take turns,
and of each the best of the rounds counts. "spread" is the worst round over the best: far above 1, the machine was busy
with something else, and the run is worth repeating. Prints Markdown.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

from toolkit import documents
from toolkit.engines import Decoding, Engine, load_engine
from toolkit.engines.conversion import converted
from toolkit.engines.registry import resolve, revision
from toolkit.glossary import Glossary
from toolkit.languages import Direction, needs_translation
from toolkit.pipeline import Pipeline, Watcher
from toolkit.segment import Alignment, Hypothesis
from toolkit.translation import Translator

ROOT = Path(__file__).resolve().parent.parent
MORE_TEXT = ROOT.parent / "shared" / "eval" / "newstest2014.hi"  # used where it lies beside the checkout
LOOP_SAMPLE = 40  # sentences of the one-by-one loop, which is too slow for more
SORTED_BATCH = 32
BATCH_TOKENS = 1024  # for CTranslate2 by hand: the best of 512, 1,024, 2,048 and 4,096 on two cores
FIRST = "डाक सोंग जिला पार्टी समिति की बैठक हुई।"

Result = TypeVar("Result")
Way = Callable[[Sequence[str]], Any]


def main() -> None:
    options = _options()
    texts = sentences(options.sentences)
    engine = load_engine(decoding=Decoding(options.beam))
    lengths = sum(len(text) for text in texts) / len(texts)
    print(
        f"{len(texts)} sentences, {lengths:.0f} characters on average; model mini, beam {options.beam}; "
        f"{os.cpu_count()} cores; best of {options.rounds} rounds\n"
    )
    loop, batches = transformers_ways(options.beam)
    bare = bare_way(options.beam)
    plain = engine_way(engine)
    glossary = Glossary.load()
    ways: dict[str, tuple[Way, Sequence[str]]] = {
        "hien's engine": (plain, texts),
        "hien, long sentences in clauses": (Translator(engine, second_look=False).translate_texts, texts),
        f"hien, all stages, {len(glossary.applied)} glossary rows": (
            lambda some: _whole(engine, glossary, some),
            texts,
        ),
        "CTranslate2 by hand": (bare, texts),
        f"transformers, sorted batches of {SORTED_BATCH}": (batches, texts),
        f"transformers, one by one ({LOOP_SAMPLE} sentences)": (loop, sample(texts, LOOP_SAMPLE)),
    }
    report_speeds(measured(ways, options.rounds), ways)
    same = sum(a == b for a, b in zip(plain(texts), bare(texts), strict=True))
    print(f"\nhien's engine and CTranslate2 by hand wrote the same {same} of {len(texts)} translations.\n")
    report_stages(engine, glossary, texts, options.rounds)
    report_starts(options.rounds)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the speed of hien and of other ways to run the same weights.")
    parser.add_argument("--sentences", type=int, default=400, help="how many sentences at most (default 400)")
    parser.add_argument("--beam", type=int, default=4, help="beam width (default 4)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each way is measured (default 3)")
    return parser.parse_args()


def sentences(count: int) -> list[str]:
    """Real sentences, all different: those of seeds/, then news lines where they are at hand."""
    pipeline = Pipeline(load_engine())
    seeds = [pipeline.read(path, name) for path, name in documents.find([ROOT / "seeds"])]
    found = [part.body for document in seeds for segment in document.segments for part in segment.sentences]
    if MORE_TEXT.is_file():
        found += MORE_TEXT.read_text(encoding="utf-8").splitlines()
    wanted = (text for text in dict.fromkeys(map(str.strip, found)) if needs_translation(text, "hi"))
    return [text for text in wanted if pipeline.engine.fits(text)][:count]


def sample(texts: Sequence[str], count: int) -> list[str]:
    """Evenly over the lengths, so that the sample's sentences are as long as all are."""
    ordered = sorted(texts, key=len)
    step = max(1.0, len(ordered) / count)
    return [ordered[int((place + 0.5) * step)] for place in range(min(count, len(ordered)))]


def engine_way(engine: Engine) -> Way:
    """What hien asks of CTranslate2, and nothing around it."""
    return lambda texts: [found[0].text for found in engine.translate(texts)]


def bare_way(beam: int) -> Way:
    """CTranslate2 as one tunes it by hand: the same converted model, batches by tokens, one thread a batch."""
    import ctranslate2
    import sentencepiece

    folder = resolve("mini", Direction())
    source = sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))
    target = sentencepiece.SentencePieceProcessor(model_file=str(folder / "target.spm"))
    model = ctranslate2.Translator(
        str(converted(folder, revision(folder), Direction(), "int8")),
        inter_threads=os.cpu_count() or 1,
        intra_threads=1,
    )

    def translate(texts: Sequence[str]) -> list[str]:
        pieces = [[*line, "</s>"] for line in source.encode(list(texts), out_type=str)]
        results = model.translate_batch(
            pieces,
            beam_size=beam,
            max_batch_size=BATCH_TOKENS,
            batch_type="tokens",
            max_input_length=0,
            max_decoding_length=2 * max(map(len, pieces)) + 32,
            use_vmap=True,
            disable_unk=True,
        )
        return [target.decode(result.hypotheses[0]) for result in results]

    return translate


def transformers_ways(beam: int) -> tuple[Way, Way]:
    """The straightforward loop, and the same in batches of sentences of like length; float32 on all cores."""
    import torch
    import transformers

    transformers.utils.logging.set_verbosity_error()
    folder = resolve("mini", Direction())
    tokenizer = transformers.MarianTokenizer.from_pretrained(folder)
    model = transformers.MarianMTModel.from_pretrained(folder, dtype=torch.float32).eval()
    torch.set_num_threads(os.cpu_count() or 1)

    def translate(texts: Sequence[str]) -> list[str]:
        inputs = tokenizer(list(texts), return_tensors="pt", padding=True)
        with torch.inference_mode():
            output = model.generate(
                **inputs, num_beams=beam, early_stopping=True, max_new_tokens=2 * inputs["input_ids"].shape[1] + 32
            )
        translated: list[str] = tokenizer.batch_decode(output, skip_special_tokens=True)
        return translated

    def loop(texts: Sequence[str]) -> list[str]:
        return [translate([text])[0] for text in texts]

    def batches(texts: Sequence[str]) -> list[str]:
        ordered = sorted(texts, key=len)
        parts = (ordered[start : start + SORTED_BATCH] for start in range(0, len(ordered), SORTED_BATCH))
        return [translated for part in parts for translated in translate(part)]

    return loop, batches


def _whole(engine: Engine, glossary: Glossary, texts: Sequence[str], watcher: Watcher | None = None) -> None:
    """All stages but reading and writing files; nothing that an earlier run learned is used again."""
    pipeline = Pipeline(engine, glossary)
    prepared = pipeline.prepare(documents.from_text("\n".join(texts), "benchmark"))
    for _ in pipeline.translate([prepared], watcher):
        pass


def measured(ways: Mapping[str, tuple[Way, Sequence[str]]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each way in each round; the ways take turns."""
    for way, texts in ways.values():
        way(texts[:8])
    times: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(1, rounds + 1):
        for name, (way, texts) in ways.items():
            seconds = _seconds(lambda way=way, texts=texts: way(texts))  # type: ignore[misc]
            print(f"round {turn} of {rounds}: {name} took {seconds:.2f} s", file=sys.stderr)
            times[name].append(seconds)
    return times


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def report_speeds(times: Mapping[str, Sequence[float]], ways: Mapping[str, tuple[Way, Sequence[str]]]) -> None:
    speeds = {name: len(ways[name][1]) / min(seconds) for name, seconds in times.items()}
    reference = next(iter(speeds.values()))
    print("| way | sentences/s | hien's engine is | spread |\n|---|---:|---:|---:|")
    for name, speed in speeds.items():
        spread = max(times[name]) / min(times[name])
        print(f"| {name} | {speed:.1f} | {reference / speed:.2f} × as fast | {spread:.2f} |")


@dataclass
class Clock:
    """An engine that notes in which stage of the pipeline time passes, and how much of it is its own.

    Attributes:
        engine: The engine that does the work.
        spent: Seconds by stage.
        within: Of these, seconds in the engine.
    """

    engine: Engine
    spent: dict[str, float] = field(default_factory=dict)
    within: dict[str, float] = field(default_factory=dict)
    _stage: str = "finding terms, splitting"
    _since: float = field(default_factory=time.perf_counter)

    def __getattr__(self, name: str) -> Any:
        """All else is the engine's."""
        return getattr(self.engine, name)

    def translate(self, sentences: Sequence[str], **options: Any) -> list[tuple[Hypothesis, ...]]:
        """What the engine says, timed."""
        return self._timed(lambda: self.engine.translate(sentences, **options))

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[Alignment]:
        """What the engine says, timed."""
        return self._timed(lambda: self.engine.align(pairs))

    def _timed(self, call: Callable[[], Result]) -> Result:
        started = time.perf_counter()
        result = call()
        self.within[self._stage] = self.within.get(self._stage, 0.0) + time.perf_counter() - started
        return result

    def enter(self, stage: str) -> None:
        """A stage begins, and the one before ends."""
        now = time.perf_counter()
        self.spent[self._stage] = self.spent.get(self._stage, 0.0) + now - self._since
        self._stage, self._since = stage, now


def report_stages(engine: Engine, glossary: Glossary, texts: Sequence[str], rounds: int) -> None:
    best = min((_clocked(engine, glossary, texts) for _ in range(rounds)), key=lambda clock: sum(clock.spent.values()))
    total = sum(best.spent.values())
    print("| stage | ms | share | of it in the engine |\n|---|---:|---:|---:|")
    for stage, seconds in best.spent.items():
        inside = best.within.get(stage, 0.0)
        print(f"| {stage} | {1000 * seconds:.0f} | {seconds / total:.1%} | {1000 * inside:.0f} ms |")
    finding = min(_seconds(lambda: [glossary.find(text) for text in texts]) for _ in range(rounds))
    enforcing = best.spent["enforcing terms"] - best.within.get("enforcing terms", 0.0)
    print(
        f"\nThe glossary's own work: {1000 * finding:.0f} ms for finding, {1000 * enforcing:.0f} ms for enforcing, "
        f"{(finding + enforcing) / total:.1%} of the time; what it asks of the engine stands in the table.\n"
    )


def _clocked(engine: Engine, glossary: Glossary, texts: Sequence[str]) -> Clock:
    clock = Clock(engine)
    _whole(cast(Engine, clock), glossary, texts, Watcher(stage=clock.enter))
    clock.enter("end")
    return clock


def report_starts(rounds: int) -> None:
    """Whole processes, from their start to their end."""
    with tempfile.TemporaryDirectory() as empty:
        converting = _process(["translate", "-"], {"HIEN_CACHE": empty})
    rows = {
        "hien --help": min(_process(["--help"]) for _ in range(rounds)),
        "one sentence translated": min(_process(["translate", "-"]) for _ in range(rounds)),
        "the same, the very first time (converts the model)": converting,
    }
    print("| process | s |\n|---|---:|")
    for name, seconds in rows.items():
        print(f"| {name} | {seconds:.2f} |")


def _process(arguments: Sequence[str], more: Mapping[str, str] | None = None) -> float:
    command = [sys.executable, "-m", "toolkit", *arguments]

    def run() -> None:
        subprocess.run(
            command, input=FIRST.encode(), capture_output=True, check=True, env={**os.environ, **(more or {})}
        )

    return _seconds(run)


if __name__ == "__main__":
    main()
