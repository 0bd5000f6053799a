"""What the whole pipeline promises, for any text and on the seed document."""

import csv
import json
import socket
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import toolkit
from toolkit import documents, load_engine, translate, translate_files
from toolkit.devanagari import romanise
from toolkit.engines.scripted import ScriptedEngine
from toolkit.glossary import Entry, Glossary
from toolkit.glossary.spans import approved, at_sentence_start, capitalised
from toolkit.pipeline import Pipeline
from toolkit.review import ledger_rows, replay
from toolkit.review.report import Report
from toolkit.segment import Document, Hypothesis

ROOT = Path(__file__).resolve().parent.parent
GLOSSARY = Glossary(
    (
        Entry("डाक सोंग", "Đắk Song", forbidden=("Duck Song",), file="t.csv", line=2),
        Entry("क्रोंग नो", "Krông Nô", file="t.csv", line=3),
        Entry("संकल्प {n}", "Resolution {n}", accepted=("Resolution No. {n}",), file="t.csv", line=4),
        Entry("जन समिति", "people's committee", kind="term", match="inflect", file="t.csv", line=5),
        Entry("वीएनडी", "VND", file="t.csv", line=6),
    )
)
WORDS = (
    *("डाक सोंग", "क्रोंग नो", "संकल्प ३५", "संकल्प 3", "जन समितियों", "वीएनडी", "जिला", "बड़ा", "है।", "(", "“", "ज़ालो"),
    *("है. ", "है? ", "2020", "Zalo", "\u200d", "\u00a0", "\t", "\n", "\r\n", "\r", "\n\n  ", "\u2028"),
)
TEXTS = st.lists(
    st.sampled_from(WORDS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=4), max_size=25
).map(" ".join)


class Moody(ScriptedEngine):
    """An engine that is right, nearly right, silent, or wrong, always the same way for the same sentence."""

    def _say(self, sentence: str, n_best: int) -> tuple[Hypothesis, ...]:
        if "बड़ा" in sentence:  # there is no helping it
            return (Hypothesis("This is something else."),)
        plain = romanise(sentence)
        ways = (
            plain,
            plain.replace("dak song", "Duck Song").replace("jan samiti", "People's committee"),
            plain.replace("dak song", "Dak Soung").replace("sankalp", "Resolution No."),
            "In Krong No, people's committee paid 3 vnd.",
            "",
        )
        mood = sha256(sentence.encode()).digest()[0] % len(ways)
        return tuple(Hypothesis(ways[(mood + rank) % len(ways)], -float(rank)) for rank in range(n_best))


def run(text: str) -> Document:
    return translate(text, glossary=GLOSSARY, engine=Moody())


def paragraphs(text: str) -> list[str]:
    return [segment.source for segment in documents.from_text(text, "t").segments]


@settings(max_examples=150)
@given(TEXTS)
def test_paragraphs_keep_their_number_order_and_surroundings(text: str) -> None:
    document = run(text)
    read = documents.from_text(text, "text")
    assert [segment.source for segment in document.segments] == [segment.source for segment in read.segments]
    assert document.gaps == read.gaps
    written = documents.to_text(document)
    for number, segment in enumerate(document.segments):
        assert written.startswith(document.gaps[number])
        written = written[len(document.gaps[number]) :].removeprefix(segment.target)
    assert written == document.gaps[-1]


@settings(max_examples=150)
@given(TEXTS)
def test_without_a_term_the_translation_is_the_engines_own(text: str) -> None:
    for segment in run(text).segments:
        joined = "".join(sentence.target + sentence.gap for sentence in segment.sentences)
        assert segment.target == joined
        assert "".join(sentence.source for sentence in segment.sentences) == segment.source
        if not segment.hits:
            assert segment.target == segment.hypothesis
            assert not segment.edits


@settings(max_examples=150)
@given(TEXTS)
def test_every_change_and_every_term_is_accounted_for(text: str) -> None:
    document = run(text)
    for segment in document.segments:
        assert [outcome.hit for outcome in segment.outcomes] == list(segment.hits)
        for sentence in segment.sentences:
            assert replay(sentence) == sentence.target
        for outcome in segment.outcomes:
            if outcome.start is None or outcome.end is None:
                assert outcome.status == "unresolved"
                assert outcome.evidence
                continue
            written = segment.target[outcome.start : outcome.end]
            forms = approved(outcome.hit)
            if written not in forms:
                assert written in map(capitalised, forms)
                assert at_sentence_start(segment.target, outcome.start)
    assert len(list(ledger_rows(document))) == sum(len(segment.hits) for segment in document.segments)


