"""What is kept about people, table by table: the privacy page is made from this list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from ..accounts.sessions import CITIZEN, STAFF
from ..municipalities.invitations import LIFE

TASK = _l("Oppgave i allmennhetens interesse, personvernforordningen artikkel 6 nr. 1 bokstav e")
# What somebody writes about their town may show what they think in politics.
OPINION = _l(
    "Oppgave i allmennhetens interesse, artikkel 6 nr. 1 bokstav e. Sier teksten noe om hva du "
    "mener politisk, er det du selv som gjør det offentlig, artikkel 9 nr. 2 bokstav e"
)
WHILE_ACCOUNT = _l("Så lenge du har bruker.")


@dataclass(frozen=True, slots=True)
class Purpose:
    """One purpose: what is kept for it, who sees it, why we may, and for how long."""

    title: Any
    kept: Any
    seen_by: Any
    basis: Any
    time: Any
    tables: tuple[str, ...]


def inventory() -> tuple[Purpose, ...]:
    """Return every purpose; a test sees to it that no table about people is left out."""
    return _PURPOSES


_PURPOSES = (
    Purpose(
        _l("Bruker"),
        _l("Navnet du viser, e-posten din, språket du har valgt, og et avtrykk av passordet."),
        _l("Navnet vises ved det du skriver. E-posten ser bare du og de som drifter løsningen."),
        TASK,
        WHILE_ACCOUNT,
        ("user_account",),
    ),
    Purpose(
        _l("Innlogging"),
        _l("Hvilke enheter du er logget inn på, når, og et avtrykk av nøkkelen i nettleseren din."),
        _l("Bare du."),
        TASK,
        _l(
            "%(citizen)s dager, for ansatte %(staff)s timer, eller til du logger ut.",
            citizen=CITIZEN[1].days,
            staff=STAFF[1].seconds // 3600,
        ),
        ("user_session", "mailed_link"),
    ),
    Purpose(
        _l("Ideer, utfordringer og kommentarer"),
        _l("Det du skriver, tidligere versjoner av det, navnet ditt og tidspunktet."),
        _l("Alle. Det du skriver i et kommunalt ordskifte, er offentlig."),
        OPINION,
        _l("Til du sletter det. Har kommunen svart, blir svaret stående."),
        ("contribution", "contribution_version", "comment"),
    ),
    Purpose(
        _l("Støtte og stemmer"),
        _l("Hva du støtter, og hvilke kommentarer du synes er nyttige."),
        _l("Bare du. Andre ser antallet, aldri hvem."),
        TASK,
        _l("Til du tar den tilbake eller sletter brukeren."),
        ("support", "useful"),
    ),
    Purpose(
        _l("Kladder og tekst du ikke har sendt"),
        _l("Det du har begynt på, slik at det ikke går tapt når du logger inn eller tar en pause."),
        _l("Bare du."),
        TASK,
        _l("Til du publiserer eller forkaster det."),
        ("draft", "held_text"),
    ),
    Purpose(
        _l("Roller i kommunen"),
        _l("Hvem som har hvilken rolle, tittel og enhet, og hvem som er invitert til en rolle."),
        _l(
            "Alle ser tittel og enhet når noen svarer for kommunen. Resten ser kommunens "
            "administratorer."
        ),
        TASK,
        _l("Til rollen tas bort. En invitasjon gjelder i %(days)s dager.", days=LIFE.days),
        ("member", "invitation"),
    ),
    Purpose(
        _l("Svar og vedtak"),
        _l("Hva kommunen har svart og besluttet, når, av hvem og hvorfor."),
        _l("Alle. Innbyggere som sletter brukeren sin, står uten navn."),
        TASK,
        _l("Varig. Protokollen skal kunne kontrolleres av hvem som helst, også om mange år."),
        ("answer", "ledger_entry", "ledger_person"),
    ),
    Purpose(
        _l("E-post vi sender deg"),
        _l("Adressen og emnet. Teksten slettes når e-posten er sendt."),
        _l("De som drifter løsningen."),
        TASK,
        WHILE_ACCOUNT,
        ("mail",),
    ),
    Purpose(
        _l("Påmelding til verksteder"),
        _l("Hvilke verksteder du er påmeldt eller venter på plass i, og når du meldte deg på."),
        _l("Du og de som leder verkstedet. Navnet på den som leder, vises for alle."),
        TASK,
        _l("Til du melder deg av, eller så lenge du har bruker."),
        ("sign_up", "workshop"),
    ),
    Purpose(
        _l("De som leder og hjelper på verksteder"),
        _l("Hvem som er medleder eller hjelper, og e-posten til den som er spurt om å hjelpe."),
        _l("Alle ser hvem som leder. Resten ser de som leder verkstedet."),
        TASK,
        _l("Til rollen tas bort. En e-post slettes ved svar, og senest dagen etter verkstedet."),
        ("workshop_lead", "helper_invitation"),
    ),
    Purpose(
        _l("Å delta i verksteder"),
        _l(
            "Navnet du velger å oppgi, når du kom, og om du er koblet til en bruker."
            " Hvem som åpnet dørene."
        ),
        _l("De som leder verkstedet mens det pågår. De andre bare når verkstedet er med navn."),
        TASK,
        _l("I 30 dager etter verkstedet. Det rommet laget, blir værende uten navn."),
        ("participant", "run", "card_vote"),
    ),
    Purpose(
        _l("Stemmer i verksteder"),
        _l("Hva du stemmer, merket med nummeret ditt som deltaker."),
        _l("Bare du. De andre og de som leder, ser summene, aldri hvem."),
        TASK,
        _l(
            "I 30 dager fører merket til deg, deretter til ingen. I verksteder der ingen kan se"
            " hvem som har skrevet hva, kan heller ikke vi se hvem som har stemt hva."
        ),
        ("ballot", "vote"),
    ),
    Purpose(
        _l("Å bli nevnt på det som kom ut av verksteder"),
        _l(
            "At du hadde del i en idé eller utfordring, hvis du ba om å bli nevnt."
            " Hvem som publiserte den."
        ),
        _l("Alle som leser ideen eller utfordringen."),
        _l("Samtykke, personvernforordningen artikkel 6 nr. 1 bokstav a"),
        _l("Til du tar bort navnet der det står, eller sletter brukeren."),
        ("contributor", "outcome"),
    ),
)
