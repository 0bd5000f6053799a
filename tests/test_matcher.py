import unicodedata
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.glossary.entry import Entry
from toolkit.glossary.matcher import Matcher
from toolkit.segment import TermHit

DESK = [
    Entry("राज", "Raj", line=1),
    Entry("डाक सोंग", "Đắk Song", line=2),
    Entry("कू जट", "Cư Jút", variants=("चू जुत",), line=3),
    Entry("चू", "Chu", line=4),
    Entry("संकल्प {n}", "Resolution {n}", accepted=("Resolution No. {n}",), forbidden=("Pledge {n}",), line=5),
    Entry("दियु के'रे", "Điểu K'ré", line=6),
    Entry("उप-सचिव", "Deputy Secretary", kind="term", match="inflect", line=7),
    Entry("पार्टी", "Party", kind="term", line=8),
    Entry("पार्टी केन्द्रीय समिति", "Party Central Committee", kind="term", match="inflect", line=9),
    Entry("समिति", "committee", kind="term", match="inflect", line=10),
    Entry("विज्ञापन_{n}", "Advertisement_{n}", line=11),
    Entry("टिप्पणी ({n})", "Comments ({n})", line=12),
    Entry("{n}वीं कांग्रेस", "{n}th Congress", line=13),
    Entry("{n} गाँव", "{n} villages", line=14),
    Entry("खंड {n} अनुच्छेद {n2}", "Clause {n}, Article {n2}", variants=("अनुच्छेद {n2} के खंड {n}",), line=15),
    Entry("वी.एन.डी.", "VND", line=16),
    Entry("जी{n}", "G{n}", line=17),
    Entry("संकल्प {n}-एनक्यू/टीडब्ल्यू", "Resolution {n}-NQ/TW", line=18),
    Entry("ज़ालो", "Zalo", line=19),
    Entry("जिला", "district", kind="term", match="inflect", line=20),
]
MATCHER = Matcher(DESK)


