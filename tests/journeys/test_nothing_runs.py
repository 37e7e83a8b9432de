"""The hostile corpus in every text that people fill in: no page runs or obeys any of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, expect

from tests.corpora.xss import XSS
from tests.journeys.test_together import live, signs_in
from tests.journeys.watching import Watcher
from tests.serving import Smartby

SOW = (
    "from smartby import create_app; from tests.hostile.planting import plant\n"
    'plant(create_app({"TESTING": True, "ASYNC": "threading", "PUBLIC_URL": "http://localhost"}))'
)
READ = "/havnvik/ideas /havnvik/challenges /havnvik/workshops /havnvik/log /havnvik/results"
# Where each begins, and what they have to have met the corpus on.
ROLES = {
    None: (
        "/ /havnvik/ /havnvik/about /havnvik/principles/1 /havnvik/comments/2/replies"
        " /havnvik/workshops/4/minutes",
        "/havnvik/ /havnvik/ideas /havnvik/ideas/N /havnvik/contributions/N/versions"
        " /havnvik/challenges /havnvik/challenges/N /havnvik/workshops /havnvik/workshops/N"
        " /havnvik/workshops/N/minutes /havnvik/log /havnvik/log/N /havnvik/comments/N/replies",
    ),
    "kari": (
        "/me /me/profile /me/sessions /me/supported /havnvik/ideas/5/edit",
        "/me /me/profile /me/sessions /havnvik/ideas/N /havnvik/ideas/N/edit /havnvik/ideas/new",
    ),
    "ingrid": (
        "/havnvik/board /havnvik/contributions/1/moves/new /havnvik/contributions/1/answers/new"
        " /havnvik/contributions/1/owner /havnvik/contributions/2/hiding /havnvik/challenges/new",
        "/havnvik/board /havnvik/contributions/N/moves/new /havnvik/contributions/N/answers/new"
        " /havnvik/contributions/N/owner /havnvik/challenges/N",
    ),
    "hanne": (
        "/havnvik/settings /havnvik/settings/units /havnvik/members /havnvik/pipeline"
        " /havnvik/pipeline/stages/1 /havnvik/pipeline/stages/new",
        "/havnvik/settings /havnvik/settings/units /havnvik/members /havnvik/pipeline"
        " /havnvik/pipeline/stages/N",
    ),
}  # fmt: skip


class Sown(Smartby):
    """An installation in which nothing that was typed is harmless."""

    def plant(self) -> None:
        super().plant()
        self.runs(SOW)


@pytest.fixture(scope="module")
def server() -> Iterator[Smartby]:
    with Sown() as running:
        yield running


@pytest.fixture
def rooms(server: Smartby) -> dict[int, tuple[str, str]]:
    """The workshops that are held, each with the code of its door and what it is at."""
    query = """
        SELECT run.id, run.code, activity.kind
        FROM run JOIN activity ON activity.id = run.activity_id WHERE run.code IS NOT NULL
    """
    with closing(sqlite3.connect(server.folder / "data" / "smartby.db")) as database:
        return {number: (code, kind) for number, code, kind in database.execute(query)}


def watcher(browser: Browser, server: Smartby, key: str | None = None) -> Watcher:
    context = browser.new_context(base_url=server.url, locale="nb-NO", reduced_motion="reduce")
    watching = Watcher(context)
    if key:
        signs_in(watching.page, key)
    return watching


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_nothing_runs(browser: Browser, server: Smartby, role: str | None) -> None:
    start, wanted = ROLES[role]
    reader = watcher(browser, server, role)
    reader.walks([*start.split(), *READ.split()])
    assert reader.problems == {}
    assert set(wanted.split()) <= set(reader.met)


def test_nothing_runs_in_a_room(
    browser: Browser, server: Smartby, rooms: dict[int, tuple[str, str]]
) -> None:
    guest = watcher(browser, server)
    guest.visits(f"/j/{min(rooms.values())[0]}")
    token = guest.page.locator("main [name=csrf_token]").first.input_value()
    for code, _kind in rooms.values():
        came = guest.context.request.post(
            f"/j/{code}", form={"csrf_token": token}, headers={"Origin": server.url}
        )
        assert came.ok, came.text()
    guest.walks(f"/havnvik/workshops/{number}/room" for number in rooms)
    assert guest.problems == {}
    assert guest.met["/havnvik/workshops/N/room"] == len(rooms)


@pytest.mark.parametrize("page", ["console", "screen"])
def test_nothing_runs_where_a_room_is_led(
    browser: Browser, server: Smartby, rooms: dict[int, tuple[str, str]], page: str
) -> None:
    leader = watcher(browser, server, "fatima")
    for number in rooms:
        leader.visits(f"/havnvik/workshops/{number}/{page}")
    assert leader.problems == {}
    assert leader.met[f"/havnvik/workshops/N/{page}"] == len(rooms)


def test_nothing_runs_of_what_comes_by_the_socket(browser: Browser, server: Smartby) -> None:
    reader, author = watcher(browser, server), watcher(browser, server, "kari")
    for each in (reader, author):
        each.visits("/havnvik/ideas/5")
        live(each.page)
    said = f"Her er det mørkt. {' '.join(XSS)}"[:2_900]
    author.page.get_by_label("Skriv en kommentar").fill(said)
    author.page.get_by_role("button", name="Send").click()
    for each in (author, reader):
        pill = each.page.locator("[data-pill-for='comments-5']:visible")
        comment = each.page.locator(".sb-comment", has_text="Her er det mørkt.")
        expect(pill.or_(comment).first).to_be_visible()
        if pill.count():
            pill.get_by_role("button").click()
        expect(comment.first).to_be_visible()
        each.looks()
        assert each.problems == {}


def test_nothing_runs_of_a_card_that_comes_by_the_socket(
    browser: Browser, server: Smartby, rooms: dict[int, tuple[str, str]]
) -> None:
    leader, guest = watcher(browser, server, "fatima"), watcher(browser, server)
    number = max(number for number, (_code, kind) in rooms.items() if kind == "brainstorm")
    code = rooms[number][0]
    leader.visits(f"/havnvik/workshops/{number}/console")
    guest.visits(f"/j/{code}")
    guest.page.locator(f"main form[action$='/j/{code}'] button").first.click()
    for each in (leader, guest):
        live(each.page)
    said = f"Lapp 1 {' '.join(XSS)}"[:280]
    guest.page.get_by_label("Ny lapp").fill(said)
    guest.page.get_by_role("button", name="Legg til lapp").click()
    for each in (leader, guest):
        expect(each.page.get_by_text("Lapp 1 <script>").first).to_be_visible()
        each.looks()
        assert each.problems == {}
