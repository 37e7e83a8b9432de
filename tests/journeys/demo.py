"""The demo as a stranger meets it, for journeys that need believable content."""

from __future__ import annotations

from smartby.seeds.content import read
from smartby.seeds.world import PASSPHRASE as PASSWORD
from tests.serving import Smartby

_emails = {person["key"]: person["email"] for person in read().people}
SIGNINS = {
    "citizen": _emails["kari"],
    "moderator": _emails["ingrid"],
    "administrator": _emails["hanne"],
}
__all__ = ["PASSWORD", "SIGNINS", "Demo"]


class Demo(Smartby):
    """An installation planted by `flask seed`."""

    def plant(self) -> None:
        """Plant the demo instead of the tests' people."""
        done = self.flask("seed")
        if done.returncode != 0:
            raise RuntimeError(done.stdout + done.stderr)
