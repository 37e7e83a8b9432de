"""smartby as it is served, with one more event: "flood" sends to a room as the pump would."""

from gevent import monkey

monkey.patch_all()

from typing import Any  # noqa: E402

import gevent  # noqa: E402

from smartby import create_app  # noqa: E402
from smartby.extensions import socketio  # noqa: E402

HTML = f'<div class="sb-clockbox" id="clock-1" data-takes="yes">{"x" * 500}</div>'
ROOM = "town:1|nb"
app = create_app()


def flood(data: dict[str, Any]) -> None:
    gevent.spawn(_send, data["events"])


def _send(events: int) -> None:
    ops = [{"op": "replace", "target": "clock-1", "html": HTML}]
    for seq in range(events):
        socketio.emit("batch", {"stream": "room:1", "first": seq, "seq": seq, "ops": ops}, to=ROOM)
        gevent.sleep(0)  # events come one by one: each is on its way before the next is made


# Not one of smartby's commands, which are limited to ten a second.
socketio.on_event("flood", flood)