def _found(source: str) -> list[tuple[str, str]]:
    return [(hit.surface, hit.target) for hit in MATCHER.find(source)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # word borders
        ("राजा राज राजधानी अराज", [("राज", "Raj")]),
        ("राज", [("राज", "Raj")]),
        ("राज।", [("राज", "Raj")]),
        ("“राज”, (राज) 'राज' राज॥", [("राज", "Raj")] * 4),
        ("राज\u094d", []),  # a virama makes it another word
        ("राजं राजः राज१", []),
        ("अबराज", []),
        ("डाकसोंग", []),
        ("चू जुत जिला", [("चू जुत", "Cư Jút"), ("जिला", "district")]),
        # longest first, the shorter one where the longer fails
        ("पार्टी केन्द्रीय समिति और पार्टी समिति", [
            ("पार्टी केन्द्रीय समिति", "Party Central Committee"), ("पार्टी", "Party"), ("समिति", "committee"),
        ]),
        ("चू जुता", [("चू", "Chu")]),
        ("पार्टी केन्द्रीय", [("पार्टी", "Party")]),
        ("डाक डाक सोंग सोंग", [("डाक सोंग", "Đắk Song")]),
        # numbers
        ("संकल्प 35", [("संकल्प 35", "Resolution 35")]),
        ("संकल्प ३५ में", [("संकल्प ३५", "Resolution 35")]),
        ("संकल्प 350", [("संकल्प 350", "Resolution 350")]),
        ("संकल्प 35, संकल्प 36।", [("संकल्प 35", "Resolution 35"), ("संकल्प 36", "Resolution 36")]),
        ("संकल्प 35वें, ३५वाँ संकल्प 7-वें", [("संकल्प 35वें", "Resolution 35"), ("संकल्प 7-वें", "Resolution 7")]),
        ("संकल्प 1,250", [("संकल्प 1,250", "Resolution 1,250")]),
        ("संकल्प १,२५०वें", [("संकल्प १,२५०वें", "Resolution 1,250")]),
        ("संकल्प 1,00,000 तथा", [("संकल्प 1,00,000", "Resolution 1,00,000")]),
        ("संकल्प 35,36", [("संकल्प 35", "Resolution 35")]),  # not a grouped number; a comma alone makes no list
        ("संकल्प 3.5.", [("संकल्प 3.5", "Resolution 3.5")]),
        ("संकल्प 35क", []),
        ("संकल्प क35", []),
        ("संकल्प पर", []),
        ("संकल्प {n}", []),
        ("{n} गाँव {n2} \U0001d7ce", []),
        ("संकल्प 36-एनक्यू/टीडब्ल्यू", [("संकल्प 36-एनक्यू/टीडब्ल्यू", "Resolution 36-NQ/TW")]),
        ("संकल्प 36-एनक्यू", [("संकल्प 36", "Resolution 36")]),
        ("[विज्ञापन_2]", [("विज्ञापन_2", "Advertisement_2")]),
        ("टिप्पणी (0)", [("टिप्पणी (0)", "Comments (0)")]),
        ("टिप्पणी(१२)", [("टिप्पणी(१२)", "Comments (12)")]),
        ("टिप्पणी 0", []),
        ("13वीं कांग्रेस", [("13वीं कांग्रेस", "13th Congress")]),
        ("१३ वीं कांग्रेस, 13-वीं कांग्रेस", [("१३ वीं कांग्रेस", "13th Congress"), ("13-वीं कांग्रेस", "13th Congress")]),
        ("13 कांग्रेस, वीं कांग्रेस", []),
        ("२० गाँव", [("२० गाँव", "20 villages")]),
        ("जी२० जी-20", [("जी२०", "G20")]),
        ("खंड 2 अनुच्छेद ५", [("खंड 2 अनुच्छेद ५", "Clause 2, Article 5")]),
        ("अनुच्छेद 5 के खंड 2", [("अनुच्छेद 5 के खंड 2", "Clause 2, Article 5")]),
        # hyphens, spaces, invisible characters, apostrophes
        ("उप-सचिव, उप सचिव, उप–सचिव, उप- सचिव, उप -सचिव", [
            ("उप-सचिव", "Deputy Secretary"), ("उप सचिव", "Deputy Secretary"), ("उप–सचिव", "Deputy Secretary"),
            ("उप- सचिव", "Deputy Secretary"), ("उप -सचिव", "Deputy Secretary"),
        ]),
        ("उप - सचिव, उप -- सचिव, उप, सचिव", []),
        ("डाक\xa0सोंग डा\u200dक  सों\u200bग\u200d", [("डाक\xa0सोंग", "Đắk Song"), ("डा\u200dक  सों\u200bग", "Đắk Song")]),
        ("डाक\nसोंग", [("डाक\nसोंग", "Đắk Song")]),
        ("दियु के'रे, दियु के’रे", [("दियु के'रे", "Điểu K'ré"), ("दियु के’रे", "Điểu K'ré")]),
        ("100 वी.एन.डी., वी. एन. डी.", [("वी.एन.डी.", "VND"), ("वी. एन. डी.", "VND")]),
        ("वी.एन.डी", []),
        # inflection
        ("उप सचिवों ने", [("उप सचिवों", "Deputy Secretary")]),
        ("पार्टी केंद्रीय समितियों", [("पार्टी केंद्रीय समितियों", "Party Central Committee")]),
        ("जिले, ज़िलों", [("जिले", "district"), ("ज़िलों", "district")]),
        ("पार्टियों, डाक सोंगमें", []),  # match=exact
        ("", []),
        (" ।,- ", []),
    ],
)  # fmt: skip
def test_what_is_found(source: str, expected: list[tuple[str, str]]) -> None:
    assert _found(source) == expected


@pytest.mark.parametrize(
    ("source", "tier"),
    [
        ("ज़ालो", "exact"),
        ("\u095bालो", "exact"),
        ("जालो", "loose"),
        ("संकल्प ३५", "exact"),
        ("संकल्प 35वें", "loose"),
        ("13वीं कांग्रेस", "exact"),
        ("13 वीं कांग्रेस", "loose"),
        ("पार्टी केंद्रीय समिति", "loose"),
        ("समितियाँ", "inflected"),
    ],
)
def test_tiers(source: str, tier: str) -> None:
    assert [hit.tier for hit in MATCHER.find(source)] == [tier]


