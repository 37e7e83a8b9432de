"""smartby as it is served, with one more command: it posts events of all sizes without a pause."""

from gevent import monkey

monkey.patch_all()

from collections.abc import Iterable  # noqa: E402
from typing import Any  # noqa: E402

import gevent  # noqa: E402

from smartby import create_app  # noqa: E402
from smartby.core import pump as pumping  # noqa: E402
from smartby.core.live import Op, shows  # noqa: E402
from smartby.core.sockets import command  # noqa: E402
from smartby.core.transaction import perform, post  # noqa: E402
from tests.core.loud import AT_ONCE, PORTION, STREAM, text_of  # noqa: E402


@shows("test.loud")
def loud_ops(number: int) -> Iterable[Op]:
    return [{"op": "replace", "target": f"t{number}", "html": text_of(number)}]


@command("loud")
def loud(last: Any) -> dict[str, int]:
    gevent.spawn(_shout, last + 1)
    return {}


def _shout(begin: int) -> None:
    with app.app_context():
        for first in range(begin, begin + PORTION, AT_ONCE):
            perform(_say, first)
            gevent.sleep(0)  # on SQLite nothing in a transaction waits: the pump would get no turn


def _say(first: int) -> None:
    for number in range(first, first + AT_ONCE):
        post(STREAM, "test.loud", number=number)


pumping.SPACING = pumping.TOTALS_SPACING = 0.0  # a frame for every few events
app = create_app()
