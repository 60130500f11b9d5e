"""Identities: the game's own names, never positions in a list.

Full names look like `Group.Set.Power`. Comparison ignores case where sources differ; the catalog
does that, an id itself is written as the source writes it.
"""

from typing import NewType

ArchetypeId = NewType("ArchetypeId", str)
PowersetId = NewType("PowersetId", str)
PowerId = NewType("PowerId", str)
EntityId = NewType("EntityId", str)
EnhancementId = NewType("EnhancementId", str)
EnhancementSetId = NewType("EnhancementSetId", str)
