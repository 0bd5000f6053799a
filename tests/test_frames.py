"""Tables for notebooks hold what the ledger and the segments hold, as they stand."""

from toolkit.review import LEDGER_COLUMNS, ledger_frame, segments_frame
from toolkit.review.frames import SEGMENT_COLUMNS
from toolkit.segment import Document, Edit, Issue, Segment, Sentence, TermHit, TermOutcome

HIT = TermHit("places.csv:12", 0, 8, "डाक सोंग", "डाक सोंग", "Đắk Song")
MISSED = TermHit("terms.csv:3", 9, 13, "फ़सल", "फ़सल", "=crop")
SEGMENT = Segment(
    "a.txt:1:0",
    "डाक सोंग फ़सल",
    (HIT, MISSED),
    (Sentence(0, "डाक सोंग फ़सल", "Duck Song", "Đắk Song", (Edit(0, "Duck", "Đắk", "known", "places.csv:12"),)),),
    "Duck Song",
    "Đắk Song",
    (TermOutcome(HIT, "repaired", 0, 8, "known"), TermOutcome(MISSED, "unresolved")),
    (Issue("length", "short"),),
)
DOCUMENT = Document("a.txt", (SEGMENT, Segment("a.txt:2:0", "[१]", target="[१]", origin="copied")), ("", "\n", ""))


def test_ledger_frame() -> None:
    frame = ledger_frame([DOCUMENT])
    assert tuple(frame.columns) == LEDGER_COLUMNS
    assert list(frame["target"]) == ["Đắk Song", "=crop"]  # no apostrophe: this is no spreadsheet
    assert list(frame["target_end"].isna()) == [False, True]
    assert {str(frame[name].dtype) for name in LEDGER_COLUMNS if name.endswith(("_start", "_end"))} == {"Int64"}
    assert frame["target_end"].sum() == 8


def test_segments_frame() -> None:
    frame = segments_frame(document for document in [DOCUMENT])
    assert tuple(frame.columns) == SEGMENT_COLUMNS
    assert frame.to_dict("records") == [
        {
            "document": "a.txt",
            "segment": "a.txt:1:0",
            "position": 1,
            "source": "डाक सोंग फ़सल",
            "hypothesis": "Duck Song",
            "target": "Đắk Song",
            "origin": "engine",
            "sentences": 1,
            "edits": 1,
            "terms": 2,
            "right": 0,
            "repaired": 1,
            "unresolved": 1,
            "issues": ("short",),
        },
        {
            "document": "a.txt",
            "segment": "a.txt:2:0",
            "position": 2,
            "source": "[१]",
            "hypothesis": "",
            "target": "[१]",
            "origin": "copied",
            "sentences": 0,
            "edits": 0,
            "terms": 0,
            "right": 0,
            "repaired": 0,
            "unresolved": 0,
            "issues": (),
        },
    ]


def test_no_documents_give_empty_tables_with_their_columns() -> None:
    assert tuple(ledger_frame([]).columns) == LEDGER_COLUMNS
    assert tuple(segments_frame([]).columns) == SEGMENT_COLUMNS
    assert len(ledger_frame([])) == len(segments_frame([])) == 0
