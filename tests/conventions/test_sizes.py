"""Small files: 300 lines at most."""

from __future__ import annotations

from tests.conventions.sources import ROOT, files

LIMIT = 300
FOLDERS = ("smartby", "tests", "tools", "bench")


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    ours = [path for name in FOLDERS for path in files(ROOT / name, ".py", ".html", ".css", ".js")]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in ours}
    assert {name: length for name, length in lengths.items() if length > LIMIT} == {}