def test_a_hit_says_which_row_and_fills_every_slot() -> None:
    (hit,) = MATCHER.find("यह संकल्प ३५ है")
    assert hit == TermHit(
        row=":5",
        start=3,
        end=12,
        surface="संकल्प ३५",
        form="संकल्प {n}",
        target="Resolution 35",
        accepted=("Resolution No. 35",),
        forbidden=("Pledge 35",),
        kind="pattern",
        tier="exact",
    )


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("better", "worse", "source"),
    [
        (Entry("ज़ालो", "a"), Entry("जालो", "b"), "ज़ालो"),  # exact before loose
        (Entry("राजों", "a"), Entry("राज", "b", match="inflect"), "राजों"),  # exact before inflected
        (Entry("सम्बन्धों", "a"), Entry("संबंध", "b", match="inflect"), "संबंधों"),  # loose before inflected
        (Entry("संकल्प 35", "a"), Entry("संकल्प {n}", "b {n}"), "संकल्प ३५"),  # the figure itself before any figure
        (Entry("{n}वीं सभा", "a{n}"), Entry("{n} सभा", "b{n}"), "14वीं सभा"),  # its ending before any ending
        (Entry("जन समिति", "a", match="inflect"), Entry("जन", "b"), "जन समितियों"),  # longest before strictest
    ],
)
def test_precedence_does_not_depend_on_the_order_of_rows(
    better: Entry, worse: Entry, source: str, turned: bool
) -> None:
    (hit,) = Matcher([worse, better] if turned else [better, worse]).find(source)
    assert hit.form == better.source


def test_the_order_of_rows_breaks_ties() -> None:
    first, second = Entry("जालो", "a"), Entry("जालो", "b")
    assert [hit.target for hit in Matcher([first, second]).find("जालो")] == ["a"]
    assert [hit.target for hit in Matcher([second, first]).find("जालो")] == ["b"]


LISTED = [
    # lists and ranges, as they are written
    ("संकल्प 35 और 36", ["36"]),
    ("संकल्प ३५ और ३६ के अनुसार", ["३६"]),
    ("संकल्प 35 तथा 36।", ["36"]),
    ("संकल्प 35, 36 तथा 37 में", ["36", "37"]),
    ("संकल्प 35, 36, और 37 लागू हुए", ["36", "37"]),
    ("(संकल्प 35 एवं 36)", ["36"]),
    ("संकल्प 35 व 36, संकल्प 40 या 41", ["36", "41"]),
    ("संकल्प 35 & 36", ["36"]),
    ("संकल्प 35-36", ["36"]),
    ("संकल्प 35–37 का", ["37"]),
    ("संकल्प 35 - 37 को", ["37"]),
    ("संकल्प 35 से 37 तक", ["37"]),
    ("संकल्प 35-37 और 40 (2021)", ["37", "40"]),
    ("संकल्प 35 और 36 और निर्देश", ["36"]),
    ("संकल्प 3.5 और 3.6 का", ["3.6"]),
    ("संकल्प 9, 10\u200d और 11 से संबंधित", ["10", "11"]),
    ("संकल्प 35 और 36 के अधिकारी", ["36"]),
    ("संकल्प 35 और 36 - दोनों", ["36"]),
    # a number that counts what comes next
    ("संकल्प 35 और 50 पेज", []),
    ("संकल्प 35, 50 पृष्ठ", []),
    ("संकल्प 35, 36 और 50 पेज", []),
    ("संकल्प 35 से 50 लोग", []),
    ("संकल्प 35 और 50 से अधिक लोग", []),
    ("संकल्प 35 और 50 से ज़्यादा, संकल्प 36 और 50 से ज्यादा", []),
    ("संकल्प 35 और 50 के करीब, संकल्प 36 और 50 के क़रीब", []),
    ("संकल्प 35 और 50%", []),
    ("संकल्प 35 और ₹50", []),
    ("संकल्प 3-4 महीने तक", []),
    ("संकल्प 35 और 20 गाँव", []),
    ("संकल्प 35 - 18,000, संकल्प 36 - 11,000", []),  # prices
    # a year, a score, a document number, an ordinal, another list
    ("संकल्प 35 और 2020 में", []),
    ("संकल्प 2021-2025", []),
    ("संकल्प 127-31 से", []),
    ("संकल्प 35 से 35 तक", []),
    ("संकल्प 35, 36", []),
    ("संकल्प 35, 2020 में", []),
    ("संकल्प 35 और 36/2024", []),
    ("संकल्प 35 और 36-एनक्यू", []),
    ("संकल्प 35 और 36क", []),
    ("संकल्प 35 और 13वीं सभा", []),
    ("संकल्प 35 और", []),
]


