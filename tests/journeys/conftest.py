"""What the journeys share: whoever has walked one leaves the browser as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser


@pytest.fixture(autouse=True, scope="module")
def leaves(browser: Browser) -> Iterator[None]:
    """Close what a module has opened: each page left open costs a process, and goes on living."""
    yield
    for context in browser.contexts:
        context.close()
