"""Paragraphs into sentences, and sentences that are too long for the model into pieces; nothing is lost.

Joining the parts gives the text back, byte for byte; each part carries its trailing white space; no boundary falls
inside a term occurrence. A sentence ends at । ॥ ? ! . … unless a row of `_RULES` says that it goes on: abbreviations,
initials, enumerators, a quotation that the sentence continues. Hindi has no capitals to show a new sentence, so the
rows are about the words on both sides of the mark.

A missed boundary costs little (two sentences are translated together), a false one tears a sentence apart; the rows
lean accordingly.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from toolkit.segment import Segment, Sentence
from toolkit.text import LETTER, NOT_AFTER, NOT_BEFORE

Span = tuple[int, int]

_SPACE = r"[\s\x1c-\x1f]"  # what str.isspace() calls white space, the four ASCII separators included
_INVISIBLE = r"[\u200b-\u200d\u2060\ufeff]"  # ZWSP, ZWNJ, ZWJ, word joiner, BOM
_OPENING = r"[\"'\p{Ps}\p{Pi}]"
_WORD = regex.compile(r"[\p{L}\p{N}]")
_LAST_WORD = regex.compile(r"(?r)[\p{L}\p{N}]")
_GAP = regex.compile(rf"{_SPACE}*")

# What ends a clause, mostly verbs: after it … ends the sentence, so does a stop without a space, and | is a danda.
_CLAUSE_END = (
    rf"{NOT_BEFORE}(?:है|हैं|हूँ|हूं|हो|था|थे|थी|थीं|चाहिए|नहीं|आदि|(?:कि|दि|लि)(?:या|ए|ये)|हु(?:आ|ए|ई)|ग(?:या|ए|ये|ई|यी)|"
    rf"आ(?:या|ए|ई)|रह[ाेी]|चुक[ाेी]|{LETTER}{{1,20}}[ेोएओंँ]ग[ाेी])"
)
_STOP = regex.compile(
    rf"(?P<mark>(?:[.?!।॥…]|\|(?<={_CLAUSE_END}{_SPACE}?\|)|\|(?<=\p{{Devanagari}}\|)(?=\|*(?:{_SPACE}|\Z)))"
    rf"(?:{_SPACE}*[?!।॥…]|{_SPACE}+\.+(?={_SPACE}|\Z)|[.|])*"
    rf"(?:(?<=॥){_SPACE}*\d{{1,4}}{_SPACE}*[।॥]+)?)"  # the number of a verse: ॥ १२ ॥
    rf"(?:{_INVISIBLE}|[\"'\p{{Pe}}\p{{Pf}}]|{_SPACE}+[\p{{Pe}}\p{{Pf}}](?!{LETTER})|\[{LETTER}{{1,3}}\])*"
)
_SPACED_QUOTE = regex.compile(rf"{_SPACE}{{1,3}}\"(?={_SPACE}|\Z)")
_BRACKET = regex.compile(r"[(\[{)\]}]")
_LOOKAHEAD = 200  # code points read after a mark; unbounded, `regex` scans the whole text for a rule's literals
_LONGEST_ASIDE = 300  # code points; brackets further apart are not believed to belong together
_ENUMERATOR = regex.compile(r"\d{1,3}(?:\.\d{1,3})*(?=[.।])|(?:[ivxIVX]{1,4}|\p{L}\p{M}?)(?=\.)")

# Latin letters by their Hindi names: यू.एस., ए. पी. जे. अब्दुल.
_LETTER_NAMES = (
    r"(?:ए|बी|सी|डी|ई|एफ\u093c?|ए\u095e|जी|एच|आई|जे|के|एल|एम|एन|ओ|पी|क्यू|आर|एस|टी|यू|वी|"
    r"डब्ल्यू|डब्लू|डबल्यू|एक्स|वाई|(?:ज\u093c?|\u095b)[ेै]ड)"
)
_HINDI_ABBREVIATIONS = (
    "डॉ|डा|श्री|श्रीमती|श्रीमति|सुश्री|कु|कुं|प्रो|पं|मि|मिस्टर|मो|मौ|मु|स्व|चौ|कै|सर्व|सं|क्र|पृ|नं|रु|रू|कि|मी|सें|"
    "वि|ई|पू|दि|डि|जि|पो|इं|इंजी|एड|लि|प्रा|कं|इंक|उदा|कृ|अं|हि|वॉ|खं|भा|सेंट|सेन|रिप|जन|कर्न"
)
_AMBIGUOUS = "आई|पी|जी|आ|ले|मे"  # also a verb or an honorific: आई (came), पी (drank), गांधी जी
_TITLES = (
    "Dr|Mr|Mrs|Ms|Messrs|Prof|Rev|Hon|St|Gen|Col|Maj|Capt|Cmdr|Lt|Sgt|Gov|Sen|Rep|Pres|Smt|Shri|Sri|Figs?|vs|viz|cf"
)
_CLOSING_ABBREVIATIONS = (  # may end a sentence: a word of _STARTERS shows it
    r"Inc|Ltd|Pvt|Co|Corp|Bros|Jr|Sr|Esq|etc|al|approx|ca|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|\p{Lu}|"
    r"(?:\p{Latin}{1,2}\.){1,8}\p{Latin}{1,2}"
)
_STARTERS = (
    "The|This|That|These|Those|He|She|It|They|We|You|His|Her|Its|Their|Our|My|In|On|At|But|And|However|There|Then|When|"
    "While|After|Before|If|As|Since|Although|Some|Many|Most|What|Who|Why|How|According"
)
_NUMBERED = "[Nn]os?|Art|Arts|Sec|Ch|Chap|Vol|Vols|Ver|pp?|para|Ph|Tel|Rs|Re"
# Words that no sentence begins with; after a quotation: “क्या करें?” का जवाब, “आओ।” कहकर.
_POSTPOSITIONS = "का|की|के|को|में|से|ने|तक|है|हैं|था|थी|थे"
_CONTINUING = f"{_POSTPOSITIONS}|पर|ही|भी|तो|जैस[ाेी]|नाम|नामक|शीर्षक|वाल[ाेी]|कह|कहकर|कहन[ाे]|कहत[ाेी]|पूछन[ाे]"
_SAID = (  # … उसने कहा।
    rf"{_SPACE}*(?:[^\s।.?!]+{_SPACE}+){{0,6}}"
    rf"(?:कहा|पूछा|बताया|बोला|बोली|बोले|लिखा|चिल्लाया|चिल्लाई|said|asked|replied|wrote|added){NOT_AFTER}(?!{_SPACE}+कि{_SPACE})"
    rf"[^।.?!]{{0,20}}(?:[।.]|\Z)"
)
_CONJUNCTIONS = "और|तथा|एवं|लेकिन|किन्तु|किंतु|परन्तु|परंतु|मगर|बल्कि|क्योंकि|ताकि|कि|या|तो|जबकि|इसलिए|अतः"
_ENGLISH_CONJUNCTIONS = "and|but|or|because|which|who|that|while|whereas|although|so|if|when"


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a mark means between `before` and `after`; the first rule that matches decides.

    Attributes:
        ends: Whether the sentence ends here.
        kinds: The kinds of mark it is about: d danda, q question or exclamation, e ellipsis, s full stop,
            p full stop in a paragraph that ends its Hindi sentences with danda.
        before: Matches where the mark begins, by lookbehind.
        after: Matches where the mark and its closing quotes end.
        quoted: Whether a closing quote or bracket must follow the mark.
    """

    ends: bool
    kinds: str
    before: "regex.Pattern[str]"
    after: "regex.Pattern[str]"
    quoted: bool


