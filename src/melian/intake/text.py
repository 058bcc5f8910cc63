"""Bytes to text, and text to what a report may hold; every change keeps one code point for one."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from melian.errors import BadReport
from melian.records.report import Warning as ReportWarning

# What a file begins with, and what that makes it.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"%!PS", "a PostScript file"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x00\x00\x00\x18ftyp", "a video file"),
    (b"\x00\x00\x00\x20ftyp", "a video file"),
    (b"ID3\x02", "a sound file"),
    (b"ID3\x03", "a sound file"),
    (b"ID3\x04", "a sound file"),
    (b"OggS", "a sound file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh91AY", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
)
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 65_536
_MOST_CONTROLS = 0.1
_CONTROL_BYTES = bytes(b for b in range(32) if b not in b"\t\n\r\f")

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
# UTF-8 read as Windows-1252: "â€" opens a curly mark or a dash, "Ã" and "Â" an accented letter or a sign.
_MOJIBAKE_MARK = re.compile(r"â€[™œ\x9d“”˜¦¢\x93\x94\x99\x9c\x98]|ï»¿")
_MOJIBAKE_LETTER = re.compile(r"[ÃÂ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œ]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text out of bytes.

    Attributes:
        text: The text, as it stands.
        encoding: What it was read as.
        is_guessed: Nothing said so: it was detected.
    """

    text: str
    encoding: str
    is_guessed: bool = False


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Text that a report may hold, with what is to be known of it."""

    text: str
    warnings: tuple[ReportWarning, ...]


def name_binary(head: bytes) -> str | None:
    """Say what kind of file begins so ("a PDF"), None where it is no known one."""
    if head.startswith(b"RIFF") and head[8:12] in (b"WAVE", b"AVI ", b"WEBP"):
        return "an image, sound or video file"
    return next((what for magic, what in _MAGIC if head.startswith(magic)), None)


def decode_bytes(content: bytes, declared: str | None = None) -> Decoded:
    """Decode bytes: byte order mark, what was declared, UTF-8, then what the content looks like.

    Args:
        content: The whole of it.
        declared: An encoding that a header or a page names.

    Raises:
        BadReport: "binary" for what is no text, "encoding" for text in no known encoding.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _decode_as(content, encoding)
    _refuse_binary(content)
    wide = _wide_encoding(content)
    if wide is not None:
        return Decoded(_decode_as(content, wide).text, wide, is_guessed=True)
    if b"\x00" in content:
        raise BadReport("binary", "This holds NUL bytes, which no text does", "a text file", "Save its text")
    if declared is not None and _is_known(declared):
        try:
            return Decoded(content.decode(declared), declared)
        except UnicodeDecodeError:
            pass  # Pages often declare what they are not; their bytes decide.
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _detect(content)


def clean_text(text: str) -> Cleaned:
    """Bring text into the form that a report holds.

    Line ends become newlines and a leading byte order mark goes. After that each code point stays in its place: lone
    surrogates become U+FFFD, control characters other than newline and tab become blanks.

    Raises:
        BadReport: "binary" where much of it is control characters.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    warnings: list[ReportWarning] = []
    if _MOJIBAKE_MARK.search(text) or len(_MOJIBAKE_LETTER.findall(text)) > 1:
        warnings.append("mojibake")
    if _BIDI.search(text):
        warnings.append("bidirectional-controls")
    text, controls = _CONTROL.subn(" ", text)
    if controls > 8 and controls > _MOST_CONTROLS * len(text):
        raise BadReport("binary", "Much of this is control characters", "text", "Save its text")
    if controls:
        warnings.append("control-characters")
    text = _SURROGATE.sub("\ufffd", text)
    if "\ufffd" in text:
        warnings.append("replaced-characters")
    return Cleaned(text, tuple(warnings))


def _refuse_binary(content: bytes) -> None:
    what = name_binary(content)
    if what is not None:
        raise BadReport("binary", f"This is {what}", "text", f"If it holds a report, save its text: {_advice(what)}")


def _advice(what: str) -> str:
    if "archive" in what:
        return "unpack it and give the files inside"
    if "image" in what:
        return "a picture has to be transcribed"
    return "open it and save it as plain text"


def _wide_encoding(content: bytes) -> str | None:
    """Tell UTF-16 without a mark by its NUL bytes: English has one in every pair, always on the same side."""
    sample = content[:_SAMPLE]
    sample = sample[: len(sample) // 2 * 2]
    if len(content) % 2 or len(sample) < 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _decode_as(content: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(content.decode(encoding), encoding)
    except UnicodeDecodeError:
        # The mark or the NUL pattern settles the encoding: what is broken shows as U+FFFD, and is warned of.
        return Decoded(content.decode(encoding, "replace"), encoding)


def _detect(content: bytes) -> Decoded:
    sample = content[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    if controls > _MOST_CONTROLS * len(sample):
        raise BadReport("binary", "This is no text: much of it is control characters", "text", "Save its text")
    high = sum(byte > 127 for byte in sample)
    # Mostly ASCII with single odd bytes is Western text: detectors name rarer code pages for it at random.
    if high < 0.1 * len(sample):
        utf8 = content.decode("utf-8", "replace")
        if 2 * utf8.count("\ufffd") < sum(byte > 127 for byte in content) / 3:
            return Decoded(utf8, "utf-8")  # UTF-8 with a few broken places
        try:
            return Decoded(content.decode("cp1252"), "cp1252", is_guessed=True)
        except UnicodeDecodeError:
            return Decoded(content.decode("latin-1"), "latin-1", is_guessed=True)
    best = from_bytes(sample).best()
    if best is None:
        raise BadReport(
            "encoding", "The encoding of this text cannot be told", "UTF-8", "Save it as UTF-8 and give it again"
        )
    return Decoded(content.decode(best.encoding, "replace"), best.encoding, is_guessed=True)


def _is_known(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding)._is_text_encoding
    except (LookupError, ValueError):
        return False