@pytest.mark.parametrize(("source", "expected"), LISTED)
def test_lists_and_ranges_of_numbers(source: str, expected: list[str]) -> None:
    numbers = [hit for hit in MATCHER.find(source) if hit.form.startswith("संकल्प") and hit.surface[0].isdigit()]
    assert [hit.surface for hit in numbers] == expected
    for hit in numbers:
        figure = unicodedata.normalize("NFKC", hit.surface).translate(str.maketrans("०१२३४५६७८९", "0123456789"))
        assert source[hit.start : hit.end] == hit.surface
        assert hit.target == f"Resolution {figure}"
        assert hit.accepted == (f"Resolution No. {figure}", figure)
        assert (hit.row, hit.forbidden) == (":5", (f"Pledge {figure}",))


def test_the_first_of_a_list_may_have_its_head_in_the_plural() -> None:
    first, second = MATCHER.find("संकल्प 35 और 36")
    assert (first.surface, first.target) == ("संकल्प 35", "Resolution 35")
    assert first.accepted == ("Resolution No. 35", "Resolutions 35", "Resolution Nos. 35")
    assert second.form == "संकल्प {n}"


@pytest.mark.parametrize(
    ("head", "plural"),
    [
        ("Provincial Highway {n}", "Provincial Highways 4"),
        ("Army Company {n}", "Army Companies 4"),
        ("Class {n}", "Classes 4"),
        ("Annex {n}", "Annexes 4"),
        ("Branch {n}", "Branches 4"),
        ("Corps {n}", "Corps 4"),
        ("Art. {n}", "Art. 4"),  # left alone
        ("G{n}", "G4"),
    ],
)
def test_plural_heads(head: str, plural: str) -> None:
    first, _ = Matcher([Entry("क {n}", head)]).find("क 4 और 5")
    assert plural in (first.target, *first.accepted)


def test_only_the_last_slot_of_a_form_takes_a_list() -> None:
    hits = MATCHER.find("खंड 2 अनुच्छेद 5 और 6")
    assert [hit.target for hit in hits] == ["Clause 2, Article 5", "Clause 2, Article 6"]
    assert [hit.surface for hit in MATCHER.find("20 गाँव और 30")] == ["20 गाँव"]
    assert [hit.surface for hit in MATCHER.find("जी7 और 8")] == ["जी7"]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("कॉमरेड, कामरेड, कोमरेड", 3),
        ("कमरेड, कौमरेड, कोमरेडों", 0),
        ("ऑक्टोपॉड ओक्टोपोड आक्टोपाड ओक्टोपॉड ऑक्टोपोड", 5),
        ("सोंग", 1),
        ("सांग, सॉंग", 0),  # the row is not written with ॉ
        ("कोमरेड 5", 1),
    ],
)
def test_a_loan_word_written_with_candra_o(source: str, found: int) -> None:
    rows = [Entry("कॉमरेड", "Comrade", kind="term"), Entry("ऑक्टोपॉड", "octopod"), Entry("सोंग", "Song")]
    hits = Matcher(rows).find(source)
    assert len(hits) == found
    assert {hit.tier for hit in hits if "ॉ" not in hit.form} <= {"exact"}
    assert {hit.tier for hit in hits if hit.surface != hit.form} <= {"loose"}


def test_many_candra_o_cost_few_spellings() -> None:
    (row,) = [Entry("हॉ लॉ मॉ नॉ", "x")]
    assert Matcher([row]).find("हो लो मो नो")
    assert Matcher([row]).find("हो लॉ मॉ नॉ")
    assert Matcher([row]).find("हॉ लॉ मॉ नो")
    assert Matcher([row]).find("हॉ लो मॉ नॉ") == ()  # not each mixture


NESTED = Matcher(
    [
        Entry("स्थायी उप सचिव", "Standing Deputy Secretary", kind="term", line=1),
        Entry("उप सचिव", "Deputy Secretary", kind="term", match="inflect", line=2),
        Entry("सचिव", "secretary", kind="term", match="inflect", line=3),
        Entry("स्थायी", "permanent", kind="term", line=4),
        Entry("हो ची मिन्ह सिटी", "HCMC", accepted=("Ho Chi Minh City",), line=5),
        Entry("हो ची मिन्ह", "Ho Chi Minh", line=6),
        Entry("समिति {n}", "Committee {n}", line=7),
        Entry("संचालन समिति {n}", "Steering Committee {n}", line=8),
        Entry("युवा", "Raj", line=9),
        Entry("युवा राज", "Young raj", line=10),
    ]
)


