"""The one tree of errors: what was found, what was expected, what to do next."""

from __future__ import annotations


class MelianError(Exception):
    """Anything Melian refuses to do.

    Args:
        found: What was met, named so that the user can find it (file, line, value).
        expected: What would have been right.
        do: What the user can do next.
    """

    def __init__(self, found: str, expected: str = "", do: str = "") -> None:
        self.found = found
        self.expected = expected
        self.do = do
        parts = [found]
        if expected:
            parts.append(f"Expected {expected}")
        if do:
            parts.append(do)
        super().__init__(" ".join(p if p.endswith((".", "?", "!")) else p + "." for p in parts))

    def __reduce__(self) -> tuple[object, ...]:
        """Say how to make the error again, so that a worker process can hand it on."""
        return type(self), (self.found, self.expected, self.do)


class BadSetting(MelianError):
    """A setting that cannot be used. Stops a run before work begins."""


class BadKnowledge(MelianError):
    """A knowledge file that breaks its contract. Stops a run before work begins."""


class BadOntology(MelianError):
    """An ontology of the user's that cannot be used: its file breaks the rules, or another encoder trained it."""


class BadReport(MelianError):
    """A report that cannot be read. Never stops a run: it becomes a reject with its reason.

    Args:
        reason: A short stable word for counting rejects, such as "empty" or "binary".
    """

    def __init__(self, reason: str, found: str, expected: str = "", do: str = "") -> None:
        self.reason = reason
        super().__init__(found, expected, do)

    def __reduce__(self) -> tuple[object, ...]:
        """Say how to make the error again, so that a worker process can hand it on."""
        return type(self), (self.reason, self.found, self.expected, self.do)


class BadArchive(MelianError):
    """An archive that cannot be used as it stands: broken, full, read-only, or no archive at all."""


class ArchiveInUse(BadArchive):
    """An archive to which another run is writing."""


class BadQuestion(MelianError):
    """A question to an archive that cannot be answered: wrong SQL, a wrong filter, or more than the limits allow."""


class BadReview(MelianError):
    """An answer of a reviewer that cannot be kept, or a sample that cannot be drawn."""


class BadGold(MelianError):
    """A gold file that an evaluation cannot use."""


class MissingExtra(MelianError):
    """An optional dependency that is needed here and not installed."""
