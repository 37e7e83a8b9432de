"""The pictures in docs/workshops.md: a workshop that is held in real browsers, view by view."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page

from smartby.core.clock import now, oslo
from tests.journeys.demo import PASSWORD, Demo

LEADER = "sunniva@havnvik.example"
STEPS = (
    ("brainstorm", "Hva mangler på torget etter klokka fire?"),
    ("dots", "Hva prøver vi først?"),
)
CARDS = (
    "En scene som står ute hele sommeren",
    "Benker i le for vinden",
    "Skatepark der bussene sto før",
    "Lys som ikke blender",
    "Et bord der vi kan spille sjakk",
    "Toalett som er åpent om kvelden",
)
DOTS = ((1, 1, 5), (1, 5, 5), (1, 1, 0), (5, 0, 2), (1, 5, 2))  # a phone's three, by card
WIDE, PHONE = {"width": 1280, "height": 720}, {"width": 390, "height": 780}


class Hall:
    """A facilitator, a projector and five phones."""

    def __init__(self, browser: Browser, demo: Demo, folder: Path) -> None:
        self.browser, self.demo, self.folder = browser, demo, folder
        self.console = self._page(WIDE)
        self.phones: list[Page] = []
        self.path = ""

    def take_all(self) -> None:
        """Hold the workshop from its plan to its minutes, and take a picture of every view."""
        self._plans()
        code = self._opens_doors()
        self._comes_in(code)
        self._writes()
        self._votes()
        self._ends()

    def _plans(self) -> None:
        page = self.console
        page.goto("/sign-in")
        page.get_by_label("E-post").fill(LEADER)
        page.get_by_label("Passord").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Logg inn").click()
        page.wait_for_url(lambda address: not address.endswith("/sign-in"))
        page.goto("/havnvik/workshops/new")
        self._fills(
            title="Torget etter klokka fire", place="Rådhuset, kantina", time="17:00",
            day=(oslo(now()).date() + timedelta(days=1)).isoformat(),
            purpose="Butikkene stenger, og torget blir tomt. Hva skal til for at folk blir?",
        )  # fmt: skip
        page.locator("main form.sb-form button[type=submit]").first.click()
        page.wait_for_url("**/edit*")
        self.path = re.sub(r"/edit.*", "", page.url)
        for kind, title in STEPS:
            sent = {"kind": kind, "title": title, "minutes": "15"}
            sent["csrf_token"] = page.locator("[name=csrf_token]").first.input_value()
            origin = {"Origin": self.demo.url}
            page.request.post(f"{self.path}/programme", form=sent, headers=origin)
        page.goto(f"{self.path}/edit")
        self._take(page, "plan")

    def _fills(self, **fields: str) -> None:
        for name, text in fields.items():
            self.console.locator(f"[name={name}]").fill(text)

    def _opens_doors(self) -> str:
        self.console.goto(self.path)
        for _asked_once_more in range(2):
            self.console.get_by_role("button", name="Åpne dørene").click()
            self.console.wait_for_load_state()
        self.console.wait_for_url("**/console")
        return self.console.locator(".sb-pagehead .sb-num").inner_text().replace(" ", "")

    def _comes_in(self, code: str) -> None:
        for number in range(len(DOTS)):
            phone = self._page(PHONE)
            phone.goto(f"/j/{code}")
            if number == 0:
                self._take(phone, "door")
            phone.get_by_role("button", name="Bli med", exact=True).click()
            phone.get_by_role("heading", name="Du er med").wait_for()
            self.phones.append(phone)

    def _writes(self) -> None:
        self.console.get_by_role("button", name="Begynn").click()
        for number, body in enumerate(CARDS):
            phone = self.phones[number % len(self.phones)]
            phone.get_by_label("Ny lapp").fill(body)
            phone.get_by_role("button", name="Legg til lapp").click()
            self.console.get_by_text(body).first.wait_for()
        self._take(self.phones[0], "phone-brainstorm")
        self._take(self.console, "console")
        self.console.get_by_role("button", name="Avslør alle lapper").click()
        self.screen = self._page(WIDE)
        link = self.console.get_by_role("link", name="Åpne storskjerm")
        self.screen.goto(link.get_attribute("href") or "")
        self.screen.get_by_text(CARDS[0]).first.wait_for()
        self._take(self.screen, "screen-brainstorm")

    def _votes(self) -> None:
        self.console.get_by_role("button", name="Neste").click()
        for phone, cards in zip(self.phones, DOTS, strict=True):
            phone.get_by_role("group", name=CARDS[0]).wait_for()
            for laid, card in enumerate(cards, start=1):
                one = phone.get_by_role("group", name=CARDS[card])
                one.get_by_role("button", name="Sett en prikk").click()
                phone.get_by_text(re.compile(rf"^{3 - laid} prikke?r? igjen")).wait_for()
        self._take(self.phones[1], "phone-dots")
        self.console.get_by_role("button", name="Lukk og vis resultatet").click()
        self.screen.get_by_text("Flest prikker").first.wait_for()
        self._take(self.screen, "screen-dots")

    def _ends(self) -> None:
        page = self.console
        page.goto(f"{self.path}/closing")
        page.get_by_role("button", name="Avslutt verkstedet").click()
        page.wait_for_load_state()
        page.goto(f"{self.path}/harvest")
        self._take(page, "harvest")
        page.goto(f"{self.path}/minutes")
        page.locator(".sb-outcome").first.scroll_into_view_if_needed()
        self._take(page, "minutes")

    def _page(self, size: dict[str, int]) -> Page:
        context = self.browser.new_context(
            base_url=self.demo.url,
            viewport={"width": size["width"], "height": size["height"]},
            locale="nb-NO",
        )
        return context.new_page()

    def _take(self, page: Page, name: str) -> None:
        page.wait_for_timeout(600)
        page.screenshot(path=self.folder / f"workshop-{name}.png")
