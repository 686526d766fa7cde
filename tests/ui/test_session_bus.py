"""Messages of a Linux desktop's notification service, over a real bus to a real service."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.shipped import sample_portfolio
from desktop_app.ui import session_bus
from desktop_app.ui.document import Document
from desktop_app.ui.reminders import Reminders
from tests.drivers import settle
from tests.ui.test_reminders import CLAIMED

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a service of Linux desktops")

CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type><listen>unix:dir={folder}</listen><servicedir>{services}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""


@contextmanager
def started(*command: str | Path) -> Iterator[subprocess.Popen[str]]:
    child = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, text=True)
    try:
        yield child
    finally:
        child.kill()
        child.communicate()


class Service:
    """Reads what a service prints."""

    def __init__(self, child: "subprocess.Popen[str]") -> None:
        self._child = child

    def heard(self) -> Any:
        assert self._child.stdout is not None
        return json.loads(self._child.stdout.readline())


@pytest.fixture
def services(tmp_path: Path) -> Path:
    """Where the bus looks for services that it can start."""
    (tmp_path / "services").mkdir()
    return tmp_path / "services"


@pytest.fixture
def ready_service(services: Path, tmp_path: Path) -> Path:
    """A service that the bus can start; return the file to which it prints."""
    log = tmp_path / "log"
    command = f"cd '{Path.cwd()}'; exec '{sys.executable}' -m tests.ui.notification_service >'{log}'"
    (services / "n.service").write_text(
        f'[D-BUS Service]\nName=org.freedesktop.Notifications\nExec=/bin/sh -c "{command}"\n'
    )
    return log


@pytest.fixture
def bus(tmp_path: Path, services: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A bus of this test alone."""
    (tmp_path / "bus").mkdir()
    config = tmp_path / "bus.conf"
    config.write_text(CONFIG.format(folder=tmp_path / "bus", services=services))
    with started("dbus-daemon", "--nofork", "--print-address", f"--config-file={config}") as daemon:
        assert daemon.stdout is not None
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.stdout.readline().strip())
        yield


@contextmanager
def service(*abilities: str) -> Iterator[Service]:
    """Run a service that can do what is named."""
    with started(sys.executable, "-m", "tests.ui.notification_service", *abilities) as child:
        found = Service(child)
        assert found.heard() is True
        yield found


def test_without_a_bus_there_is_no_service(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    for address in ("", "tcp:host=192.0.2.1,port=1", f"unix:path={tmp_path}/none;tcp:host=192.0.2.1,port=1"):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        assert not session_bus.is_there()
        assert not session_bus.tell("Due today", "ATOM: claim")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    assert not session_bus.is_there()


def test_a_bus_without_the_service_shows_no_message(bus: None) -> None:
    assert not session_bus.is_there()
    assert not session_bus.tell("Due today", "ATOM: claim")


def test_a_message_arrives_as_the_specification_says_and_makes_no_sound(bus: None) -> None:
    with service("body") as desk:
        assert session_bus.is_there()
        for _ in range(2):
            assert session_bus.tell("Due today", "ATOM: claim\nPT-weETH: matures")
            assert desk.heard() == {
                "app": "Stakeout",
                "replaces": 0,
                "icon": "stakeout",
                "title": "Due today",
                "text": "ATOM: claim\nPT-weETH: matures",
                "actions": [],
                "hints": {"suppress-sound": True, "desktop-entry": "stakeout"},
                "timeout": -1,
            }


NAME = "<b>x</b><img src='file:///etc/passwd'> & &lt; \U0001f95b: claim"


@pytest.mark.parametrize(
    ("abilities", "shown"),
    [
        (["body"], NAME),
        (
            ["body", "body-markup"],
            "&lt;b&gt;x&lt;/b&gt;&lt;img src='file:///etc/passwd'&gt; &amp; &amp;lt; \U0001f95b: claim",
        ),
    ],
)
def test_a_name_is_text_and_no_markup(bus: None, abilities: list[str], shown: str) -> None:
    with service(*abilities) as desk:
        assert session_bus.tell("Due today", NAME)
        assert desk.heard()["text"] == shown


def test_a_service_that_is_not_running_is_started(ready_service: Path, bus: None) -> None:
    assert session_bus.is_there()
    assert session_bus.tell("Due today", "ATOM: claim")
    assert json.loads(ready_service.read_text().splitlines()[-1])["text"] == "ATOM: claim"


def test_what_falls_due_is_told_by_the_service_once(bus: None, tmp_path: Path, qtbot: QtBot) -> None:
    document = Document()
    document.create(tmp_path / "me.stakeout", sample_portfolio())
    with service("body", "body-markup") as desk:
        reminders = Reminders(document, document, lambda: CLAIMED)
        assert not reminders.are_on
        reminders.look()
        assert reminders.switch(True)
        settle(qtbot)
        reminders.look()
        settle(qtbot)
        assert desk.heard()["text"] == "ATOM: claim"
        assert session_bus.tell("Last", "")
        assert desk.heard()["title"] == "Last"