@pytest.mark.parametrize(
    ("source", "inside"),
    [
        ("वह स्थायी उप-सचिव है", [("उप-सचिव", ":2"), ("सचिव", ":3")]),  # not "permanent"
        ("उप सचिवों ने", [("सचिवों", ":3")]),
        ("सचिव", []),
        ("हो ची मिन्ह सिटी", []),  # its target does not hold the name
        ("संचालन समिति ३५", [("समिति ३५", ":7")]),
        ("युवा राज", []),  # a name is another in another case
    ],
)
def test_a_longer_term_speaks_for_those_within_it(source: str, inside: list[tuple[str, str]]) -> None:
    (hit,) = NESTED.find(source)
    found = NESTED.inside(hit)
    assert [(inner.surface, inner.row) for inner in found] == inside
    assert [source[inner.start : inner.end] for inner in found] == [inner.surface for inner in found]


@pytest.mark.parametrize(("source", "found"), [
    ("संकल्प 35", True), ("संकल्प ३५", True), ("संकल्प 35वें", True), ("संकल्प 35,", True), ("संकल्प 350", False),
    ("संकल्प 35.5", False), ("संकल्प 1,35,000", False), ("संकल्प 135", False),
])  # fmt: skip
def test_a_figure_written_in_the_row(source: str, found: bool) -> None:
    assert bool(Matcher([Entry("संकल्प 35", "Resolution 35")]).find(source)) is found


@pytest.mark.parametrize("form", ["\u200d", "-", "{n}", "{n}{n2}", "\U0001d7ce", "\U0001d7ce {n}", "–सचिव", "।"])
@pytest.mark.parametrize("source", ["", "-", " - ", "35", "३.५", "\U0001d7ce", "0", "-सचिव", "क।", "{n}", "\u200d"])
def test_odd_forms_and_odd_sources_do_no_harm(form: str, source: str) -> None:
    target = form if "{" in form else "x"
    for hit in Matcher([Entry(form, target)]).find(source):
        assert hit.surface
        assert "{" not in hit.target


ENGLISH = [
    Entry("People's Committee", "जन समिति", kind="term"),
    Entry("Đắk Song", "डाक सोंग"),
    Entry("US", "अमेरिका"),
    Entry("new rural development", "नव ग्रामीण निर्माण"),
    Entry("Resolution {n}", "संकल्प {n}"),
    Entry("{n}th Congress", "{n}वीं कांग्रेस"),
    Entry("Song", "सोंग"),
]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("the people's committee, People’s Committee, PEOPLE'S COMMITTEE", ["जन समिति"] * 3),
        ("People's Committees", []),
        ("in Đắk Song's fields", ["डाक सोंग"]),
        (unicodedata.normalize("NFD", "in Đắk Song."), ["डाक सोंग"]),
        ("ĐẮK SONG", ["डाक सोंग"]),
        ("đắk song", []),
        ("Đắk song", []),
        ("Songs, aSong", []),
        ("give us US goods", ["अमेरिका"]),
        ("new rural development. New rural development", ["नव ग्रामीण निर्माण"] * 2),
        ("the New rural development", []),
        ("NEW RURAL DEVELOPMENT", ["नव ग्रामीण निर्माण"]),
        ("Resolution 35th, RESOLUTION 36, resolution 37", ["संकल्प 35", "संकल्प 36"]),
        ("13th Congress, 13TH CONGRESS, 13th congress", ["13वीं कांग्रेस"] * 2),
        ("Resolution 35 and 36 of Resolution 40-42", ["संकल्प 35", "संकल्प 36", "संकल्प 40", "संकल्प 42"]),
        ("Resolution 35 and 36 pages", ["संकल्प 35"]),
    ],
)
def test_latin_sources(source: str, expected: list[str]) -> None:
    assert [hit.target for hit in Matcher(ENGLISH).find(source)] == expected


