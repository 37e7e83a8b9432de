"""Those who lead and help beside the leader, over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from ..accounts.intents import Asked, Intent, intend
from ..accounts.models import User
from ..core.access import actor, allows, can, me
from ..core.errors import Invalid
from ..core.forms import Form
from ..core.fragments import link
from ..core.idempotency import once
from ..extensions import limiter
from .forms import AnswerForm, HelperForm, LeaderForm, LeadForm
from .holding import is_over
from .leads import (
    answer_invitation,
    give_lead,
    hand_over,
    invite_helper,
    own_invitation,
    take_lead,
    withdraw_invitation,
)
from .models import Workshop
from .page import when
from .queries import candidates_for, invitations_to, leads_of
from .terms import ROLE_NAMES


@allows("workshops.edit", Workshop)
def leads(workshop: Workshop) -> str:
    """List who leads and helps, and who was asked."""
    return _page(workshop)


@allows("workshops.edit", Workshop)
def create_lead(workshop: Workshop) -> Any:
    """Let one of the town's people lead too, or help."""
    form = LeadForm()
    form.offer(candidates_for(workshop))
    if not form.validate_on_submit():
        return _page(workshop, lead=form), 422
    wanted = {"user_id": form.user.data, "role": form.role.data}
    said = _("Lagret. Det er sendt en e-post.")
    return _done(workshop, {"lead": form}, give_lead, said, **wanted)


@allows("workshops.help", Workshop)
def remove_lead(workshop: Workshop, person: int) -> Any:
    """Let somebody lead or help no more."""
    form = _checked(Form())
    once(form.key.data or "", actor(), take_lead, workshop, user_id=person, by=me())
    if can("workshops.edit", workshop):
        return redirect(url_for("workshops.leads", number=workshop.id), 303)
    flash(_("Du hjelper ikke lenger til på verkstedet."), "success")
    return redirect(url_for("workshops.index"), 303)


@allows("workshops.hand_over", Workshop)
def update_leader(workshop: Workshop) -> Any:
    """Hand the workshop over to somebody else."""
    form = LeaderForm()
    form.offer(candidates_for(workshop))
    if not form.validate_on_submit():
        return _page(workshop, leader=form), 422
    said = _("Verkstedet har fått en ny leder. Du er medleder.")
    return _done(workshop, {"leader": form}, hand_over, said, user_id=form.leader.data)


@allows("workshops.edit", Workshop)
@limiter.limit("60/hour")
def create_helper_invitation(workshop: Workshop) -> Any:
    """Ask somebody by mail to help."""
    form = HelperForm()
    if not form.validate_on_submit():
        return _page(workshop, helper=form), 422
    said = _("Det er sendt en e-post til %(email)s.", email=form.email.data)
    return _done(workshop, {"helper": form}, invite_helper, said, email=form.email.data)


@allows("workshops.edit", Workshop)
def remove_helper_invitation(workshop: Workshop, invitation: int) -> Any:
    """Take an invitation back."""
    form = _checked(Form())
    key = form.key.data or ""
    once(key, actor(), withdraw_invitation, workshop, number=invitation, by=me())
    return redirect(url_for("workshops.leads", number=workshop.id), 303)


@allows("workshops.answer")
def helper_invitation(invitation: int) -> str:
    """Ask somebody whether they will help."""
    found = own_invitation(invitation, g.municipality.id, me())
    return render_template(
        "workshops/helper_invitation.html", invitation=found, when=when(found.workshop),
        over=is_over(found.workshop_id),
    )  # fmt: skip


@allows("workshops.answer")
def answer_helper_invitation(invitation: int) -> Any:
    """Take the answer."""
    found = own_invitation(invitation, g.municipality.id, me())
    form = _checked(AnswerForm())
    yes = form.wanted.data == "yes"
    workshop = once(form.key.data or "", actor(), answer_invitation, found, yes=yes, by=me())
    if not yes:
        flash(_("Takk for svaret. Adressen din er slettet fra verkstedet."), "success")
        return redirect(url_for("workshops.index"), 303)
    flash(_("Takk. Du hjelper til på verkstedet."), "success")
    return redirect(url_for("workshops.show", number=workshop.id), 303)


def _done(
    workshop: Workshop, sent: dict[str, Any], action: Callable[..., Any], said: str, **wanted: Any
) -> Any:
    (form,) = sent.values()
    try:
        once(form.key.data or "", actor(), action, workshop, **wanted, by=me())
    except Invalid as refusal:
        return _page(workshop, refused=refusal.message, **sent), refusal.status
    flash(said, "success")
    if not can("workshops.edit", workshop):
        return redirect(url_for("workshops.show", number=workshop.id), 303)
    return redirect(url_for("workshops.leads", number=workshop.id), 303)


def _page(workshop: Workshop, *, refused: str = "", **forms: Any) -> str:
    found = {
        "lead": LeadForm(formdata=None),
        "leader": LeaderForm(formdata=None),
        "helper": HelperForm(formdata=None),
    } | forms
    people = candidates_for(workshop)
    beside = leads_of(workshop)
    stand = {each.user_id for each in beside}
    new = [person for person in people if person.id not in stand]
    found["lead"].offer(new)
    found["leader"].offer(people)
    return render_template(
        "workshops/leads.html",
        workshop=workshop,
        leads=beside,
        invitations=invitations_to(workshop),
        people=people,
        new=new,
        forms=found,
        role_names=ROLE_NAMES,
        refused=refused,
    )


def _checked(form: Form) -> Any:
    if not form.validate_on_submit():
        raise Invalid(_("Skjemaet er ugyldig. Last siden på nytt."))
    return form


def _question(_asked: Asked) -> str:
    # Whoever reads this may be anybody: nothing of the workshop, nor whether there is one.
    return str(
        _(
            "Du er på vei til å svare på om du vil hjelpe til på et verksted. Bruk "
            "e-postadressen som spørsmålet kom til."
        )
    )


def _to_the_question(asked: Asked, _user: User) -> str:
    return link("workshops.helper_invitation", **asked.place)


intend("workshops.helper_invitation", Intent(_question, _to_the_question))
