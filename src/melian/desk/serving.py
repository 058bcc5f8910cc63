"""The desk behind a port of this machine."""

from __future__ import annotations

import secrets
import socket
import threading
import webbrowser
from dataclasses import dataclass
from pathlib import Path

from melian.desk.app import make_app
from melian.desk.desk import Desk, usual_cache_folder
from melian.desk.guard import LOOPBACK, Rules
from melian.errors import BadSetting


@dataclass(frozen=True, slots=True)
class Place:
    """Where the desk answers.

    Attributes:
        host: The address to listen at.
        port: The port; 0 for any that is free.
        names: Further names under which it may be asked for.
        opens_browser: Open a browser there.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    names: tuple[str, ...] = ()
    opens_browser: bool = True

    @property
    def is_local(self) -> bool:
        """Tell whether only this machine can reach it."""
        return self.host in LOOPBACK


@dataclass(frozen=True, slots=True)
class Opened:
    """An open port, the rules that hold there, and the address for the browser."""

    listener: socket.socket
    rules: Rules
    address: str


def open_port(place: Place) -> Opened:
    """Open the port.

    Raises:
        BadSetting: The address or the port cannot be used.
    """
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((place.host, place.port))
    except OSError as error:
        listener.close()
        raise BadSetting(
            f"The desk cannot listen at {place.host} port {place.port}: {error.strerror or error}",
            "an address of this machine and a free port",
            "Choose another with --port, or 0 for any that is free",
        ) from error
    port = listener.getsockname()[1]
    token = None if place.is_local else secrets.token_urlsafe(24)
    names = LOOPBACK | {place.host, *place.names} if place.is_local else {place.host, *place.names, *LOOPBACK}
    if place.host in ("0.0.0.0", "::"):  # noqa: S104 - asked for by name, and with a token
        names |= {socket.gethostname(), socket.getfqdn()}
    shown = place.names[0] if place.names else place.host
    shown = f"[{shown}]" if ":" in shown else shown
    address = f"http://{shown}:{port}/" + (f"?token={token}" if token else "")
    return Opened(listener, Rules(hosts=frozenset(names), token=token), address)


def serve(folder: Path | None, opened: Opened, *, opens_browser: bool) -> None:
    """Answer until the user ends it.

    Args:
        folder: The archive's folder; None for pasted reports alone.
        opened: The port.
        opens_browser: Open a browser as soon as the desk answers.

    Raises:
        BadArchive: There is no archive in the folder.
    """
    import uvicorn

    app = make_app(Desk(folder, usual_cache_folder()), opened.rules)
    # What people read is written to no log.
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, limit_concurrency=64, timeout_keep_alive=20
    )
    if opens_browser:
        threading.Timer(0.5, webbrowser.open, [opened.address]).start()
    uvicorn.Server(config).run(sockets=[opened.listener])
