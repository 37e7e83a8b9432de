"""What the roles are called, and what each may do, in words."""

from __future__ import annotations

from flask_babel import gettext as _


def role_name(role: str) -> str:
    """Return a role's name in the language of the page."""
    names: dict[str, str] = {
        "citizen": _("innbygger"),
        "facilitator": _("verkstedleder"),
        "moderator": _("moderator"),
        "administrator": _("administrator"),
    }
    return names[role]


def role_tasks() -> list[tuple[str, str]]:
    """Return each role's name and what it is for, from the least rights to the most."""
    tasks = {
        "citizen": _("Skriver ideer, støtter, kommenterer og følger med på hva det blir av dem."),
        "facilitator": _("Planlegger og leder verksteder der mange tenker sammen."),
        "moderator": _(
            "Vurderer ideer, flytter dem langs løpet og svarer på vegne av en enhet i kommunen."
        ),
        "administrator": _(
            "Styrer utseende, enheter og løp, og bestemmer hvem som har hvilken rolle."
        ),
    }
    return [(role_name(role), text) for role, text in tasks.items()]
