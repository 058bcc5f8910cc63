"""A brief as Markdown, in which words of reports stay words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from melian.exports.dossier import Brief, Quote
from melian.exports.visible import show_line
from melian.exports.wording import in_quotes

# Whatever CommonMark, GitHub's tables, strike-through and formulas, or HTML could take for theirs.
_MARKS = re.compile(r"[\\`*_\[\]<>&~|$^{}]")
_STARTS = re.compile(r"^(\d+)([.)])|^([#+\-=:])")
_ADDRESSES = re.compile(r"(?i)(:)(?=//)|(?<=www)(\.)|(?<=\w)(@)(?=\w)")


def render_brief_markdown(brief: Brief) -> str:
    """Write a brief as Markdown. Its charts are in the web page alone."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_lines(brief))) + "\n"


def markdown_text(words: str) -> str:
    """Make words fit for Markdown: one line, in which nothing is a mark, a tag or a link."""
    line = _MARKS.sub(lambda found: f"\\{found.group()}", show_line(words))
    line = _ADDRESSES.sub(lambda found: f"\\{found.group()}", line)
    return _STARTS.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", line)


def _lines(brief: Brief) -> Iterator[str]:
    yield f"# {markdown_text(brief.title)}"
    yield ""
    yield (
        f"{markdown_text(brief.question)}. {brief.counts}"
        + (": " + ", ".join(f"{number} {standing}" for standing, number in brief.standings) if brief.standings else "")
        + "."
    )
    yield "\n## What happened"
    for day, happenings in brief.days:
        yield f"\n### {day}\n"
        for one in happenings:
            marks = [
                one.standing,
                *([f"{one.corrected} by a reviewer"] if one.corrected else []),
                *([f"told by {one.reports} reports"] if one.reports > 1 else []),
            ]
            yield f"- **{markdown_text(one.parties)}**: {markdown_text(one.type)} ({', '.join(marks)})\\"
            yield "  " + markdown_text(". ".join(words for words in (" · ".join(one.facts), one.according) if words))
            yield from _quoted(one.quotes)
    yield from () if brief.days else ("\nThe archive holds no event that fits.",)
    yield "\n## Who said what"
    for speaker, sayings in brief.speakers:
        yield f"\n### {markdown_text(speaker)}\n"
        for saying in sayings:
            yield f"- {saying.act}, published {markdown_text(saying.published)}"
            yield from _quoted(saying.quotes)
    yield from () if brief.speakers else ("\nThe archive holds no statement on it.",)
    yield "\n## What is disputed"
    for dispute in brief.disputes:
        yield f"\n### {markdown_text(dispute.title)}\n"
        for position in dispute.positions:
            yield f"- {markdown_text(position.holder)} {position.stance}"
            yield from _quoted(position.quotes)
    yield from () if brief.disputes else ("\nThe archive holds no dispute about it.",)
    yield "\n## References\n"
    for report in brief.references:
        parts = (report.outlet, report.title, report.published, report.url, f"report {report.report}")
        yield f"{report.number}. " + ", ".join(markdown_text(part) for part in parts if part)
    yield (
        f"\nRead by {markdown_text('; '.join(brief.made_by)) or 'nobody'}. Made from an archive and nothing else. "
        "A number in brackets names a report and the characters of its text."
    )


def _quoted(quotes: Iterable[Quote]) -> Iterator[str]:
    for quote in quotes:
        yield f"  > {markdown_text(in_quotes(quote.words))} \\[{quote.reference}, {quote.span[0]}–{quote.span[1]}\\]"
        yield ""
