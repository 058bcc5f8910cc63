"""Datelines: place, date and agency at the head of a paragraph, "NAIROBI, May 6 (Reuters) –"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from melian.intake.paragraphs import Paragraph
from melian.intake.published import DAY, WEEKDAY, iso_of, month_and_day
from melian.knowledge.furniture import agency_names
from melian.knowledge.gazetteer import fold_name
from melian.knowledge.gazetteer.store import city_lines
from melian.records import Dateline

HEAD = 160
"""How far into a paragraph a dateline may reach, in code points."""
_TOP = 8
_CHRONOLOGY = 40
_LARGE = 200_000
_MIDDLING = 100_000
_SHORT = 4

_DASH = re.compile(r"\s{0,3}(?:[—–―−]|-{1,3}|_|\|)(?=\s|$|[—“\"‘])|\s{0,3}—")
_AGENCY = re.compile(
    r"\s{0,2}(?:\((?P<round>[^()]{2,60})\)|/ ?(?P<slashed>[^/()]{2,40}?) ?/|\[(?P<square>[^\[\]]{2,40})\])"
)
_DATE_ALONE = re.compile(
    rf"(?:(?:{WEEKDAY}),? {{1,2}})?(?:(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})|{DAY.pattern})\.?", re.IGNORECASE
)
_DATE = re.compile(rf"[\s,.]{{0,3}}(?:{WEEKDAY},? {{1,2}})?{DAY.pattern}\.?", re.IGNORECASE)
_CHUNK_END = re.compile(r"\s*[,/]\s*|\s*\.\s+(?=/)|\s+and\s+|\s*-\s*(?=[^\W\d_a-zß-öø-ÿ]{3})")
_LATE_DASH = re.compile(r"[.,]?\s{0,2}(?:[—–―-]|--)(?=\s|$)")
_COLON = re.compile(r":(?=\s)")
_COMMA = re.compile(r"[,.]?")
_NAMED = re.compile(r"[,.]? {1,2}([^\W\d_][\w’' -]{1,30}?)(?=\s*[—–/-])")
_BRACKETS = re.compile(r"\s{0,2}\(([^()\d]{3,40})\)")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[.'’`-])*")
_SMALL_WORDS = frozenset(
    {"al", "de", "da", "do", "dos", "del", "la", "le", "les", "las", "los", "el", "of", "the", "sur", "am", "an",
     "der", "den", "di", "es", "and", "upon", "near", "e", "y", "du", "on", "bin"}
)  # fmt: skip
# Words that begin a sentence with a capital and that no name begins with.
_OPENERS = frozenset(
    {"a", "about", "after", "ahead", "all", "almost", "amid", "an", "and", "another", "around", "as", "at",
     "authorities", "before", "both", "but", "by", "despite", "dozens", "during", "each", "eight", "even",
     "every", "five", "following", "for", "foreign", "four", "from", "government", "gunmen", "he", "hours", "how",
     "hundreds", "if", "in", "it", "its", "just", "last", "leaders", "many", "members", "militants", "ministers",
     "more", "most", "nearly", "negotiators", "nine", "no", "officials", "on", "once", "one", "only",
     "opposition", "over", "police", "prime", "president", "protesters", "rebels", "scores", "security", "seven",
     "several", "she", "since", "six", "soldiers", "some", "suspected", "ten", "tens", "that", "the", "their",
     "there", "these", "they", "this", "those", "thousands", "three", "to", "troops", "two", "under", "until",
     "we", "what", "when", "while", "with", "world"}
)  # fmt: skip
_LABELS = frozenset(
    {"analysis", "breaking", "clarification", "comment", "corrected", "correction", "editorial", "exclusive",
     "explainer", "factbox", "feature", "flash", "focus", "interview", "live", "news", "note", "opinion",
     "photos", "profile", "refile", "report", "review", "special", "summary", "timeline", "update", "updated",
     "urgent", "video", "watch", "wrapup", "advisory", "insight", "q&a", "read", "more", "related", "background",
     "context", "key points"}
)  # fmt: skip
_OUTLET_WORDS = re.compile(
    r"\b(?:News|Agency|Tribune|Times|Press|Post|Media|Radio|TV|Television|Daily|Herald|Today|Wire|Service|Journal"
    r"|Telegraph|Gazette|Monitor|Mail|Observer|Guardian|Star|Standard|Online|Network|Report|Review|Chronicle)\b"
    r"|\.(?:com|org|net)\b"
)


@dataclass(frozen=True, slots=True)
class Headed:
    """What the head of a paragraph says.

    Attributes:
        dateline: Place, date and span.
        outlet: The agency that signs it, None where none does.
    """

    dateline: Dateline
    outlet: str | None = None


def find_dateline(paragraphs: list[Paragraph], published: str | None) -> tuple[Headed | None, list[Dateline]]:
    """Find the dateline among the first paragraphs.

    Args:
        paragraphs: All paragraphs of the text, in order.
        published: Date of publication (`YYYY-MM-DD`), which completes a dateline without a year.

    Returns:
        The dateline (with the date of a line that is nothing but a date, where it has none itself), and every span
        that is one: the dateline itself and such lines.
    """
    # Several lines that are nothing but a date head the parts of a chronology; none of them dates the report.
    is_chronology = sum(_is_date_alone(part.words) for part in paragraphs[:_CHRONOLOGY]) > 1
    placed: Headed | None = None
    dated: Dateline | None = None
    for paragraph in paragraphs[:_TOP]:
        here = read_dateline(paragraph.words, published)
        if here is None:
            continue
        start = paragraph.span[0]
        dateline = here.dateline
        assert dateline.span is not None
        moved = Dateline(place=dateline.place, date=dateline.date, span=(start, start + dateline.span[1]))
        if dateline.place is None and here.outlet is None:
            if is_chronology:
                continue
            dated = dated or moved
        else:
            placed = Headed(moved, here.outlet)
            break
    if placed is None:
        return (Headed(dated) if dated else None), ([dated] if dated else [])
    if dated is None:
        return placed, [placed.dateline]
    own = placed.dateline
    merged = Dateline(place=own.place, date=own.date or dated.date, span=own.span)
    return Headed(merged, placed.outlet), [dated, own]


def read_dateline(words: str, published: str | None = None) -> Headed | None:
    """Read the dateline at the head of a paragraph.

    Args:
        words: The paragraph, without blanks before it.
        published: Date of publication (`YYYY-MM-DD`), which completes a date without a year.

    Returns:
        None where there is none. Its span counts from the paragraph's start.
    """
    if _is_date_alone(words) and (alone := _DATE_ALONE.fullmatch(words)) is not None:
        day = alone["iso"] or _date_of(alone, published)
        return Headed(Dateline(date=day, span=(0, len(words)))) if day else None
    head = words[:HEAD]
    return _read_dated_first(head, published) or _read_agency_only(head) or _read_placed(head, published)


def _read_placed(head: str, published: str | None) -> Headed | None:
    """Read PLACE[, date][ (agency)][ dash]."""
    place_end, is_capital = _scan_place(head)
    if place_end == 0:
        return None
    place = head[:place_end].rstrip(" ,")
    if "." not in place[:-1]:
        place = place.rstrip(".")
    at, day = place_end, None
    dated = _DATE.match(head, at)
    if dated is not None:
        day = _date_of(dated, published)
        at = dated.end()
    at, outlet, is_signed = _scan_agency(head, at)
    if not is_signed and (named := _NAMED.match(head[at:])):
        outlet = agency_names().get(named[1].strip())
        at += named.end() if outlet else 0
    if outlet is None and "," in place and (own := agency_names().get(place.rpartition(",")[2].strip())):
        place, outlet = place.rpartition(",")[0].rstrip(), own
    dated_later = _DATE.match(head, at) if dated is None else None
    if dated_later is not None and (is_signed or outlet):
        dated, day, at = dated_later, _date_of(dated_later, published), dated_later.end()
    dash = _DASH.match(head, at) or _LATE_DASH.match(head, at)
    colon = None if dash else _COLON.match(head, at)
    end = (dash or colon).end() if (dash or colon) else at  # type: ignore[union-attr]
    if dash is None and is_signed and head[at : at + 1] in (".", ","):
        end = at + 1
    found = Headed(Dateline(place=place, date=day, span=(0, end)), outlet)
    after = head[end:].lstrip()
    is_strong = dated is not None or outlet is not None
    if dash is not None and is_strong and (is_capital or _opens(after)):
        return found
    if dash is not None and is_signed and is_capital and _opens(after):
        return found
    if is_signed and outlet is not None and (is_capital or dated is not None) and _opens(after):
        return found
    if is_signed and dated is not None and is_capital and _opens(after):
        return found
    if (dash is not None or colon is not None) and not is_signed and dated is None:
        return found if _is_plain_dateline(place, is_capital, after, colon is not None) else None
    if dated is not None and dated["year"] and not after and _is_known(place):
        return found  # "Lusaka, 4 May 2021", on a line of its own as official texts have it.
    if dated is not None and is_capital and (colon is not None or (not after and _is_known(place))):
        return found
    return None


def _read_dated_first(head: str, published: str | None) -> Headed | None:
    """Read "May 6, 2015 (JUBA) –"."""
    dated = _DATE.match(head)
    if dated is None:
        return None
    place = _BRACKETS.match(head, dated.end())
    if place is None or place[1] in agency_names():
        return None
    dash = _DASH.match(head, place.end())
    if dash is None:
        return None
    return Headed(Dateline(place=place[1].strip(), date=_date_of(dated, published), span=(0, dash.end())))


def _read_agency_only(head: str) -> Headed | None:
    """Read "(Reuters) –"."""
    at, outlet, is_signed = _scan_agency(head, 0)
    dash = _DASH.match(head, at) if is_signed and outlet in agency_names().values() else None
    return Headed(Dateline(span=(0, dash.end())), outlet) if dash else None


def _scan_place(head: str) -> tuple[int, bool]:
    """Find where the place's words end, and whether its first part is written in capitals throughout."""
    at, chunks, is_capital = 0, 0, False
    while chunks < 4:
        end, words = _scan_chunk(head, at)
        if end == at or (chunks and not _is_capitalised(words)):
            break
        if chunks == 0:
            letters = "".join(char for char in head[at:end] if char.isalpha())
            is_capital = len(letters) > 1 and sum(c.isupper() for c in letters) >= len(letters) - _small(words)
            if words[0].lower() in _OPENERS - {"the"}:
                return 0, False
            if not _is_capitalised(words) or " ".join(words).lower() in _LABELS or words[0].lower() in _LABELS:
                return 0, False
        elif _DATE.match(head, at) is not None:
            break
        chunks += 1
        last = end
        between = _CHUNK_END.match(head, end)
        if between is None or _DATE.match(head, end) is not None:
            return last, is_capital
        at = between.end()
        if head[between.start() : between.end()].strip() in ("/", ".") and _scan_agency(head, between.start())[2]:
            return last, is_capital
    return (last if chunks else 0), is_capital