def _rule(ends: bool, kinds: str, before: str = "", after: str = "", quoted: bool = False) -> _Rule:
    return _Rule(ends, kinds, regex.compile(f"(?<={before})" if before else ""), regex.compile(after), quoted)


_RULES = (
    _rule(False, "dqesp", after=rf"{_SPACE}*[,;:](?![-)(])"),
    _rule(False, "d", r"\d", r"\d"),
    _rule(False, "dqesp", after=rf"{_SPACE}*[-–—]", quoted=True),
    _rule(False, "dqesp", after=rf"{_SPACE}*(?:{_CONTINUING}){NOT_AFTER}", quoted=True),
    _rule(False, "dqesp", after=_SAID, quoted=True),
    _rule(False, "qesp", after=rf"{_SPACE}*(?:और|तथा|एवं|व|या){NOT_AFTER}", quoted=True),
    _rule(True, "d"),
    # Without a space after the mark
    _rule(True, "q", r"\p{Devanagari}", rf"{_OPENING}?\p{{Devanagari}}"),
    _rule(True, "sp", rf"(?<!\.)(?!आई){_CLAUSE_END}", rf"{_OPENING}?\p{{Devanagari}}{{2}}"),
    _rule(False, "qesp", after=rf"(?!{_SPACE})"),
    _rule(False, "esp", after=rf"{_SPACE}*{_OPENING}*\p{{Ll}}"),
    _rule(False, "q", after=rf"(?<!\?){_SPACE}*{_OPENING}*\p{{Ll}}"),  # “Really?” she asked. But: why? because …
    _rule(True, "q"),
    # Ellipsis
    _rule(True, "e", rf"(?:{_CLAUSE_END}|[)\]])", rf"(?!{_SPACE}+(?:{_CONJUNCTIONS}){NOT_AFTER})"),
    _rule(True, "e", r"[\p{Latin}\p{N}]", rf"{_SPACE}+{_OPENING}*(?!I{NOT_AFTER})\p{{Lu}}"),
    _rule(False, "e"),
    # Full stop
    _rule(False, "sp", after=rf"{_SPACE}*(?:{_POSTPOSITIONS}){NOT_AFTER}"),
    _rule(True, "sp", rf"{NOT_BEFORE}(?:{_CLOSING_ABBREVIATIONS})", rf"{_SPACE}+{_OPENING}*(?:{_STARTERS}){NOT_AFTER}"),
    _rule(False, "sp", rf"{NOT_BEFORE}(?:{_CLOSING_ABBREVIATIONS}|{_TITLES})"),
    _rule(False, "sp", rf"{NOT_BEFORE}(?:{_NUMBERED})", rf"{_SPACE}+\p{{N}}"),
    _rule(False, "sp", rf"{NOT_BEFORE}(?!(?:{_AMBIGUOUS})\.)(?:{_HINDI_ABBREVIATIONS}|{_LETTER_NAMES})"),
    _rule(False, "sp", rf"{NOT_BEFORE}{_LETTER_NAMES}\.{_SPACE}?{_LETTER_NAMES}"),
    _rule(False, "sp", rf"{NOT_BEFORE}{_LETTER_NAMES}", rf"{_SPACE}+{_LETTER_NAMES}\."),
    _rule(False, "p", rf"{NOT_BEFORE}(?:{_AMBIGUOUS})"),
    _rule(False, "sp", rf"{NOT_BEFORE}(?:\p{{Devanagari}}{{1,5}}\.){{1,8}}\p{{Devanagari}}{{1,5}}"),  # ई.पू. कि.मी. सु.सू.
    _rule(False, "sp", rf"{NOT_BEFORE}(?:[क-ह]\u093c?्)*[अइ-औक-ह]\u093c?"),  # म. प्र., उ. प्र.: a letter without a vowel
    _rule(False, "sp", rf"(?:[,;:]{_SPACE}+|{NOT_BEFORE}\d{{1,2}}[.)]{_SPACE}[^\d.]{{1,60}})\d{{1,2}}"),  # 1. सेब 2. केला
)
_RULES_OF = {kind: tuple(rule for rule in _RULES if kind in rule.kinds) for kind in "dqesp"}


