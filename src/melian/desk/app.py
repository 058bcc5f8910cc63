"""The desk's pages on their addresses. Start reading here.

A page is a function from the desk and the address to a `Page`; it is answered as HTML, and as its twin with `.json` or
`.csv` behind its path.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import msgspec

from melian.desk.actions import ACTIONS, Act, Done
from melian.desk.desk import Desk, NoArchive, NotReady, NotThere
from melian.desk.guard import Guard, Rules
from melian.desk.pages.actors import show_actor, show_actors
from melian.desk.pages.disputes import show_dispute, show_disputes
from melian.desk.pages.dyads import show_dyad, show_dyads
from melian.desk.pages.event import show_event
from melian.desk.pages.events import show_events
from melian.desk.pages.happenings import show_happenings
from melian.desk.pages.home import show_home
from melian.desk.pages.link_queue import seed_taken, show_link
from melian.desk.pages.page import Page, Query
from melian.desk.pages.places import show_places
from melian.desk.pages.query import show_query
from melian.desk.pages.reading import ReadingView, show_report, show_why
from melian.desk.pages.reports import show_reports
from melian.desk.pages.review import show_answers, show_review
from melian.desk.pages.review_item import show_item, show_next
from melian.desk.pages.timeline import show_timeline
from melian.desk.pages.validation import show_validation, write_figures, write_page, write_verdicts
from melian.desk.person import Person, cookies_of, is_blind, person_of
from melian.desk.readings import report_of, report_of_file
from melian.desk.rendering import render
from melian.errors import MelianError
from melian.exports.answers import csv_lines
from melian.exports.page import render_page
from melian.exports.visible import show_line

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp

Show = Callable[[Desk, Query], Page]
PAGES: dict[str, Show] = {
    "/": show_home,
    "/report": show_report,
    "/why": show_why,
    "/events": show_events,
    "/event": show_event,
    "/linked": show_happenings,
    "/disputes": show_disputes,
    "/dispute": show_dispute,
    "/dyads": show_dyads,
    "/dyad": show_dyad,
    "/actors": show_actors,
    "/actor": show_actor,
    "/map": show_places,
    "/timeline": show_timeline,
    "/reports": show_reports,
    "/query": show_query,
    "/review": show_review,
    "/review/next": show_next,
    "/review/item": show_item,
    "/review/answers": show_answers,
    "/review/sample": show_validation,
    "/review/link": show_link,
}
FILES: dict[str, tuple[str, Callable[[Desk, Query], Iterator[bytes]]]] = {
    "/review/validation.html": ("text/html", write_page),
    "/review/validation.csv": ("text/csv", write_figures),
    "/review/verdicts.csv": ("text/csv", write_verdicts),
}
"""What is kept as a file and not shown."""
_BLIND = {"/review", "/review/next", "/review/item", "/review/answers", "/review/link"}
"""Pages on which nothing stands that others said of a record."""
_LARGEST_FIELD, _MOST_FIELDS = 1_000_000, 40


class ProblemView(msgspec.Struct, frozen=True, kw_only=True):
    """Why a page cannot be shown; every error has this shape."""

    problem: str
    expected: str
    do: str
    is_waiting: bool = False


class BlindView(msgspec.Struct, frozen=True, kw_only=True):
    """Why a page is kept from somebody who judges a sample."""

    sample: str
    seed: int


def make_app(desk: Desk, rules: Rules) -> ASGIApp:
    """Make the desk's application, with its guard around it."""
    from starlette.applications import Starlette
    from starlette.routing import Mount, Route
    from starlette.staticfiles import StaticFiles

    @asynccontextmanager
    async def begun(app: Starlette) -> AsyncIterator[None]:
        desk.begin()
        yield

    routes: list[Route | Mount] = []
    for path, show in PAGES.items():
        shown = show if path in _BLIND else _kept_from_the_blind(show)
        shown = shown if path.startswith("/review") else _kept_up(shown)
        routes.append(Route(path, _answer_with(desk, shown, "html")))
        for form in ("json", "csv"):
            name = "/index" if path == "/" else path
            routes.append(Route(f"{name}.{form}", _answer_with(desk, shown, form)))
    routes.append(Route("/report.html", _whole_page(desk)))
    routes.append(Route("/read", _reading_of(desk), methods=["POST"]))
    routes += [Route(path, _acting(desk, act), methods=["POST"]) for path, act in ACTIONS.items()]
    routes += [Route(path, _file(desk, path)) for path in FILES]
    exports, own = files("melian.exports") / "templates", files("melian.desk") / "assets"
    for name in ("page.css", "page.js"):
        routes.append(Route(f"/assets/{name}", _asset((exports / name).read_text(encoding="utf-8"), name)))
    routes.append(Mount("/assets", StaticFiles(directory=str(own))))
    return Guard(Starlette(routes=routes, lifespan=begun, exception_handlers={404: _nowhere(desk)}), rules)


