"""Doubtful words: is this "May" a month, this "Sunday" a day, this 2014 a year?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from melian.coding.dates.leaning import leaning_of
from melian.coding.dates.lexing import CUES, is_counted, is_date_word
from melian.coding.dates.passage import Passage
from melian.knowledge.dates import all_words, values_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_BEFORE_MONTH = CUES | frozenset(
    ["between", "to", "through", "every", "ending", "starting", "beginning", "around", "-"]
)
_FIRM_MONTH = frozenset(
    [
        "in",
        "since",
        "last",
        "next",
        "this",
        "until",
        "till",
        "early",
        "late",
        "mid",
        "during",
        "through",
        "every",
        "ending",
        "starting",
    ]
)
_BEFORE_YEAR = frozenset(
    [
        "in",
        "since",
        "during",
        "until",
        "till",
        "early",
        "late",
        "mid",
        "through",
        "throughout",
        "between",
        "before",
        "after",
        "from",
        "circa",
        "year",
        "(",
        "[",
        "summer",
        "winter",
        "spring",
        "autumn",
        "fall",
    ]
)
_JOINING = frozenset(("and", "or", "but"))
_MEASURING = frozenset("for than within over about nearly in lasted took half after lasting only just another".split())
_NAMES = frozenset({"PERSON", "ORG", "FAC", "WORK_OF_ART", "PRODUCT"})
_DAYS = frozenset({"DATE", "TIME"})


def is_month(passage: Passage, at: int, start: int, end: int) -> bool:
    """Tell whether a month's name at a piece is one; `start` and `end` are the pieces of the whole match."""
    pieces, word = passage.pieces, passage.word(at)
    is_short = word in values_of("SHORT")
    if not is_date_word(pieces, at, passage.text, is_short=is_short, is_season=False):
        return False
    if is_short or end - start > 1:
        return True
    if word == "march" and passage.word(at - 1) in ("'s", "’s", "s", "'", "’", "-"):
        return False
    token = passage.token(at)
    before = passage.word(at - 1)
    if token is None or word in ("may", "march"):
        return token is not None and _is_month_beyond_doubt(passage, at, token)
    joined = passage.is_capital(at + 1) and passage.word(at + 1).isalpha() and word in ("april", "june", "august")
    if joined and before not in _BEFORE_MONTH:
        return False
    if token.ent_type_ in _DAYS:
        return token.tag_ not in ("MD", "VB", "VBP", "VBD")
    if token.ent_type_ in _NAMES and (passage.is_capital(at - 1) or passage.is_capital(at + 1)):
        return False
    if before in _BEFORE_MONTH:
        return True
    return token.ent_type_ not in _NAMES


def _is_month_beyond_doubt(passage: Passage, at: int, token: Token) -> bool:
    """Tell "in May" and "the May elections" from the name and the verb."""
    before, after = passage.word(at - 1), passage.word(at + 1)
    if before in _FIRM_MONTH:
        return token.ent_type_ not in _NAMES or before in ("last", "next", "this")
    if before in ("the", "a", "its", "their", "'s", "’s", "that"):
        return token.tag_ not in ("MD", "VB") and after.isalpha() and not passage.is_capital(at + 1)
    return token.ent_type_ in _DAYS and before in ("between", "and", "to", "before", "after", "from", "by")


def is_day(passage: Passage, start: int, end: int) -> bool:
    """Tell whether the number beside a month is a day: "5 May" is, "Article 5 May" is not."""
    return passage.word(start - 1) not in ("article", "no", "section", "chapter", "page") or end - start > 3


def is_weekday(passage: Passage, at: int) -> bool:
    """Tell whether a weekday's name is one and no part of a name or a newspaper."""
    is_short = passage.word(at) in values_of("SHORT")
    if not is_date_word(passage.pieces, at, passage.text, is_short=is_short, is_season=False):
        return False
    token = passage.token(at)
    if token is None or is_short or token.ent_type_ in _DAYS:
        return True
    is_named = token.ent_type_ in ("PERSON", "WORK_OF_ART") and token.dep_ in ("nsubj", "compound", "poss")
    return not (is_named and token.dep_ != "npadvmod" and passage.is_capital(at - 1))