def sentences(paragraph: str, keep: Sequence[Span] = ()) -> tuple[str, ...]:
    """Cuts a paragraph into sentences, Hindi or English.

    Args:
        paragraph: The text; joining the parts gives it back.
        keep: Spans `(start, end)` that no boundary may fall into: term occurrences.

    Returns:
        The sentences, each with its trailing white space. None is empty, and each holds a letter or a digit, unless
        the whole paragraph holds none.
    """
    starts = (0, *_boundaries(paragraph, _Spans(keep)), len(paragraph))
    return tuple(paragraph[start:end] for start, end in pairwise(starts) if start < end)


def _boundaries(paragraph: str, kept: "_Spans") -> Iterator[int]:
    last = _LAST_WORD.search(paragraph)
    if last is None:
        return
    context = _Context(paragraph)
    first = _WORD.search(paragraph).start()
    for mark in _STOP.finditer(paragraph):
        end = context.closed(mark)
        boundary = _GAP.match(paragraph, end).end()
        if boundary > last.start():
            return
        if (
            first < mark.start()
            and not kept.hold(boundary)
            and not context.aside(first, mark.start())
            and not _enumerates(paragraph, first, mark.start())
            and _ends(context, mark, end)
        ):
            yield boundary
            first = _WORD.search(paragraph, boundary).start()