def _answer_with(desk: Desk, show: Show, form: str) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        return _written(desk, _shown(desk, show, _query_of(request, form)), request, form)

    return answer


def _query_of(request: Request, form: str) -> dict[str, str]:
    """Read the address, and what the browser alone says: where a link was followed, and who sits there."""
    is_from_elsewhere = request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin")
    person = person_of(request.cookies)
    return {
        **request.query_params,
        "from_elsewhere": "yes" if is_from_elsewhere else "",
        "form": form,
        "reviewer": person.name,
        "taken": person.sample,
    }


def _kept_from_the_blind(show: Show) -> Show:
    """Keep a page from whoever is in the middle of a random sample: corrections of others stand on it."""

    def shown(desk: Desk, query: Query) -> Page:
        if is_blind(desk, Person(name=query["reviewer"], sample=query["taken"])):
            seed = seed_taken(query["taken"])
            view = BlindView(sample="" if seed else query["taken"], seed=seed)
            return Page("blind.html.jinja", "First the sample", view, status=403)
        return show(desk, query)

    return shown


def _kept_up(show: Show) -> Show:
    """Take what has come to the archive into the lists; who reviews is not made to wait for them."""

    def shown(desk: Desk, query: Query) -> Page:
        desk.keep_up()
        return show(desk, query)

    return shown


def _shown(desk: Desk, show: Show, query: Query) -> Page:
    """Make a page, or the page that says why there is none."""
    try:
        return show(desk, query)
    except NotReady as error:
        view = ProblemView(problem=str(error), expected="", do="", is_waiting=True)
        return Page("problem.html.jinja", "One moment", view, status=503)
    except MelianError as error:
        status = 404 if isinstance(error, NotThere | NoArchive) else 400
        view = ProblemView(problem=error.found, expected=error.expected, do=error.do)
        return Page("problem.html.jinja", "This cannot be shown", view, status=status)


def _written(desk: Desk, page: Page, request: Request, form: str) -> Response:
    from starlette.responses import HTMLResponse, Response, StreamingResponse

    if form == "json":
        return Response(msgspec.json.encode(page.view, enc_hook=str), page.status, media_type="application/json")
    if form == "csv":
        name = request.url.path.removeprefix("/").removesuffix(".csv").replace("/", "-")
        return StreamingResponse(
            csv_lines(page.columns, page.rows),
            page.status,
            {"Content-Disposition": f'attachment; filename="melian-{name}.csv"'},
            media_type="text/csv",
        )
    html = render(
        page,
        request.url.path,
        request.url.query,
        desk=desk,
        is_part=request.headers.get("hx-request") == "true" and page.template == "why.html.jinja",
    )
    headers = {"Retry-After": "2", "Refresh": "2"} if page.status == 503 else None
    return HTMLResponse(html.encode("utf-8", "replace"), page.status, headers)


