"""People who act while things break: they send again until they are answered, as browsers do."""

from __future__ import annotations

import http.client
import itertools
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from bench.visitors import Visitor
from tests.drills.hall import OPTIONS
from tests.drills.stack import PATIENCE, Stack, until
from tests.people import PASSWORD

ROOM = 50  # cards: a person has room for sixty
PACE = 1.0  # seconds between two acts: a person may do twenty things in ten seconds
Act = tuple[str, dict[str, str]]  # where to, and what is sent


class Voter:
    """Somebody who does one thing after the other, each until it is answered."""

    def __init__(self, stack: Stack, number: int) -> None:
        self.stack, self.number = stack, number
        self.browser = Visitor(stack.ports[number % len(stack.ports)], number)
        self.lot = random.Random(number)
        self.acked = 0
        self.retries = 0
        self.failures: list[tuple[float, int]] = []  # when, and 5xx
        self.trouble = ""
        self.stopped = threading.Event()
        self.doing = self.acts()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def start(self) -> None:
        """Act until told to stop, and go on where one has stopped."""
        self.stopped.clear()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def join(self, longest: float) -> None:
        """Wait until what is under way is done."""
        self.thread.join(longest)

    def acts(self) -> Iterator[Act]:
        """Yield what this person does; what was answered yes is kept by `keep`."""
        raise NotImplementedError

    def keep(self, act: Act) -> None:
        """Remember what was answered yes."""

    def run(self) -> None:
        """Act until told to stop; what is under way then is brought to its end."""
        try:
            for act in self.doing:
                if self.stopped.wait(PACE * self.lot.uniform(0.6, 1.4)):
                    return
                if self._insists(*act):
                    self.acked += 1
                    self.keep(act)
        except Exception as error:
            self.trouble = f"{type(self).__name__} {self.number}: {error!r}"

    def _insists(self, path: str, form: dict[str, str]) -> bool:
        """Send until there is an answer; tell whether it was yes."""
        sent = {**form, "key": uuid4().hex}
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            status = self._sends(path, sent)
            if status and status < 500 and status != 429:
                if status >= 400 and status not in (409, 422):
                    raise RuntimeError(f"{path} was answered with {status}")
                return status < 400
            self.retries += 1
            time.sleep(1.0 if status == 429 else self.lot.uniform(0.1, 0.3))
        raise RuntimeError(f"{path} was never answered")

    def _sends(self, path: str, form: dict[str, str]) -> int:
        try:
            status = self.browser.post(path, **form)
        except (OSError, http.client.HTTPException):
            ports = self.stack.ports
            self.browser.port = self.lot.choice(
                [p for p in ports if p != self.browser.port] or ports
            )
            return 0
        if status >= 500:
            self.failures.append((time.monotonic(), status))
        return status


class Guest(Voter):
    """A participant of a workshop, known by a secret in the browser."""

    def __init__(self, stack: Stack, number: int, run: dict[str, Any], who: tuple[int, str]):
        super().__init__(stack, number)
        self.participant, secret = who
        self.room = f"/havnvik/workshops/{run['run']}/room"
        self.activity = str(run["activity"])
        self.browser.cookies[f"smartby-workshop-{run['run']}"] = secret

    def enters(self) -> None:
        """Open the room's page."""
        assert self.browser.get(self.room)[0] == 200


