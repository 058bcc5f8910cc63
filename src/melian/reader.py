"""The reader that programs use: plain text in, reading out."""

from __future__ import annotations

from melian.coding.coder import Coder
from melian.intake import report_from_text
from melian.records import Reading


class Reader(Coder):
    """Reads texts and reports: one report in, one reading out, whatever other reports stand beside it.

    Args:
        settings: How to read. The defaults need nothing but the installed package.
        own: The user's table of actors, as `melian.read_actors` reads it; its rows win over those of the package.

    Raises:
        BadSetting: The pipeline that the settings name can't be used.

    Example:
        >>> reader = Reader()
        >>> reading = reader.read("France condemned Russia on Tuesday.", published="2015-12-03")
        >>> [(event.type, event.date.start) for event in reading.events]
        [('ACCUSE', '2015-12-01')]
    """

    def read(
        self,
        text: str,
        *,
        published: str | None = None,
        title: str | None = None,
        outlet: str | None = None,
        url: str | None = None,
    ) -> Reading:
        """Read one text.

        Args:
            text: The report's words, with its title and dateline if it has them.
            published: Day of publication, best as `YYYY-MM-DD`; without it relative dates stay open.
            title: The report's title, where it is known apart from the text.
            outlet: Who published it.
            url: Where.

        Raises:
            BadReport: The text is empty, too long or in another language, or `published` is no date.
        """
        report = report_from_text(
            text, title=title, outlet=outlet, url=url, published=published, largest_report=self.settings.largest_report
        )
        return self.read_report(report)