def _reading_of(desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    async def read(request: Request) -> Response:
        from starlette.concurrency import run_in_threadpool
        from starlette.datastructures import UploadFile
        from starlette.responses import RedirectResponse

        async with request.form(max_files=1, max_fields=10, max_part_size=_LARGEST_FIELD) as form:
            words = {name: value for name, value in form.items() if isinstance(value, str)}
            file = form.get("file")
            content = await file.read() if isinstance(file, UploadFile) else b""

        def show(desk: Desk, query: Query) -> Page:
            about = [words.get(name, "").strip() or None for name in ("published", "outlet", "title")]
            report = report_of_file(content, *about) if content else report_of(words.get("text", ""), *about)
            reading = desk.pasted.read(report)
            return Page("", reading.report.id, ProblemView(problem="", expected="", do=""))

        page = await run_in_threadpool(_shown, desk, show, {})
        if page.status == 200:
            return RedirectResponse("/report?" + urlencode({"id": page.title}), 303)
        return _written(desk, page, request, "html")

    return read


def _acting(desk: Desk, act: Act) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        from starlette.concurrency import run_in_threadpool
        from starlette.responses import RedirectResponse

        async with request.form(max_files=0, max_fields=_MOST_FIELDS, max_part_size=_LARGEST_FIELD) as form:
            words = {name: value for name, value in form.items() if isinstance(value, str)}
        person = person_of(request.cookies)
        done: list[Done] = []

        def show(desk: Desk, query: Query) -> Page:
            found = act(desk, words, person)
            if isinstance(found, Page):
                return found
            done.append(found)
            return Page("", "", ProblemView(problem="", expected="", do=""))

        page = await run_in_threadpool(_shown, desk, show, {})
        if not done:
            return await run_in_threadpool(_written, desk, page, request, "html")
        response = RedirectResponse(done[0].address, 303)
        for cookie in cookies_of(done[0].person) if done[0].person is not None else ():
            response.headers.append("set-cookie", cookie)
        return response

    return answer


def _file(desk: Desk, path: str) -> Callable[[Request], Response]:
    kind, write = FILES[path]

    def answer(request: Request) -> Response:
        from starlette.responses import Response

        content: list[bytes] = []

        def show(desk: Desk, query: Query) -> Page:
            content.extend(write(desk, query))
            return Page("", "", ProblemView(problem="", expected="", do=""))

        page = _shown(desk, _kept_from_the_blind(show), _query_of(request, "html"))
        if not content:
            return _written(desk, page, request, "html")
        name = path.removeprefix("/").replace("/", "-")
        headers = {"Content-Disposition": f'attachment; filename="melian-{name}"'}
        return Response(b"".join(content), 200, headers, media_type=kind)

    return answer


def _whole_page(desk: Desk) -> Callable[[Request], Response]:
    """Give a report as one file that needs nothing else; style and program are in it, so it is not shown here."""

    def answer(request: Request) -> Response:
        from starlette.responses import Response

        page = _shown(desk, _kept_from_the_blind(show_report), _query_of(request, "html"))
        if not isinstance(page.view, ReadingView):
            return _written(desk, page, request, "html")
        whole = render_page([page.view.reading]).encode("utf-8", "replace")
        headers = {"Content-Disposition": 'attachment; filename="melian-report.html"'}
        return Response(whole, 200, headers, media_type="text/html")

    return answer


def _asset(content: str, name: str) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        from starlette.responses import Response

        return Response(content, media_type="text/css" if name.endswith(".css") else "text/javascript")

    return answer


def _nowhere(desk: Desk) -> Callable[[Request, Exception], Response]:
    def answer(request: Request, error: Exception) -> Response:
        path = show_line(request.url.path, 80)
        view = ProblemView(problem=f"There is no page {path}", expected="", do="Choose one above")
        page = Page("problem.html.jinja", "There is no such page", view, status=404)
        return _written(desk, page, request, "html")

    return answer
