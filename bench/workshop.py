"""`python -m bench workshop`: a room that joins, follows, writes and votes, beside a reference."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.installation import ROOT, Installation, free_port
from bench.readings import children, cpu_seconds, memory_kb
from bench.visitors import Visitor

EVERY = 0.2  # seconds between the facilitator's orders
CARD = {"do": "write", "body": "Lapp nummer {n} fra salen"}
DOTS = {"mark": "option:{item}=1"}
OPTIONS = ["Flere trær", "Benker i sola", "Lekeplass", "Bysykler", "Kafé", "Scene"]
REV = re.compile(r'name="rev" value="(\d+)"')
ACTIVITY = re.compile(r'name="activity" value="(\d+)"')
CODE = re.compile(r'class="sb-num">([A-Z0-9]{3})\s([A-Z0-9]{3})<')
LEADER = "sunniva@havnvik.example"


def hall(place: Installation, people: int, seconds: float, within: float) -> dict[str, Any]:
    """Measure a room of so many people: joining, following, and everybody acting.

    They come within so many seconds, and act within as many.
    """
    leader = Visitor(place.port, 7)
    leader.sign_in(LEADER, "/havnvik/workshops")
    room, voted = Room(leader, *_opened(leader)), _books(place)
    _warm(place, room.code)
    before, door = _memory(place), _cpu(place)
    with _crowd(place.port, room.code, people, within) as crowd:
        joined = crowd.reads()
        door = _cpu(place) - door
        room.order("next")
        memory, cpu, begun = _memory(place), _cpu(place), time.monotonic()
        sent = room.keeps_driving(seconds)
        took = time.monotonic() - begun
        followed = _cpu(place) - cpu
        cards = {**_storm(place, crowd, CARD), "in_the_books": room.cards()}
        room.order("next")
        dots = _storm(place, crowd, DOTS)
        heard = crowd.ends()
    return {
        "people": people,
        "within_s": within,
        "joined": len(joined["each"]),
        "outside": joined["outside"],
        "joined_in_s": round(joined["joined_in_s"], 2),
        "join_p95_s": round(_at(joined["each"], 0.95), 2),
        "join_cpu_ms_each": round(1000 * door / people, 1),
        "phones_cpu_ms_each": round(1000 * joined["cpu_s"] / people, 1),
        **_delays(sent, heard["heard"], people),
        "gaps": heard["gaps"],
        "cpu_ms_per_event": round(1000 * followed / max(1, len(sent)), 1),
        "cpu_share": round(followed / took, 2),
        "kb_per_person": round((memory - before) / people, 1),
        "cards": cards,
        "ballots": {**dots, "in_the_books": _books(place) - voted},
        "worker_mb": _memory(place) // 1024,
    }


def _warm(place: Installation, code: str) -> None:
    """Let one in first: what the first of all costs is not what each costs."""
    first = Visitor(place.port, 8)
    first.get(f"/j/{code}")
    first.get(first.sends(f"/j/{code}"))


def _storm(place: Installation, crowd: Crowd, fields: dict[str, str]) -> dict[str, Any]:
    """Let everybody do something once; return what it cost, and how long they waited."""
    cpu = _cpu(place)
    crowd.says(f"storm {json.dumps(fields)}")
    done = crowd.reads()
    acks = done["acks"]
    return {
        "acknowledged": len(acks) - done["refused"],
        "refused": done["refused"],
        "ack_p50_ms": round(1000 * _at(acks, 0.5)),
        "ack_p95_ms": round(1000 * _at(acks, 0.95)),
        "cpu_ms_each": round(1000 * (_cpu(place) - cpu) / max(1, len(acks)), 2),
    }


def steps(place: Installation, people: int) -> dict[str, Any]:
    """Measure the steps of joining and a ballot in a process of their own, layer by layer."""
    leader = Visitor(place.port, 7)
    leader.sign_in(LEADER, "/havnvik/workshops")
    room = Room(leader, *_opened(leader))
    for _step in range(2):
        room.order("next")
    found: dict[str, Any] = json.loads(place.run("-m", "bench.steps", room.code, str(people)))
    return found


def _books(place: Installation) -> int:
    """Count all ballots; stop when one of them says more than it may."""
    found = json.loads(place.run("-m", "bench.books"))
    if found["over"] or found["dots"] + found["left"] != found["budget"]:
        raise RuntimeError(f"the ballots do not add up: {found}")
    return int(found["ballots"])


def reference(people: int, seconds: float) -> dict[str, Any]:
    """Measure Node's socket.io at sending the like to as many."""
    node, port = shutil.which("node"), free_port()
    if node is None:
        return {"missing": "node"}
    script = str(Path(__file__).parent / "reference.mjs")
    with subprocess.Popen([node, script, str(port)], stdin=subprocess.PIPE, text=True) as server:
        time.sleep(1)
        with _crowd(port, "-", people, 0) as crowd:
            crowd.reads()
            sent: dict[int, float] = {}
            begun = time.monotonic()
            for number in range(1, int(seconds / EVERY) + 1):
                time.sleep(max(0.0, begun + number * EVERY - time.monotonic()))
                sent[number] = time.monotonic()
                _tell(server, str(number))
            heard = crowd.ends()
        server.terminate()
    return {"people": people, **_delays(sent, heard["heard"], people)}


