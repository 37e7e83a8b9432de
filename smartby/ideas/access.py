"""Who may publish and edit ideas."""

from __future__ import annotations

from ..contributions.access import author
from ..core.access import blocked, rule, signed_in
from ..pipeline.access import stage_allows

rule("ideas.publish", signed_in & ~blocked)
rule("ideas.edit", author & stage_allows("edit") & ~blocked)
