"""Sending one request, and what has to hold whatever it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from werkzeug.wrappers import Response

from tests.hostile.requests import Request
from tests.hostile.world import World

# What reading may leave behind: when one last looked at what is new.
MAY_BE_NOTED = {"my.index": {"user_account"}}
TEXT = re.compile(r"<main.*?>(.*?)</main>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")


def problems(world: World, request: Request) -> list[str]:
    """Send a request; return what does not hold, and leave the world as it was."""
    if request.cold:
        world.installation.forget()
    written, heard = world.unheard()
    try:
        answer = request.send(world.app, world.people[request.role])
    except Exception as error:  # an error while an error is told
        world.restore()
        return [f"raised {error!r}"]
    found = [*_in_answer(answer), *(f"logged {line}" for line in heard)]
    reads = request.method == "GET" or answer.status_code >= 400
    if reads and written - MAY_BE_NOTED.get(request.endpoint, set()):
        found.append(f"{answer.status_code} and yet wrote {sorted(written)}")
    if written and not found:
        found += world.wrong(written)
    world.restore()
    return found


def _in_answer(answer: Response) -> Iterator[str]:
    if answer.status_code >= 500:
        yield f"answered {answer.status}"
    elif answer.status_code >= 400 and not _says_something(answer):
        yield f"{answer.status} without words: {answer.get_data()[:200]!r}"
    if answer.location and urlsplit(answer.location).netloc not in ("", "localhost"):
        yield f"led to {answer.location}"


def _says_something(answer: Response) -> bool:
    if answer.is_json:
        content = answer.get_json()
        return bool(content.get("message")) if isinstance(content, dict) else False
    said = answer.get_data(as_text=True)
    main = TEXT.search(said)
    return len(TAG.sub("", main[1] if main else said).split()) >= 2