def _scan_chunk(head: str, at: int) -> tuple[int, list[str]]:
    """Take up to five words of one part of a place; a capitalised word after words in capitals ends it."""
    words: list[str] = []
    end = at
    while len(words) < 5:
        match = _WORD.match(head, end + (1 if words and head[end : end + 1] == " " else 0))
        if match is None or (words and match.start() == end):
            break
        word = match.group()
        if not (word[0].isupper() or word.lower() in _SMALL_WORDS):
            break
        trimmed = word.rstrip("-’'")
        words.append(trimmed)
        end = match.start() + len(trimmed)
        if len(trimmed) != len(word):
            break
    while words and words[-1].lower() in _SMALL_WORDS and words[-1].islower():
        words.pop()
        end = head.rfind(" ", at, end) if " " in head[at:end] else at
    if words and words[-1].endswith(".") and "." not in words[-1][:-1] and len(words[-1]) > 6:
        end -= 1
    return end, words


def _scan_agency(head: str, at: int) -> tuple[int, str | None, bool]:
    """Read the agency in brackets or slashes: where it ends, its name, and whether there are brackets at all."""
    match = _COMMA.match(head, at)
    match = _AGENCY.match(head, match.end() if match else at)
    if match is None:
        return at, None, False
    words = (match["round"] or match["slashed"] or match["square"]).strip()
    known = agency_names().get(words) or next(
        (agency_names()[part] for part in re.split(r"\s*[,/]\s*", words) if part in agency_names()), None
    )
    if known is None and match["round"] is None:
        return at, None, False
    if known is None and _OUTLET_WORDS.search(words):
        known = words
    return match.end(), known, True


