"""Who has which role in a town, and invitations to roles, over HTTP."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from ..accounts.models import User
from ..core.access import actor, allows, me, public
from ..core.errors import Invalid, NotFound
from ..core.forms import Form
from ..core.idempotency import once
from ..extensions import db, limiter
from .actions import change_role, take_role
from .forms import InvitationForm, OfficeForm
from .invitations import accept, find_invitation, invite, refuse_unless_open, withdraw
from .models import Invitation, Member
from .queries import members_of, units_in_use, waiting_invitations
from .roles import role_name
from .tenancy import town_blueprint

bp = town_blueprint("municipalities", __name__)


@bp.get("/members")
@allows("town.members")
def members() -> str:
    """List who holds an office in the town, and who is invited."""
    return _members_page(InvitationForm(formdata=None, units=_units()))


@bp.post("/members/invitations")
@allows("town.members")
@limiter.limit("60/hour")
def create_invitation() -> Any:
    """Invite somebody to a role."""
    form = InvitationForm(units=_units())
    if not form.validate_on_submit():
        return _members_page(form), 422
    once(form.key.data or "", actor(), _invite, form.post())
    flash(_("Invitasjonen er sendt til %(email)s.", email=form.email.data), "success")
    return redirect(url_for("municipalities.members"), 303)


@bp.post("/members/invitations/<int:number>/withdrawal")
@allows("town.members", Invitation)
def create_withdrawal(invitation: Invitation) -> Any:
    """Take an invitation back."""
    form = _checked(Form())
    once(form.key.data or "", actor(), withdraw, invitation, by=me())
    flash(_("Invitasjonen er trukket tilbake."), "success")
    return redirect(url_for("municipalities.members"), 303)


@bp.post("/members/<int:number>")
@allows("town.members", Member)
def update_member(member: Member) -> Any:
    """Change the title and unit of a role."""
    form = OfficeForm(units=_units())
    if not form.validate_on_submit():
        return _members_page(InvitationForm(formdata=None, units=_units()), member.id, form), 422
    office: dict[str, Any] = {"title": form.title.data, "unit_id": form.unit}
    once(form.key.data or "", actor(), change_role, member, **office, by=me())
    return redirect(url_for("municipalities.members"), 303)


@bp.post("/members/<int:number>/removal")
@allows("town.members", Member)
def create_removal(member: Member) -> Any:
    """Take a role away."""
    form = _checked(Form())
    name = member.user.name
    try:
        once(form.key.data or "", actor(), take_role, g.municipality, member, by=me())
    except Invalid as error:
        flash(error.message, "danger")
    else:
        flash(_("%(name)s har ikke lenger rollen.", name=name), "success")
    return redirect(url_for("municipalities.members"), 303)


@bp.get("/invitations/<token>")
@public  # whoever holds the link may read it; the token is the key
@limiter.limit("60/minute")
def invitation(token: str) -> str:
    """Show an invitation to whoever got its link."""
    return _invitation_page(_open_invitation(token), Form())


@bp.post("/invitations/<token>")
@allows("invitations.accept")
@limiter.limit("20/minute")
def accept_invitation(token: str) -> Any:
    """Take the role that one was invited to."""
    found, form = _open_invitation(token), _checked(Form())
    if me().email != found.email:
        return _invitation_page(found, form), 403
    once(form.key.data or "", actor(), accept, g.municipality, found, by=me())
    role = role_name(found.role)
    flash(_("Du er nå %(role)s i %(town)s.", role=role, town=g.municipality.name), "success")
    return redirect(url_for("pages.town"), 303)


def _invite(wanted: Any) -> Invitation:
    return invite(g.municipality, wanted, by=me())


def _open_invitation(token: str) -> Invitation:
    found = find_invitation(g.municipality, token[:100])
    if found is None:
        raise NotFound(_("Vi finner ikke det du leter etter."))
    refuse_unless_open(found)
    return found


def _invitation_page(found: Invitation, form: Form) -> str:
    person = me()
    return render_template(
        "municipalities/invitation.html",
        form=form,
        invitation=found,
        role=role_name(found.role),
        inviter=db.session.get(User, found.invited_by_id),
        another=person.is_authenticated and person.email != found.email,
    )


def _members_page(form: InvitationForm, wrong: int = 0, changing: OfficeForm | None = None) -> str:
    units, known = _units(), members_of(g.municipality.id)
    forms = {
        m.id: changing if m.id == wrong else OfficeForm(None, obj=m, units=units) for m in known
    }
    return render_template(
        "municipalities/members.html",
        form=form,
        members=known,
        forms=forms,
        invitations=waiting_invitations(g.municipality.id),
        role_name=role_name,
    )


def _units() -> list[Any]:
    return units_in_use(g.municipality.id)


def _checked(form: Form) -> Form:
    if not form.validate_on_submit():
        raise Invalid
    return form
