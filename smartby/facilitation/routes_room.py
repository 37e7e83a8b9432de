"""The participant's page, and what participants do on it."""

from __future__ import annotations

from typing import Any

from flask import Response, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from limits import parse

from ..core.access import me, missing, public
from ..core.error_pages import wants_json
from ..core.errors import NotFound, Refusal
from ..core.guests import kept_secret
from ..core.idempotency import once
from ..core.live import followed, heads
from ..core.locale import for_guests
from ..core.pace import keep_pace
from ..core.routes import json_response
from ..core.transaction import answer_tab, commit_together, reached
from .acts import Deed, act
from .identity import mark_of, participant_cookie, participant_of
from .models import Participant, Run
from .play import play_of, said
from .streams import person
from .streams import room as room_stream
from .views import me_html, personal, stage_html
from .words import return_words


class LetGo(NotFound):
    """Somebody's secret opens nothing: they have changed phones, or were shown out."""


NOTHING_AMISS: dict[str, Any] = {
    "refused": "", "kept": {}, "proxy": False, "act": "", "own": "",
}  # fmt: skip
RATE = parse("20/10 seconds")  # of one person


@public  # the secret in the browser decides
@for_guests
def room(number: int) -> Any:
    """Show what is on in a workshop to one who takes part; to one who was let go, the way back."""
    try:
        run, participant = _entered(number)
    except LetGo:
        return render_template("facilitation/out.html"), LetGo.status
    return _page(run, participant)


@public  # the secret in the browser decides
@for_guests
def do(number: int) -> Any:
    """Do something in the activity that is on: write a card, vote, raise a hand."""
    run, participant = _entered(number)
    # The mark, and not the person: under strict anonymity what is kept of an act must not say who.
    mark = mark_of(run, participant)
    keep_pace(RATE, "deed", mark, _("Du er raskere enn vi rekker. Vent noen sekunder."))
    sent = request.form.to_dict()
    verb, fields = said(sent, play_of(run.activity).acts if run.activity else {})
    deed = Deed(verb, fields.pop("activity", ""), fields)
    answer_tab(request.headers.get("X-Tab", ""))
    commit_together(room_stream(run))
    try:
        once(request.form.get("key", "")[:64], mark, act, run, participant, deed)
    except Refusal as refusal:
        if wants_json() or refusal.status not in (409, 422):
            raise
        return _page(run, participant, refused=refusal.message, kept=sent), refusal.status
    if wants_json():
        return json_response({"parts": personal(run, participant), **_standing(participant)})
    return redirect(url_for("facilitation.room", number=run.id), 303)


@public  # the secret in the browser decides
@for_guests
def own(number: int) -> Response:
    """Return what is a participant's own, as fragments."""
    return json_response({"parts": personal(*_entered(number))})


def _entered(number: int) -> tuple[Run, Participant]:
    """Find a run of this town and who asks in it; raise NotFound.

    A browser that keeps a secret which opens nothing (any more) is told so: in the same words
    whether or not there is such a workshop, since anybody can make such a secret up.
    """
    found = participant_of(number, me())
    if found is not None and found.municipality_id == g.municipality.id:
        return found.run, found
    if kept_secret(participant_cookie(number)) is None:
        raise missing()
    raise LetGo(_("Du er ikke lenger med i verkstedet på denne enheten."))


def _standing(participant: Participant) -> dict[str, Any]:
    """Say how far a participant's stream is by what they did: an answer may come late."""
    stream = person(participant)
    number = reached(stream)
    return {} if number is None else {"stream": stream, "at": number}


def _page(run: Run, participant: Participant, **values: Any) -> str:
    streams = room_stream(run), person(participant)
    numbers = heads(streams)
    secret = kept_secret(participant_cookie(run.id))
    return render_template(
        "facilitation/room.html", run=run, workshop=run.workshop, participant=participant,
        stage=stage_html(run, participant, at=numbers[streams[0]]),
        me=me_html(run, participant), streams=followed(numbers),
        words=return_words(secret) if secret else "", **NOTHING_AMISS | values,
    )  # fmt: skip
