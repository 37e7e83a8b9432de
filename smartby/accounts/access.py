"""Who may do what with an account."""

from __future__ import annotations

from ..core.access import rule, signed_in

rule("account.own", signed_in)