def _is_plain_dateline(place: str, is_capital: bool, after: str, is_colon: bool) -> bool:
    """Judge a place with nothing but a dash or a colon behind it: it has to be a place, and a sentence has to begin."""
    parts = [part for part in re.split(r"\s*[,/]\s*", place) if part]
    if is_colon and not is_capital:
        return False
    if not after:
        return is_capital and not is_colon and (_is_known(parts[0]) or len(parts) > 1)
    if not _opens(after):
        return False
    if is_capital:
        is_short = len(parts[0]) < _SHORT  # "GAO, Mali" and "WTO, Geneva" look alike.
        if is_short and not (len(parts) > 1 and _is_known(parts[0])):
            return False
        return _is_known(parts[0], _MIDDLING if is_colon else 0) or (len(parts) > 1 and not is_colon)
    first = re.match(r"[\"“‘']?(\w+)", after)
    return (
        _is_known(parts[0], _LARGE)
        and first is not None
        and (first[1].lower() in _OPENERS or after[0] in '"“' or len(parts) > 1)
    )


def _is_known(place: str, population: int = 0) -> bool:
    key = fold_name(place)
    if key == fold_name("United Nations"):
        return True
    return any(cells[4] == "K" or int(cells[8] or 0) >= population for cells in city_lines(key))


def _opens(after: str) -> bool:
    """Tell whether a sentence begins here."""
    return not after or after[0].isupper() or after[0].isdigit() or after[0] in "\"“‘'«$€£(["


def _is_capitalised(words: list[str]) -> bool:
    return bool(words) and words[0][0].isupper()


def _small(words: list[str]) -> int:
    return sum(len(word) for word in words if word.islower()) + (1 if any("Mc" in word for word in words) else 0)


def _is_date_alone(words: str) -> bool:
    return len(words) < 60 and _DATE_ALONE.fullmatch(words) is not None


def _date_of(match: re.Match[str], published: str | None) -> str | None:
    month, day = month_and_day(match)
    if match["year"]:
        return iso_of(int(match["year"]), month, day)
    if published is not None:
        # The day nearest to publication that is not after it; two days' grace for time zones and early prints.
        shown = date.fromisoformat(published)
        for year in (shown.year + 1, shown.year, shown.year - 1):
            found = iso_of(year, month, day)
            if found is not None and date.fromisoformat(found) <= shown + timedelta(days=2):
                return found
    return f"XXXX-{month:02d}-{day:02d}" if iso_of(2000, month, day) else None
