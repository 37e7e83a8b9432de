"""What is missing or risky before a workshop is held, and where each thing is mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from ..core.clock import now
from ..core.formatting import clock_time
from ..core.fragments import language
from .holding import holding_of
from .kinds import kind_of
from .methods import methods
from .models import STRICT, Activity, Workshop
from .page import length
from .queries import Turnout, leads_of, steps_of, turnout
from .rules import is_finished, rules_form

BREAK = "break"
LONG_STRETCH = 90  # minutes that people sit without a break
CROWD = 60  # people whom one alone cannot help
SOON = timedelta(days=3)
STOP, RISK, NOTE = LEVELS = ("stop", "risk", "note")


@dataclass(frozen=True, slots=True)
class Ground:
    """What is true about a workshop now."""

    workshop: Workshop
    steps: list[Activity]
    turnout: Turnout
    beside: int  # how many stand beside the leader
    moment: datetime

    @property
    def most(self) -> int:
        """How many may come, as far as anybody knows."""
        return self.workshop.seats or self.turnout.seated


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to do or to know: a "stop" is in the way, a "risk" may be meant so, a "note" is."""

    key: str
    level: str
    text: str
    mend: str  # what the link says
    endpoint: str = "edit"
    anchor: str = ""
    step: int | None = None


Check = Callable[[Ground], Iterable[Finding]]


def findings(workshop: Workshop) -> list[Finding]:
    """Return what stands in the way, then what is worth a thought, then what is good to know."""
    ground = Ground(
        workshop, steps_of(workshop), turnout(workshop.id), len(leads_of(workshop)), now()
    )
    found = [finding for check in CHECKS for finding in check(ground)]
    return sorted(found, key=lambda finding: LEVELS.index(finding.level))


def _programme(ground: Ground) -> Iterable[Finding]:
    if not ground.steps:
        text = _("Programmet er tomt.")
        yield Finding("empty", STOP, text, _("Velg en metode"), "methods")


def _settings(ground: Ground) -> Iterable[Finding]:
    for place, step in enumerate(ground.steps):
        if not is_finished(kind_of(step.kind), step.rules, ground.steps[:place]):
            text = _("«%(title)s» mangler innstillinger.", title=step.title)
            yield Finding("settings", STOP, text, _("Gjør punktet ferdig"), "step", step=step.id)


def _sources(ground: Ground) -> Iterable[Finding]:
    """Tell what a vote is about where nobody has chosen among several things."""
    for place, step in enumerate(ground.steps):
        form = rules_form(kind_of(step.kind), rules=step.rules, before=ground.steps[:place])
        about = getattr(form, "falls_on", None)
        if about is not None and step.begun_at is None:
            text = _(
                "«%(title)s» gjelder det som kommer fram i «%(about)s», hvis du ikke velger annet.",
                title=step.title, about=about.title,
            )  # fmt: skip
            yield Finding("source", NOTE, text, _("Velg hva det gjelder"), "step", step=step.id)


def _doubts(ground: Ground) -> Iterable[Finding]:
    for step in ground.steps:
        doubt = kind_of(step.kind).doubts(step)
        if doubt:
            text = f"«{step.title}»: {doubt}"
            yield Finding("doubt", RISK, text, _("Gi det mer tid"), "step", step=step.id)


def _time(ground: Ground) -> Iterable[Finding]:
    workshop = ground.workshop
    last = workshop.starts_at if workshop.announced_at is None else workshop.ends_at
    if last <= ground.moment and holding_of(workshop.id) is None:
        text = _("Tidspunktet er allerede passert.")
        yield Finding("passed", STOP, text, _("Velg et nytt"), "details", "day")


def _length(ground: Ground) -> Iterable[Finding]:
    workshop, lang = ground.workshop, language()
    if workshop.ends_by is None or workshop.ends_at <= workshop.ends_by:
        return
    over = int((workshop.ends_at - workshop.ends_by).total_seconds()) // 60
    text = _(
        "Programmet er %(over)s for langt: Det er ferdig kl. %(end)s, og det må være slutt "
        "kl. %(limit)s.",
        over=length(over), end=clock_time(workshop.ends_at, lang),
        limit=clock_time(workshop.ends_by, lang),
    )  # fmt: skip
    yield Finding("too_long", STOP, text, _("Kort ned programmet"), anchor="programme")


def _breaks(ground: Ground) -> Iterable[Finding]:
    stretch = longest = 0
    for step in ground.steps:
        stretch = 0 if step.kind == BREAK else stretch + step.minutes
        longest = max(longest, stretch)
    if longest > LONG_STRETCH:
        text = _("Det går %(long)s uten pause.", long=length(longest))
        yield Finding("no_break", RISK, text, _("Legg inn en pause"), anchor="more")


def _announced(ground: Ground) -> Iterable[Finding]:
    workshop = ground.workshop
    if workshop.announced_at is None:
        text = _("Verkstedet er ikke kunngjort, så ingen kan melde seg på.")
        yield Finding("unannounced", RISK, text, _("Kunngjør"), anchor="announce")
    elif not ground.turnout.seated and workshop.starts_at - ground.moment < SOON:
        text = _("Ingen har meldt seg på ennå.")
        yield Finding("nobody", RISK, text, _("Se hvem som kommer"), "people")


def _crowd(ground: Ground) -> Iterable[Finding]:
    chosen = {step.method for step in ground.steps}
    for method in methods():
        fewest, most = method.people
        if method.key not in chosen or not ground.most or fewest <= ground.most <= most:
            continue
        text = _(
            "«%(method)s» passer for %(fewest)s til %(most)s personer, og dere er satt opp "
            "med %(count)s.",
            method=method.name[language()], fewest=fewest, most=most, count=ground.most,
        )  # fmt: skip
        yield Finding("crowd", RISK, text, _("Se de andre metodene"), "methods")


def _helpers(ground: Ground) -> Iterable[Finding]:
    if ground.most > CROWD and not ground.beside:
        text = _("Dere kan bli %(count)s, og ingen hjelper deg.", count=ground.most)
        yield Finding("alone", RISK, text, _("Finn noen som hjelper"), "leads")


def _strict(ground: Ground) -> Iterable[Finding]:
    workshop = ground.workshop
    if workshop.anonymity == STRICT and workshop.challenge_id is not None:
        text = _(
            "Ingen får vite hvem som skrev hva. Da kan heller ingen stå som medforfatter på ideene."
        )
        yield Finding("strict", RISK, text, _("Se over valget"), "details", "anonymity")


def _subject(ground: Ground) -> Iterable[Finding]:
    if ground.workshop.challenge_id is None:
        text = _("Ideene har ingen utfordring å svare på.")
        yield Finding("no_challenge", RISK, text, _("Velg en utfordring"), "details", "challenge")
    if not ground.workshop.principles:
        text = _("Ingen prinsipper er valgt, så ideene må få sine etterpå.")
        yield Finding("no_principle", RISK, text, _("Velg prinsipper"), "details", "principles")


CHECKS: tuple[Check, ...] = (
    _programme, _settings, _sources, _doubts, _time, _length, _breaks, _announced, _crowd, _helpers,
    _strict, _subject,
)  # fmt: skip


def address_of(finding: Finding, workshop: Workshop, url: Any) -> str:
    """Return where a finding is mended."""
    more = {} if finding.step is None else {"step": finding.step}
    anchor = {"_anchor": finding.anchor} if finding.anchor else {}
    address: str = url(f"workshops.{finding.endpoint}", number=workshop.id, **more, **anchor)
    return address