def _enumerates(text: str, first: int, mark: int) -> bool:
    enumerator = _ENUMERATOR.match(text, first, mark + 1)
    return enumerator is not None and enumerator.end() == mark


def _ends(context: "_Context", mark: "regex.Match[str]", end: int) -> bool:
    text, start, far = context.paragraph, mark.start(), end + _LOOKAHEAD
    quoted = end > mark.end("mark")
    for rule in _RULES_OF[context.kind(mark["mark"])]:
        if (quoted or not rule.quoted) and rule.before.match(text, start, far) and rule.after.match(text, end, far):
            return rule.ends
    return True


class _Spans:
    """Spans that no boundary may fall into."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            self._starts.append(start)
            self._ends.append(max(end, self._ends[-1]) if self._ends else end)

    def hold(self, offset: int) -> bool:
        """Whether an offset lies strictly inside one of them."""
        before = bisect_left(self._starts, offset) - 1
        return before >= 0 and self._ends[before] > offset


class _Context:
    """What has to be known of a whole paragraph to read one mark in it."""

    def __init__(self, paragraph: str) -> None:
        self.paragraph = paragraph
        self._danda = "।" in paragraph
        self._quotes = [match.start() for match in regex.finditer('"', paragraph)]
        self._asides = _asides(paragraph)
        self._opened = [start for start, _ in self._asides]

    def kind(self, mark: str) -> str:
        """The kind of a mark, as `_Rule.kinds` names them."""
        if regex.search("[।॥|]", mark):
            return "d"
        if regex.search("[?!]", mark):
            return "q"
        if len(mark) > 1 or mark == "…":
            return "e"
        return "p" if self._danda else "s"

    def closed(self, mark: "regex.Match[str]") -> int:
        """Where the mark's closing quotes end: a straight quote closes if an odd number stands before it."""
        end: int = mark.end()
        if self.paragraph[end - 1] == '"' and _WORD.match(self.paragraph, end):
            return end if self._inside_quotes(end - 1) else end - 1
        spaced = _SPACED_QUOTE.match(self.paragraph, end, end + _LOOKAHEAD)
        return spaced.end() if spaced and self._inside_quotes(end) else end

    def _inside_quotes(self, offset: int) -> bool:
        return bisect_left(self._quotes, offset) % 2 == 1

    def aside(self, first: int, offset: int) -> bool:
        """Whether an offset lies in brackets that open after the sentence's first word."""
        before = bisect_left(self._opened, offset) - 1
        return before >= 0 and self._asides[before][0] > first and self._asides[before][1] > offset


def _asides(paragraph: str) -> list[Span]:
    """The outermost bracketed spans, in order."""
    opened: dict[str, list[int]] = {")": [], "]": [], "}": []}
    closing = {"(": ")", "[": "]", "{": "}"}
    pairs: list[Span] = []
    for bracket in _BRACKET.finditer(paragraph):
        if bracket[0] in closing:
            opened[closing[bracket[0]]].append(bracket.start())
        elif opened[bracket[0]]:
            start = opened[bracket[0]].pop()
            if bracket.start() - start <= _LONGEST_ASIDE:
                pairs.append((start, bracket.start()))
    outermost: list[Span] = []
    for start, end in sorted(pairs):
        if not outermost or start > outermost[-1][1]:
            outermost.append((start, end))
    return outermost


