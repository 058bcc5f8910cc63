"""Pages that need nothing else: one file, its style and script inside it, and nothing else allowed to run."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


def render_single_page(template: str, style: str, script: str | None = None, **context: object) -> str:
    """Fill a template. Text is escaped, and only the page's own style and script may run, by their hashes.

    Args:
        template: Its name in the folder of templates.
        style: The name of its style there.
        script: The name of its script there, if it has one.
        context: What the template asks for besides `style`, `script` and their hashes.
    """
    css = template_part(style)
    js = template_part(script) if script is not None else ""
    page = (
        _environment()
        .get_template(template)
        .render(style=css, script=js, style_hash=_digest(css), script_hash=_digest(js), **context)
    )
    return page.replace("\r", "")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("melian.exports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def template_part(name: str) -> str:
    """Read a style or a script of the pages."""
    return files("melian.exports").joinpath("templates", name).read_text(encoding="utf-8").replace("\r", "")


def _digest(part: str) -> str:
    return "sha256-" + b64encode(sha256(part.encode()).digest()).decode()
