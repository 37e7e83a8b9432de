"""Who may support."""

from __future__ import annotations

from ..core.access import anyone, blocked, rule, signed_in
from ..pipeline.access import stage_allows

rule("support.give", signed_in & ~blocked & stage_allows("support"))
rule("support.ask", anyone)
