"""BLEU, chrF and the bootstrap beside sacrebleu itself."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import UsageError
from toolkit.evaluation.bootstrap import SEED, bootstrap, seed_of_environment
from toolkit.evaluation.quality import quality
from toolkit.evaluation.terms import success_of

DICE = random.Random(5)
WORDS = (*("the", "party", "of", "Đắk", "Song", "met", "in", "a", "hall", "and", "new"), *("talked", "35", ",", "."))
REFERENCE = [" ".join(DICE.choices(WORDS, k=DICE.randint(4, 15))) for _ in range(150)]


def worse(lines: list[str], rate: float) -> list[str]:
    return [" ".join(w if DICE.random() > rate else DICE.choice(WORDS) for w in line.split()) for line in lines]


BAD, GOOD = worse(REFERENCE, 0.5), worse(REFERENCE, 0.3)
MEASURES = ("BLEU", "chrF2", "chrF2++")


@pytest.fixture(scope="module")
def sacrebleu() -> dict[str, Any]:
    """The measures as sacrebleu's own documentation makes them."""
    from sacrebleu.metrics import BLEU, CHRF

    return dict(zip(MEASURES, (BLEU(force=True), CHRF(), CHRF(word_order=2)), strict=True))


@pytest.fixture(autouse=True)
def no_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SACREBLEU_SEED", raising=False)


@pytest.mark.parametrize("name", MEASURES)
def test_scores_are_those_of_sacrebleu(name: str, sacrebleu: dict[str, Any]) -> None:
    found = quality([BAD, GOOD], REFERENCE, samples=10)
    expected = [sacrebleu[name].corpus_score(texts, [REFERENCE]).score for texts in (BAD, GOOD)]
    assert [estimate.score for estimate in found.estimates[name]] == pytest.approx(expected)


def test_signatures_are_those_of_sacrebleu(sacrebleu: dict[str, Any]) -> None:
    signatures = quality([BAD], REFERENCE, samples=10).signatures
    version = sacrebleu["BLEU"].get_signature().info["version"]
    assert signatures == {
        "BLEU": f"nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:{version}|bs:10|seed:12345",
        "chrF2": f"nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:{version}|bs:10|seed:12345",
        "chrF2++": f"nrefs:1|case:mixed|eff:yes|nc:6|nw:2|space:no|version:{version}|bs:10|seed:12345",
    }


def test_the_bootstrap_is_that_of_sacrebleu(sacrebleu: dict[str, Any]) -> None:
    from sacrebleu.significance import PairedTest

    near = [*GOOD[:-20], *BAD[-20:]]  # so that p is neither 0 nor 1
    _, expected = PairedTest(
        [("near", near), ("good", GOOD), ("bad", BAD)], sacrebleu, [REFERENCE], test_type="bs", n_samples=300
    )()
    found = quality([near, GOOD, BAD], REFERENCE, samples=300).estimates
    for name in MEASURES:
        for ours, theirs in zip(found[name], expected[name], strict=True):
            assert ours.score == pytest.approx(theirs.score)
            assert ours.half_width == pytest.approx(theirs.ci, rel=1e-4)
            assert ours.p == theirs.p_value


def test_term_success_is_resampled_like_sacrebleu_does() -> None:
    """Hits and required occurrences against a plain loop over the same indices."""
    import numpy as np

    rows = [[(DICE.randint(0, n), n) for n in [DICE.randint(0, 3) for _ in range(40)]]]
    rows.append([(DICE.randint(min(1, n), n), n) for _, n in rows[0]])
    drawn = np.random.default_rng(SEED).choice(40, size=(250, 40), replace=True)

    def rate(table: list[tuple[int, int]], places: Any) -> float:
        return float(sum(table[place][0] for place in places) / sum(table[place][1] for place in places))

    scores = [[rate(table, places) for places in drawn] for table in rows]
    differences = [abs(one - other) for one, other in zip(*scores, strict=True)]
    mean = sum(differences) / len(differences)
    observed = abs(rate(rows[0], range(40)) - rate(rows[1], range(40)))
    p = (sum(difference - mean > observed for difference in differences) + 1) / 251
    ordered = sorted(scores[1])
    first, second = bootstrap(rows, success_of, samples=250)
    assert first.p is None
    assert second.p == pytest.approx(p)
    assert second.score == pytest.approx(rate(rows[1], range(40)))
    assert second.half_width == pytest.approx((ordered[250 - 6 - 1] - ordered[6]) / 2)


tables = st.lists(
    st.integers(0, 3).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=20
)


@given(tables)
def test_a_system_beside_itself_shows_no_difference(table: list[tuple[int, int]]) -> None:
    first, second = bootstrap([table, table], success_of, samples=30)
    assert second.p == 1.0
    assert (first.score, first.half_width) == (second.score, second.half_width)


@given(tables)
def test_the_score_is_that_of_the_whole_and_p_a_probability(table: list[tuple[int, int]]) -> None:
    perfect = [(n, n) for _, n in table]
    first, second = bootstrap([table, perfect], success_of, samples=30)
    assert first.score == pytest.approx(success_of([sum(column) for column in zip(*table, strict=True)]))
    assert second.score == 1.0
    assert second.half_width == 0.0
    assert second.p is not None
    assert 0 < second.p <= 1


def test_equal_seeds_draw_alike_and_others_do_not() -> None:
    tables = [[(place % 2, 1) for place in range(30)]]
    assert bootstrap(tables, success_of, samples=101) == bootstrap(tables, success_of, samples=101)
    assert bootstrap(tables, success_of, samples=101) != bootstrap(tables, success_of, samples=101, seed=1)


def test_the_seed_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert seed_of_environment() == SEED
    monkeypatch.setenv("SACREBLEU_SEED", "7")
    assert seed_of_environment() == 7
    assert quality([BAD], REFERENCE, samples=10).signatures["BLEU"].endswith("|bs:10|seed:7")
    monkeypatch.setenv("SACREBLEU_SEED", "none")
    with pytest.raises(UsageError, match="SACREBLEU_SEED is 'none'"):
        seed_of_environment()