def is_person(passage: Passage, at: int) -> bool:
    """Tell whether a capitalised word belongs to the name of a person that begins before it."""
    token = passage.token(at)
    return token is not None and token.ent_type_ == "PERSON" and passage.is_capital(at - 1)


def is_any(passage: Passage, at: int, start: int) -> bool:
    """Tell whether a weekday is any such day ("on a Monday", not "a Monday meeting")."""
    token = passage.token(at)
    is_alone = token is not None and token.dep_ not in ("compound", "nmod", "amod", "nummod", "poss")
    return passage.word(start - 1) in ("a", "any") and is_alone and not passage.word(at + 1)[:1].isalpha()


def is_conjunction(passage: Passage, at: int) -> bool:
    """Tell whether "that" joins a clause ("said that Friday's raid …") and points at no day."""
    token = passage.token(at)
    return token is not None and (token.tag_ == "IN" or token.dep_ in ("mark", "complm"))


def is_today(passage: Passage, at: int) -> bool:
    """Tell whether "today" is the day and not a newspaper or a programme."""
    if not passage.is_capital(at) or passage.word(at) != "today":
        return True
    return not (passage.is_capital(at - 1) or passage.word(at + 1) in ("programme", "program", "show"))


def is_season(passage: Passage, at: int) -> bool:
    """Tell whether a season's name is one ("the spring" and not "Arab Spring")."""
    if not is_date_word(passage.pieces, at, passage.text, is_short=False, is_season=True):
        return False
    token = passage.token(at)
    return passage.word(at) != "fall" or token is None or not token.tag_.startswith("V")


def is_year(passage: Passage, at: int) -> bool:
    """Tell whether four digits that stand alone are a year."""
    before, after = passage.word(at - 1), passage.word(at + 1)
    year = int(passage.word(at))
    if before in all_words("numbered") or (after in ("-", "–") and passage.word(at + 2)[:1].isdigit()):
        return False
    if after in ("year", "years") or (after in ("-", "–") and passage.word(at + 2) in ("year", "years")):
        return False
    touches = passage.text[passage.pieces[at].end : passage.pieces[at].end + 1]
    if touches in ("/", "%", "°", "€", "£") or (
        is_counted(passage.word(at + 2)) and after.isalpha() and after not in _JOINING and before != "the"
    ):
        return False
    token = passage.token(at)
    entity = token.ent_type_ if token is not None else ""
    if before in _BEFORE_YEAR and entity not in ("CARDINAL", "QUANTITY", "MONEY", "PERCENT"):
        return True
    if not 1700 <= year <= 2100:
        return entity == "DATE" and year >= 1000
    if before in _BEFORE_YEAR or entity == "DATE" or before in ("'s", "’s"):
        return True
    if before in ("the", "its", "his", "her", "their", "a", "that", "this") and after.isalpha():
        return True
    return before in ("by", "of", "for", "and", "or", "to", ",") and not after.isalpha() and entity in ("", "DATE")


def looks_ahead(passage: Passage, at: int) -> bool:
    """Tell whether the verb over a piece speaks of the future."""
    token = passage.token(at)
    return token is not None and leaning_of(token) == "future" and not _is_headline(token)


def _is_headline(token: Token) -> bool:
    """Tell whether only a verb in the present governs, as in headlines ("closes at its lowest in six years")."""
    return all(
        word.tag_ not in ("MD", "TO", "VBD") and word.lower_ != "due" for word in (*token.ancestors, *_aids(token))
    )


def _aids(token: Token) -> list[Token]:
    return [child for over in token.ancestors for child in over.children if child.dep_ in ("aux", "auxpass")]


def is_measured(passage: Passage, start: int, end: int) -> bool:
    """Tell whether "a week" or "a day" is a length of time and not "a day" of some kind."""
    if passage.word(end - 1) not in ("day", "days", "night", "nights", "time", "century"):
        return True
    return passage.word(start - 1) in _MEASURING or passage.word(end) in ("after", "before")