def test_the_texts_above_meet_every_outcome() -> None:
    text = "\n".join(f"{word} {other} आया।" for word in WORDS[:6] for other in WORDS[:8])
    statuses = [outcome.status for segment in run(text).segments for outcome in segment.outcomes]
    assert set(statuses) == {"right", "repaired", "unresolved"}


def test_translating_many_documents_is_translating_each(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["डाक सोंग जिला।\nसंकल्प ३५।", "", "\n\n", "डाक सोंग जिला।", "क्रोंग नो है। वह गया।"]
    alone = [documents.to_text(run(text)) for text in texts]
    for size in (1, 2, 4096):
        monkeypatch.setattr("toolkit.pipeline.BATCH_SENTENCES", size)
        pipeline = Pipeline(Moody(), GLOSSARY)
        prepared = (pipeline.prepare(documents.from_text(text, f"{n}")) for n, text in enumerate(texts))
        together = list(pipeline.translate(prepared))
        assert [documents.to_text(document) for document in together] == alone
        assert [document.name for document in together] == ["0", "1", "2", "3", "4"]


def test_two_runs_are_alike_but_for_their_timing(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("\n".join(f"{word} आया। {name}" for word in WORDS), encoding="utf-8")
    made: list[dict[str, bytes]] = []
    reports: list[Report] = []
    for number in (1, 2):
        folder = tmp_path / f"out{number}"
        reports.append(translate_files([tmp_path / "a.txt", tmp_path / "b.txt"], folder, Pipeline(Moody(), GLOSSARY)))
        made.append({name: (folder / name).read_bytes() for name in ("a.en.txt", "b.en.txt", "ledger.csv")})
        written = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        assert written == reports[-1]
    assert made[0] == made[1]
    assert reports[0].pop("timing").keys() == reports[1].pop("timing").keys()
    assert reports[0] == reports[1]


# ---- the bundled model on the seed document

NAMES = {
    "डाक सोंग": "Đắk Song",
    "कू जट": "Cư Jút",
    "डाक ग्लोंग": "Đắk Glong",
    "डाक माम": "Đắk Mâm",
    "क्रोंग नो": "Krông Nô",
    "दियु के'रे": "Điểu K'ré",
    "संकल्प 35": "Resolution 35",
    "वीएनडी": "VND",
    "ज़ालो": "Zalo",
    "फेसबुक": "Facebook",
}


@dataclass(frozen=True)
class SeedRun:
    source: str
    target: str
    ledger: tuple[Mapping[str, str], ...]
    report: Report


@pytest.fixture(scope="session")
def seed_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SeedRun]:
    """One run of the shipped model and glossaries over `seeds/`, without a network."""

    def refuse(self: socket.socket, address: object) -> None:
        raise AssertionError(f"offline means offline: connect to {address}")

    out = tmp_path_factory.mktemp("seed")
    (seed,) = (ROOT / "seeds").glob("*.txt")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        report = translate_files([ROOT / "seeds"], out, Pipeline(load_engine(), Glossary.load()))
    target = (out / f"{seed.stem}.en.txt").read_text(encoding="utf-8")
    with (out / "ledger.csv").open(encoding="utf-8-sig", newline="") as file:
        ledger = tuple(csv.DictReader(file))
    yield SeedRun(seed.read_text(encoding="utf-8"), target, ledger, report)


def test_the_seed_keeps_its_paragraphs_and_leaves_no_hindi(seed_run: SeedRun) -> None:
    assert len(paragraphs(seed_run.source)) == len(paragraphs(seed_run.target)) == 21
    assert not [c for c in seed_run.target if "DEVANAGARI" in unicodedata.name(c, "")]
    assert seed_run.report["totals"]["paragraphs"] == 21
    assert seed_run.report["signature"]["toolkit_version"] == toolkit.__version__


@pytest.mark.parametrize(("source", "target"), NAMES.items())
def test_every_name_of_the_seed_stands_in_the_translation(seed_run: SeedRun, source: str, target: str) -> None:
    rows = [row for row in seed_run.ledger if row["target"] == target]
    occurrences = unicodedata.normalize("NFC", seed_run.source).count(unicodedata.normalize("NFC", source))
    assert len(rows) == occurrences > 0
    assert {row["status"] for row in rows} <= {"right", "repaired"}
    assert {row["target_text"] for row in rows} == {target}
    assert seed_run.target.count(target) >= occurrences


def test_the_seeds_ledger_and_report_agree(seed_run: SeedRun) -> None:
    terms = seed_run.report["totals"]["terms"]
    for status in ("right", "repaired", "unresolved"):
        assert terms[status] == sum(row["status"] == status for row in seed_run.ledger)
    assert terms["hits"] == len(seed_run.ledger)
    assert terms["unresolved"] == len(seed_run.report["unresolved"])
