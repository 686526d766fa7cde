"""Sources open in the browser on a click, and nothing else does."""

import pytest

from desktop_app.ui.links import open_link
from tests.ui.conftest import Browser


def test_a_web_address_is_opened(browser: Browser) -> None:
    open_link("https://github.com/lidofinance/core")
    assert browser.opened == ["https://github.com/lidofinance/core"]


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "javascript:alert(1)", "smb://host/share", "/etc/passwd", "https:", ""]
)
def test_nothing_else_is(browser: Browser, address: str) -> None:
    open_link(address)
    assert browser.opened == []
