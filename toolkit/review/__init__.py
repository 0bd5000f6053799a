"""What people look at after a run: the ledger, the report, the review workbook, tables for notebooks."""

from toolkit.review.frames import ledger_frame, segments_frame
from toolkit.review.ledger import (
    LEDGER_COLUMNS,
    Counts,
    LedgerRow,
    LedgerSummary,
    LedgerWriter,
    RowCounts,
    ledger_rows,
    replay,
)
from toolkit.review.report import Report, ReportBuilder, Signature, write_report
from toolkit.review.segments import Placed, SegmentsWriter, read_segments
from toolkit.review.workbook import REVIEW_COLUMNS, WorkbookWriter

__all__ = [
    "LEDGER_COLUMNS",
    "REVIEW_COLUMNS",
    "Counts",
    "LedgerRow",
    "LedgerSummary",
    "LedgerWriter",
    "Placed",
    "Report",
    "ReportBuilder",
    "RowCounts",
    "SegmentsWriter",
    "Signature",
    "WorkbookWriter",
    "ledger_frame",
    "ledger_rows",
    "read_segments",
    "replay",
    "segments_frame",
    "write_report",
]