@dataclass
class Room:
    """A workshop that is on, and whoever leads it."""

    leader: Visitor
    path: str
    code: str

    def order(self, name: str, rev: str = "") -> str:
        """Give an order; return the console as it is then."""
        page = self.leader.get(f"{self.path}/console")[1] if not rev else ""
        on = ACTIVITY.search(page)
        if on:
            self.activity = on[1]
        found = REV.search(page)
        sent = {"do": name, "rev": rev or (found[1] if found else "0")}
        sent["activity"] = getattr(self, "activity", "")
        status = self.leader.post(f"{self.path}/console", **sent)
        if status >= 400:
            raise RuntimeError(f"{name} was answered with {status}")
        return page

    def keeps_driving(self, seconds: float) -> dict[int, float]:
        """Give five orders a second that every screen shows; return when each was sent."""
        page = self.leader.get(f"{self.path}/console")[1]
        found, on = REV.search(page), ACTIVITY.search(page)
        rev, self.activity = int(found[1]) if found else 0, on[1] if on else ""
        sent: dict[int, float] = {}
        begun = time.monotonic()
        for turn in range(int(seconds / EVERY)):
            time.sleep(max(0.0, begun + turn * EVERY - time.monotonic()))
            sent[turn] = time.monotonic()
            self.order("resume" if turn % 2 else "pause", str(rev + turn))
        return sent

    def cards(self) -> int:
        """Read from the console how many cards there are."""
        page = self.leader.get(f"{self.path}/console")[1]
        found = re.search(r"<dt>lapper</dt><dd>(\d+)</dd>", page)
        return int(found[1]) if found else -1


class Crowd:
    """The phones, in a process of their own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def reads(self) -> dict[str, Any]:
        """Read a line of JSON."""
        line = self.process.stdout.readline() if self.process.stdout else ""
        if not line:
            raise RuntimeError("the phones have left")
        found: dict[str, Any] = json.loads(line)
        return found

    def says(self, line: str) -> None:
        """Tell the phones to do something."""
        if self.process.stdin:
            self.process.stdin.write(f"{line}\n")
            self.process.stdin.flush()

    def ends(self) -> dict[str, Any]:
        """Let the phones stop, and read what they have heard."""
        if self.process.stdin:
            self.process.stdin.close()
        return self.reads()


@contextmanager
def _crowd(port: int, code: str, people: int, storm: float) -> Iterator[Crowd]:
    command = [sys.executable, "-m", "bench.crowd", str(port), code, str(people), str(storm)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Crowd(process)
        finally:
            process.terminate()


def _opened(leader: Visitor) -> tuple[str, str]:
    """Plan a brainstorm and a vote with dots, open the doors; return the path and the code."""
    fields = {
        "title": "Hvor fort går det?", "purpose": "Å måle.", "day": "2031-05-12", "time": "18:00",
        "place": "Salen", "lang": "nb",
    }  # fmt: skip
    _status, _page = leader.get("/havnvik/workshops/new")
    where = leader.sends("/havnvik/workshops", **fields)
    path = where.rpartition("/")[0]
    leader.sends(f"{path}/programme", kind="brainstorm", title="Hva mangler?", minutes="60")
    dots = {"kind": "dots", "title": "Hva først?", "minutes": "60"}
    settings = {"options": "\n".join(OPTIONS), "budget": "3", "blind": "y"}
    rules = {"rules-of": "dots"} | {f"rules-{name}": text for name, text in settings.items()}
    leader.sends(leader.sends(f"{path}/programme", **dots), **dots, **rules)
    leader.sends(f"{path}/doors", sure="yes")
    found = CODE.search(leader.get(f"{path}/console")[1])
    if found is None:
        raise RuntimeError("the doors are not open")
    return path, found[1] + found[2]


def _delays(sent: dict[int, float], heard: list[list[list[float]]], people: int) -> dict[str, Any]:
    """Set what each phone heard against when it was sent.

    The n-th order is the n-th event after what the first of the phones had heard by then; what
    comes when the orders are over is none of theirs.
    """
    begun = min(sent.values())
    before = max((int(seq) for each in heard for seq, at in each if at < begun), default=0)
    delays, missing = [], 0
    for each in heard:
        for turn, moment in enumerate(sorted(sent.values()), 1):
            # Two orders may come as one batch: whatever is newer says it too.
            later = [at for seq, at in each if seq >= before + turn]
            if later:
                delays.append(1000 * (min(later) - moment))
            else:
                missing += 1
    delays.sort()
    return {
        "events": len(sent),
        "p50_ms": round(_at(delays, 0.5), 1),
        "p95_ms": round(_at(delays, 0.95), 1),
        "p99_ms": round(_at(delays, 0.99), 1),
        "deliveries_missing": missing,
    }


def _at(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, int(len(values) * share))] if values else -1.0


def _tell(server: subprocess.Popen[str], line: str) -> None:
    if server.stdin:
        server.stdin.write(f"{line}\n")
        server.stdin.flush()


def _workers(place: Installation) -> list[int]:
    return children(place.server.pid) if place.server else []


def _memory(place: Installation) -> int:
    return sum(memory_kb(pid) for pid in _workers(place))


def _cpu(place: Installation) -> float:
    return sum(cpu_seconds(pid) for pid in _workers(place))