LETTERS = "कगजटतनपमरलसह"  # with no endings among the signs, no word is a form of another
WORD = st.lists(st.tuples(st.sampled_from(LETTERS), st.sampled_from(["", "ि", "ु", "ं", "ज़ि"])), min_size=1, max_size=3)
WORDS = WORD.map(lambda pairs: "".join(letter + sign for letter, sign in pairs))
FORMS = st.lists(WORDS, min_size=1, max_size=3).map(" ".join) | WORDS.map(lambda word: f"{word} {{n}}")
FIGURE = st.integers(0, 9999).map(str)
TEXTS = st.lists(WORDS | FIGURE | st.sampled_from(["।", ",", "“", "”", "-", "–", "(", ")", "'"]), max_size=14).map(
    " ".join
)
ROWS = st.lists(FORMS, min_size=1, max_size=8, unique=True).map(
    lambda forms: [
        Entry(form, f"Target{number}{' {n}' if '{n}' in form else ''}", match="inflect" if number % 2 else "exact")
        for number, form in enumerate(forms)
    ]
)


def _spans(hits: tuple[TermHit, ...]) -> list[tuple[int, int, str]]:
    return [(hit.start, hit.end, hit.target) for hit in hits]


@given(ROWS, TEXTS)
def test_hits_are_in_order_apart_and_true_to_the_source(rows: list[Entry], source: str) -> None:
    end = 0
    for hit in Matcher(rows).find(source):
        assert end <= hit.start < hit.end
        assert source[hit.start : hit.end] == hit.surface
        end = hit.end


@given(ROWS, TEXTS, TEXTS, FIGURE, st.data())
def test_a_form_between_borders_is_found(
    rows: list[Entry], before: str, after: str, figure: str, data: st.DataObject
) -> None:
    surface = data.draw(st.sampled_from(rows)).source.replace("{n}", figure)
    left, right = (
        data.draw(st.sampled_from(["|", "“", "(", "।", ""])),
        data.draw(st.sampled_from(["|", "”", "।", ",", ""])),
    )
    source = f"{before} {left}{surface}{right} {after}"
    start = len(before) + 1 + len(left)
    over = [hit for hit in Matcher(rows).find(source) if hit.start < start + len(surface) and start < hit.end]
    assert over  # in the open, a longer form or one that began earlier may have taken its words
    if left and right:
        assert [hit.surface for hit in over] == [surface]


@given(ROWS, TEXTS, st.permutations(range(8)))
def test_shuffled_rows_find_the_same(rows: list[Entry], source: str, order: list[int]) -> None:
    shuffled = [rows[place] for place in order if place < len(rows)]
    assert _spans(Matcher(shuffled).find(source)) == _spans(Matcher(rows).find(source))


@given(ROWS, TEXTS, st.randoms(use_true_random=False))
def test_the_encoding_of_the_source_does_not_matter(rows: list[Entry], source: str, dice: Random) -> None:
    hits = Matcher(rows).find(source)
    digits = str.maketrans("0123456789", "०१२३४५६७८९")
    assert _spans(Matcher(rows).find(source.translate(digits))) == _spans(hits)
    composed = source.replace("ज\u093c", "\u095b")
    assert [hit.target for hit in Matcher(rows).find(composed)] == [hit.target for hit in hits]
    joined, places = "", [0]
    for character in source:
        joined += character + dice.choice(["", "\u200d", "\u200b\u200c"])
        places.append(len(joined))
    found = Matcher(rows).find(joined)
    assert [hit.target for hit in found] == [hit.target for hit in hits]
    assert [hit.start for hit in found] == [places[hit.start] for hit in hits]


@given(ROWS, TEXTS)
def test_what_stands_inside_a_hit_is_a_row_within_it(rows: list[Entry], source: str) -> None:
    matcher = Matcher(rows)
    for hit in matcher.find(source):
        for inner in matcher.inside(hit):
            assert hit.start <= inner.start < inner.end <= hit.end
            assert (inner.start, inner.end) != (hit.start, hit.end)
            assert inner.target in hit.target


@given(
    st.integers(1, 9999), st.lists(st.integers(1, 1899), min_size=1, max_size=5), st.sampled_from(["और", "तथा", "व"])
)
def test_every_number_of_a_list_is_an_occurrence(first: int, more: list[int], join: str) -> None:
    source = f"संकल्प {', '.join(map(str, (first, *more[:-1])))} {join} {more[-1]} में"
    assert [hit.target for hit in MATCHER.find(source)] == [f"Resolution {number}" for number in (first, *more)]


@given(TEXTS)
def test_no_row_no_hit(source: str) -> None:
    assert Matcher([]).find(source) == ()
