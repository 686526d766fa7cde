"""The guards that hold for every test are there."""

import os
import socket
import urllib.request
from pathlib import Path
from urllib.error import URLError

import pytest

from desktop_app import paths


@pytest.mark.parametrize("host", ["192.0.2.1", "example.invalid"])
def test_no_test_reaches_another_machine(network_attempts: list[str], host: str) -> None:
    with pytest.raises(ConnectionRefusedError), socket.create_connection((host, 80), timeout=1):
        pass
    assert network_attempts
    network_attempts.clear()


def test_an_attempt_is_seen_though_a_library_wraps_the_refusal(network_attempts: list[str]) -> None:
    with pytest.raises(URLError):
        urllib.request.urlopen("http://192.0.2.1/", timeout=1)
    assert network_attempts == ["socket.getaddrinfo 192.0.2.1"]
    network_attempts.clear()


def test_this_machine_may_talk_to_itself() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()


def test_the_portfolio_of_the_tester_is_out_of_reach(home: Path) -> None:
    assert paths.default_portfolio().is_relative_to(home)
    assert not paths.default_portfolio().exists()
    assert os.environ["XDG_CONFIG_HOME"].startswith(str(home))
