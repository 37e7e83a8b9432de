"""The bench's own client and report; the figures themselves are taken by `python -m bench`."""

from __future__ import annotations

import json
import os
import resource
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from bench import __main__ as bench_main
from bench import client, figures, idle, readings, scenarios
from bench.installation import ROOT
from bench.listeners import frame_end
from bench.phones import Phone
from bench.report import END, START, fill, merged

RESULTS: dict[str, Any] = {
    "machine": {
        "command": "python -m bench --seconds 9",
        "date": "2026-11-23",
        "cores": 4,
        "cpu": "some processor",
        "python": "3.13.0",
        "load_from": "wrk",
        "connections": 16,
        "seconds": 4,
        "busy": 0.5,
    },
    "databases": {
        "SQLite": {
            "subjects": {"ideas": 2000, "supports": 20000, "comments": 4000},
            "list": {
                "req_per_s": 900, "p50_ms": 1.0, "p99_ms": 3.0, "cpu_ms": 1.1, "html_kb": 30,
                "gzip_kb": 6,
            },
            "support": {
                "req_per_s": 300, "p50_ms": 4.0, "p99_ms": 9.0, "cpu_ms": 3.1,
                "spread": {"cpu_ms": [3.0, 3.3]},
            },
            "idle": {
                "sockets": 900, "wanted": 10_000, "kb_per_socket": 51.0, "opened_in_s": 9.0,
                "cpu_share": 0.021, "lost": 0,
            },
            "memory_mb": {"started": 90, "pages": 149, "after": 151},
        }
    },
}  # fmt: skip


GROWN: dict[str, Any] = {
    "machine": RESULTS["machine"] | {"command": "python -m bench growth"},
    "databases": {
        "SQLite": {
            "growth": {
                "sizes": {
                    "10000": {"list": 4.0, "seeded_in_s": 12},
                    "100000": {"list": 4.1, "seeded_in_s": 120},
                    "1000000": {"list": 4.4, "seeded_in_s": 1300},
                },
                "ratio": {"list": 1.1},
            }
        }
    },
}


def test_the_report_replaces_only_the_figures() -> None:
    page = f"# Before\n\n{START}\n\nold\n{END}\nAfter\n"
    once = fill(page, merged([RESULTS]))
    assert once.startswith("# Before\n")
    assert once.endswith("After\n")
    assert "old" not in once
    assert "| List of 20 ideas, anonymous, kept | 900 | 1.0 | 3.0 | 1.1 | ≤ 1.8 | 30 (6) |" in once
    assert "| 3.1 (3.0–3.3) | ≤ 1.3: **missed** |" in once
    assert "900 sockets that hear nothing (10,000 were wanted): 51.0 kB each" in once
    assert "`python -m bench --seconds 9`: taken 2026-11-23 on 4 cores" in once
    assert "149 MB after pages and writes (budget ≤ 150: held), 151 MB after the sockets" in once
    assert fill(once, merged([RESULTS])) == once


def test_a_page_without_a_place_for_figures_is_left_alone() -> None:
    with pytest.raises(ValueError, match="no place"):
        fill("# Performance\n", merged([RESULTS]))


def test_several_runs_make_one_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"{START}\n{END}")
    command = ["bench", "report", "--page", str(page)]
    for number, found in enumerate((RESULTS, GROWN)):
        file = tmp_path / f"{number}.json"
        file.write_text(json.dumps(found))
        command += ["--from", str(file)]
    monkeypatch.setattr("sys.argv", command)
    assert bench_main.main() == 0
    told = page.read_text()
    assert "2,000 ideas, 20,000 supports" in told
    assert "| List of 20 ideas, anonymous, kept | 4.0 | 4.1 | 4.4 | 1.1 |" in told
    assert "1,000,000 ideas in 1300 s" in told
    assert "`python -m bench growth`: taken" in told


def test_every_scenario_has_a_file_and_a_title() -> None:
    folder = Path(bench_main.__file__).parent / "scenarios"
    assert {file.stem for file in folder.glob("[a-z]*.py")} == set(scenarios.ORDER)
    assert all(scenarios.TITLES.values())
    assert scenarios.ORDER[-3:] == scenarios.LISTENED == ("delivery", "idle", "start")


def test_a_bench_that_is_not_done_in_time_leaves_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench", "--db", "sqlite", "--minutes", "0.05"]
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and done.stdout == ""
    assert "not done after 0.05 minutes: stopped" in done.stderr
    assert [each.name for each in tmp_path.iterdir()] == []


def test_as_many_files_may_be_open_as_the_machine_lets_us() -> None:
    most = idle.most_files()
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (most, most)


