"""Looking at a page: axe, width and the console, in light and dark, wide and narrow."""

from __future__ import annotations

from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Response,
    ViewportSize,
)

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
# Dark changes colours and nothing else: there, the rules that look at colours are asked again.
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
Scheme = Literal["light", "dark"]
VIEWS: tuple[tuple[int, Scheme], ...] = (
    (1280, "light"), (1280, "dark"), (320, "dark"), (320, "light"),
)  # fmt: skip


class Looker:
    """Somebody who looks at one page after the other and notes what is wrong."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.context: BrowserContext = browser.new_context(
            base_url=url, locale="nb-NO", reduced_motion="reduce", viewport=_size(1280)
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.said: list[str] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.problems: dict[str, list[str]] = {}

    def visits(self, path: str, status: int = 200) -> None:
        """Go to an address and look."""
        self.said.clear()
        self.looks(path, self.page.goto(path), status)

    def sends(self, form: str, status: int = 422) -> None:
        """Send a form of the open page as it is, past its script, and look at what comes."""
        self.said.clear()
        path = self.page.url.partition("//")[2].partition("/")[2]
        with self.page.expect_navigation() as answered:
            self.page.locator(form).first.evaluate("form => form.submit()")
        self.looks(f"/{path} sends {form}", answered.value, status)

    def looks(self, name: str, answer: Response | None, status: int) -> None:
        """Look at the open page in every way."""
        found = [f"status {answer and answer.status}"] * (answer is None or answer.status != status)
        self.page.evaluate(Axe().axe_script)
        for width, scheme in VIEWS:
            self.page.set_viewport_size(_size(width))
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found += [f"{width} {scheme}: {wrong}" for wrong in self._sees(width, scheme)]
        self.page.set_viewport_size(_size(1280))
        # The browser itself says when an answer was a refusal; here that is what was asked for.
        failed = f" {answer.url}" if answer else ""
        found += [said for said in self.said if not ("Failed to" in said and said.endswith(failed))]
        if found:
            self.problems[name] = found

    def _sees(self, width: int, scheme: Scheme) -> list[str]:
        over = self.page.evaluate("document.documentElement.scrollWidth")
        result = self.page.evaluate(
            "options => axe.run(options)", ALL if scheme == "light" else COLOURS
        )
        return [f"{over} px wide"] * (over > width) + [
            f"{violation['id']}: {[node['target'] for node in violation['nodes'][:3]]}"
            for violation in result["violations"]
        ]

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.said.append(f"{message.text[:300]} {message.location['url']}")


def _size(width: int) -> ViewportSize:
    return {"width": width, "height": 800}