# Where a long sentence may be cut, best first; the cut is where the match ends.
_CUTS = (
    regex.compile(rf"[;:?!।॥…][\"'\p{{Pe}}\p{{Pf}}]*{_SPACE}+"),
    regex.compile(rf",[\"'\p{{Pe}}\p{{Pf}}]*{_SPACE}+|{_SPACE}[-–—]{_SPACE}+"),
    regex.compile(rf"{_SPACE}+(?=(?:{_CONJUNCTIONS}|{_ENGLISH_CONJUNCTIONS}){_SPACE})"),
    regex.compile(rf"{_SPACE}+"),
)
_GRAPHEME = regex.compile(r"\X")
_FIRST_GUESS = 512  # code points; about what 128 to 256 model tokens hold
_LONGEST_GRAPHEME = 64  # code points; a longer one is cut


def pieces(sentence: str, fits: Callable[[str], bool], keep: Sequence[Span] = ()) -> tuple[str, ...]:
    """Cuts a sentence that is longer than the model takes into pieces of about equal length.

    Cuts at clause marks, else before conjunctions, else at white space, else between graphemes.

    Args:
        sentence: The text; joining the pieces gives it back.
        fits: Whether a text is short enough. Called O(pieces × log length) times; a text that fits is expected to
            fit still when its end is cut off.
        keep: Spans that are not cut unless nothing else fits.

    Returns:
        The pieces; each fits, unless it is a single grapheme.
    """
    if not sentence or fits(sentence):
        return (sentence,) if sentence else ()
    kept = _Spans(keep)
    parts: list[str] = []
    start, guess = 0, _FIRST_GUESS
    while start < len(sentence):
        reach = _reach(sentence, start, guess, fits)
        end = reach if reach == len(sentence) else _cut(sentence, start, reach, kept)
        while reach > start + 1 and not fits(sentence[start:end]):
            reach = start + (reach - start) // 2
            end = _cut(sentence, start, reach, kept)
        parts.append(sentence[start:end])
        start, guess = end, max(1, reach - start)
    return tuple(parts)


def _reach(text: str, start: int, guess: int, fits: Callable[[str], bool]) -> int:
    """The furthest end found such that `text[start:end]` fits: doubling from a guess, then halving."""
    good, bad = start, len(text) + 1
    trial = min(start + guess, len(text))
    while bad - good > 1:
        if fits(text[start:trial]):
            good = trial
        else:
            bad = trial
        trial = min(start + 2 * (trial - start), len(text)) if bad > len(text) else (good + bad) // 2
    return good


def _cut(text: str, start: int, reach: int, kept: _Spans) -> int:
    """The best place to cut in `text[start:reach]`, near the end that would make all pieces equally long."""
    rest, room = len(text) - start, max(1, reach - start)
    ideal = start + -(-rest // -(-rest // room))
    ends: list[int]
    for cut, low in (*((cut, (start + ideal) // 2) for cut in _CUTS), (_CUTS[-1], start)):
        ends = [match.end() for match in cut.finditer(text, low, reach)]
        ends = [end for end in ends if not text[end : end + 1].isspace() and not kept.hold(end)]
        if ends:
            return min(ends, key=lambda end: (abs(end - ideal), -end))
    ends = [match.end() for match in _GRAPHEME.finditer(text, start, min(reach + _LONGEST_GRAPHEME, len(text)))]
    within = [end for end in ends if end <= reach]
    free = [end for end in within if not kept.hold(end)]
    return min(free or within or ends[:1], key=lambda end: (abs(end - ideal), -end))


def split(segment: Segment, fits: Callable[[str], bool]) -> Segment:
    """Fills in a segment's sentences: the third stage.

    Args:
        segment: A paragraph; the spans of its hits are not cut.
        fits: Whether a text is short enough for the model; never asked about white space around a text.
    """
    spans = [(hit.start, hit.end) for hit in segment.hits]
    found: list[Sentence] = []
    start = 0
    for sentence in sentences(segment.source, spans):
        keep = [(left - start, right - start) for left, right in spans]
        for piece in pieces(sentence, lambda text: not text.strip() or fits(text.strip()), keep):
            found.append(Sentence(start, piece))
            start += len(piece)
    return replace(segment, sentences=tuple(found))