@pytest.fixture
def server() -> Iterator[int]:
    """A server that answers each connection's requests, one in four with 429."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        threading.Thread(target=_serve, args=(listener,), daemon=True).start()
        yield listener.getsockname()[1]


def _serve(listener: socket.socket) -> None:
    while True:
        try:
            connection, _address = listener.accept()
        except OSError:
            return
        threading.Thread(target=_answer, args=(connection,), daemon=True).start()


def _answer(connection: socket.socket) -> None:
    count = 0
    with connection, suppress(OSError):
        while connection.recv(65_536):
            count += 1
            status = b"429 Too Many Requests" if count % 4 == 0 else b"200 OK"
            # In two pieces, as large pages come.
            connection.sendall(b"HTTP/1.1 " + status + b"\r\nContent-Length: 5\r\n\r\nhe")
            connection.sendall(b"llo")


def test_our_own_client_counts_answers_and_failures(server: int, tmp_path: Path) -> None:
    file = tmp_path / "requests"
    request = {"method": "GET", "path": "/", "headers": {"Host": "x"}, "body": ""}
    file.write_text(json.dumps([request]))
    found = client.main(server, str(file), 3, 0.3)
    assert found["requests"] > 12
    assert 0 < found["failed"] <= found["requests"] / 4
    assert 0 < found["p50_ms"] <= found["p99_ms"]


def test_every_request_has_a_number_and_an_address_of_its_own() -> None:
    request = {"method": "POST", "path": "/c", "headers": {}, "body": "key={n}"}
    source = client.messages([request])
    first, second = next(source), next(source)
    assert first != second
    assert b"{n}" not in first
    assert b"X-Forwarded-For: 10." in first


@pytest.mark.parametrize(("size", "start"), [(5, 2), (125, 2), (126, 4), (70_000, 10)])
def test_frames_of_every_length_are_told_apart(size: int, start: int) -> None:
    length = (
        bytes([size])
        if size < 126
        else b"\x7e" + size.to_bytes(2, "big")
        if size < 65_536
        else b"\x7f" + size.to_bytes(8, "big")
    )
    assert frame_end(b"\x81" + length + b"x" * size) == (start, start + size)
    assert frame_end(b"\x81") is None


def test_the_kernel_is_asked_about_processes() -> None:
    assert readings.cpu_seconds(os.getpid()) > 0
    assert readings.memory_kb(os.getpid()) > 1000


def test_rounds_become_a_median_with_its_spread() -> None:
    found = figures.medians([{"cpu_ms": 3.0}, {"cpu_ms": 1.0}, {"cpu_ms": 2.0}])
    assert found == {"cpu_ms": 2.0, "spread": {"cpu_ms": [1.0, 3.0]}}


def audience(people: int, per_s: list[float], cpu: list[float]) -> dict[str, Any]:
    rounds = [{"per_s": rate, "cpu_ms": time} for rate, time in zip(per_s, cpu, strict=True)]
    return {"people": people, "direct": figures.medians(rounds)}


def test_only_what_is_worse_beyond_noise_is_told() -> None:
    before = {"deliveries": [audience(9, [90, 100, 110], [2.0, 2.1, 2.2])]}
    faster = {"deliveries": [audience(9, [300, 310, 320], [1.0, 1.1, 1.2])]}
    overlapping = {"deliveries": [audience(9, [50, 60, 95], [2.2, 2.9, 3.0])]}
    slower = {
        "deliveries": [audience(5, [1, 1, 1], [9, 9, 9]), audience(9, [50, 60, 80], [3, 3, 3])]
    }
    assert figures.regressions(before, faster) == []
    assert figures.regressions(before, overlapping) == []
    assert figures.regressions(before, slower) == [
        "deliveries 9 direct per_s: 100 → 60",
        "deliveries 9 direct cpu_ms: 2.1 → 3",
    ]
    assert figures.regressions(before, before) == []


def test_the_bench_says_what_it_can_measure(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench_main.catalogue().startswith("pages")
    assert bench_main.compared({}, {}) == 0
    worse = {"x": figures.medians([{"cpu_ms": 9.0}])}
    assert bench_main.compared({"x": figures.medians([{"cpu_ms": 1.0}])}, worse) == 1
    assert "worse: x cpu_ms: 1.0 → 9.0" in capsys.readouterr().err


def test_a_phone_knows_what_is_on_from_what_it_hears() -> None:
    phone = Phone(0, 1)
    html = '<section><input type="hidden" name="activity" value="26" form="act"></section>'
    batch = {"stream": "room:9", "first": 4, "seq": 4, "ops": [{"op": "replace", "html": html}]}
    phone._hear(b"42" + json.dumps(["batch", batch]).encode())
    assert phone.activity == "26"
    phone._hear(b"42" + json.dumps(["batch", {**batch, "first": 6, "seq": 6, "ops": []}]).encode())
    assert (phone.activity, phone.gaps) == ("26", 1)
    assert [seq for seq, _moment in phone.heard] == [4, 6]