class DotVoter(Guest):
    """Lays and takes back dots, also more than there are."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.dots: dict[str, int] = {}

    def acts(self) -> Iterator[Act]:
        while True:
            item, value = self.lot.randint(1, len(OPTIONS)), self.lot.randint(0, 2)
            yield self.room, {"activity": self.activity, "mark": f"option:{item}={value}"}

    def keep(self, act: Act) -> None:
        item, _, value = act[1]["mark"].partition("=")
        self.dots[item] = int(value)


class Writer(Guest):
    """Writes cards, each with words of its own, and in the end takes the oldest back."""

    def __init__(self, *args: Any, word: str = "Lapp") -> None:
        super().__init__(*args)
        self.word = word
        self.cards: list[str] = []
        self.taken: list[str] = []  # what was taken back

    def acts(self) -> Iterator[Act]:
        for n in itertools.count():
            if len(self.cards) < ROOM:
                body = f"{self.word} {n} fra {self.participant}"
                yield self.room, {"activity": self.activity, "do": "write", "body": body}
            else:
                card = self._number(self.cards[0])
                yield self.room, {"activity": self.activity, "do": "take_back", "card": card}

    def keep(self, act: Act) -> None:
        if "body" in act[1]:
            self.cards.append(act[1]["body"])
        else:
            self.taken.append(self.cards.pop(0))

    def _number(self, body: str) -> str:
        found = self.stack.asks(f"SELECT id FROM card WHERE body = '{body}'")
        return str(found[0][0]) if found else "0"


class Citizen(Voter):
    """Supports an idea, takes it back, and comments."""

    def __init__(self, stack: Stack, number: int, email: str) -> None:
        super().__init__(stack, number)
        self.email = email
        self.supports = False
        self.comments: list[str] = []

    def enters(self) -> None:
        """Sign in."""
        self.browser.sign_in(self.email, "/havnvik/ideas/new", PASSWORD)

    def acts(self) -> Iterator[Act]:
        where = f"/havnvik/contributions/{self.stack.idea}"
        for n in itertools.count(1):
            if n % 4 == 0:
                yield f"{where}/comments", {"body": f"Kommentar {n} fra {self.number}."}
            else:
                yield f"{where}/support", {"wanted": "no" if self.supports else "yes"}

    def keep(self, act: Act) -> None:
        if "body" in act[1]:
            self.comments.append(act[1]["body"])
        else:
            self.supports = act[1]["wanted"] == "yes"


CANARY = "kanarifugl"


class Voters:
    """Everybody who acts, in the workshops and on the idea."""

    def __init__(self, stack: Stack) -> None:
        runs = stack.hall["runs"]
        self.stack = stack
        self.citizens = [Citizen(stack, n, mail) for n, mail in enumerate(stack.hall["citizens"])]
        self.dots = self._guests(DotVoter, runs["dots"])
        self.writers = self._guests(Writer, runs["wall"])
        self.secret = self._guests(Writer, runs["quiet"], word=CANARY)
        self.all: list[Any] = [*self.citizens, *self.dots, *self.writers, *self.secret]

    def enter(self) -> None:
        """Come in: sign in, open pages, and write the idea."""
        for each in self.all:
            each.enters()
        fields = {"title": "Lys på gangveien", "principles": "1", "lang": "nb", "key": "d" * 32}
        fields["body"] = "Det er mørkt på gangveien, og mange går der om morgenen."
        where = self.citizens[0].browser.sends("/havnvik/ideas", **fields)
        self.stack.idea = int(where.rsplit("/", 1)[-1])

    def begin(self) -> None:
        """Let all act."""
        for each in self.all:
            each.start()

    def do(self, more: int) -> None:
        """Wait until so many more acts were answered yes."""
        wanted = self.acked + more
        until(lambda: self.acked >= wanted or self.trouble != "", f"{more} more acts are done")
        assert self.trouble == "", self.trouble

    def stop(self) -> None:
        """Let all bring what they do to its end."""
        for each in self.all:
            each.stopped.set()
        for each in self.all:
            each.join(2 * PATIENCE)
        assert self.trouble == "", self.trouble

    @property
    def acked(self) -> int:
        """How many acts were answered yes."""
        return sum(each.acked for each in self.all)

    @property
    def retries(self) -> int:
        """How many times something was sent again."""
        return sum(each.retries for each in self.all)

    @property
    def trouble(self) -> str:
        """What somebody met that nobody should."""
        return "; ".join(each.trouble for each in self.all if each.trouble)

    @property
    def failures(self) -> Counter[str]:
        """What the server failed at, and how."""
        return Counter(
            f"{type(v).__name__}: {status}" for v in self.all for _, status in v.failures
        )

    @property
    def statuses(self) -> set[int]:
        """In which ways the server has failed so far."""
        return {status for each in self.all for _at, status in each.failures}

    def failures_since(self, moment: float) -> int:
        """Count the answers that were the server's fault."""
        return sum(at > moment for each in self.all for at, _status in each.failures)

    def _guests(self, kind: Any, run: dict[str, Any], **options: Any) -> list[Any]:
        return [kind(self.stack, n, run, who, **options) for n, who in enumerate(run["guests"])]
