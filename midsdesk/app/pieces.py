"""How a piece looks in a slot: frame, colour, letters or glyph, numbers.

Source: design, section 3.3. The rarity of a set is not in the catalog: very rare are superior sets
of level 50 that are not attuned, all other invention sets count as rare; PvP sets are those with
bonuses that work against players only.
"""

from functools import lru_cache
from typing import Final

from midsdesk.app.views import SlotFrame, SlotView
from midsdesk.edit.slots import is_attuned
from midsdesk.model.build import SlottedEnhancement
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Enhancement, EnhancementSet
from midsdesk.model.vocab import EnhancementKind, Grade, PvMode, RelativeLevel

MINUS: Final = "\u2212"
_SMALL_WORDS = frozenset({"of", "the", "and", "to", "in", "a", "an", "for", "from"})
_GLYPHS: Final = {
    "accuracy": "attr-accuracy",
    "interrupt": "attr-interrupt",
    "confuse": "attr-confuse",
    "damage": "attr-damage",
    "buff_defense": "attr-defense",
    "debuff_defense": "attr-defense",
    "recovery": "attr-recovery",
    "endurancediscount": "attr-endurance",
    "fear": "attr-fear",
    "speedflying": "attr-fly",
    "heal": "attr-heal",
    "hold": "attr-hold",
    "immobilized": "attr-immobilize",
    "jump": "attr-jump",
    "knockback": "attr-knockback",
    "range": "attr-range",
    "recharge": "attr-recharge",
    "res_damage": "attr-resistance",
    "speedrunning": "attr-run",
    "sleep": "attr-sleep",
    "slow": "attr-slow",
    "stunned": "attr-stun",
    "taunt": "attr-taunt",
    "buff_tohit": "attr-to-hit",
    "debuff_tohit": "attr-to-hit",
}
_GRADES: Final = {
    Grade.TRAINING: (SlotFrame.TRAINING, "kind.training", "training origin"),
    Grade.DUAL: (SlotFrame.DUAL, "kind.dual", "dual origin"),
    Grade.SINGLE: (SlotFrame.SINGLE, "kind.single", "single origin"),
}
_TOP_LEVEL = 50
_RELATIVE_ZERO = int(RelativeLevel.EVEN)


def empty_slot(bought_at: int, place: str, problem: str = "", inactive: bool = False) -> SlotView:
    """A slot without a piece; `place` is "slot 3 of 3"."""
    return SlotView(
        frame=SlotFrame.EMPTY,
        color="slot.empty_line",
        letters="",
        glyph="",
        level="",
        relative="",
        bought_at=bought_at,
        name="",
        spoken=f"{place}, empty, bought at {bought_at}",
        inactive=inactive,
        problem=problem,
    )


def piece_slot(
    piece: SlottedEnhancement,
    catalog: Catalog,
    bought_at: int = 0,
    place: str = "",
    *,
    inactive: bool = False,
    problem: str = "",
) -> SlotView:
    """A slot with a piece; without `place` it is a choice of the picker."""
    enhancement = catalog.enhancement(piece.enhancement)
    name = full_name(enhancement, catalog) if enhancement else piece.enhancement.replace("_", " ")
    frame, color = frame_of(enhancement, piece.grade, catalog)
    level = _level_text(piece, enhancement)
    relative = relative_text(piece.relative_level)
    spoken = [part for part in (place, name) if part]
    if level:
        spoken.append(f"level {level}{relative}")
    elif relative:
        spoken.append(f"relative level {relative}")
    if problem:
        spoken.append(problem)
    return SlotView(
        frame=frame,
        color=color,
        letters=set_letters(catalog, enhancement.set_id) if enhancement else "?",
        glyph=glyph_of(enhancement, catalog) if enhancement and not enhancement.set_id else "",
        level=level,
        relative=relative,
        bought_at=bought_at,
        name=name,
        spoken=", ".join(spoken),
        inactive=inactive or piece.relative_level == RelativeLevel.NONE,
        problem=problem,
    )


def full_name(enhancement: Enhancement, catalog: Catalog) -> str:
    """Name of a piece with its set: "Luck of the Gambler: Defense/Endurance"."""
    owner = catalog.enhancement_set(enhancement.set_id) if enhancement.set_id else None
    return f"{owner.display_name.strip()}: {enhancement.name}" if owner else enhancement.name


def relative_text(relative: RelativeLevel) -> str:
    """Relative level as it is written: "+5", "−3", "" for even."""
    if relative in (RelativeLevel.NONE, RelativeLevel.EVEN):
        return ""
    steps = int(relative) - _RELATIVE_ZERO
    return f"+{steps}" if steps > 0 else f"{MINUS}{-steps}"


def glyph_of(enhancement: Enhancement, catalog: Catalog) -> str:
    """Icon of the first attribute of an enhancement, "attr-global" where it has none."""
    names = {item.index: item.class_name for item in catalog.enhancement_classes()}
    for number in enhancement.classes:
        key = names.get(number, "").lower().removesuffix("_boost")
        if key in _GLYPHS:
            return _GLYPHS[key]
    return "attr-proc" if enhancement.is_proc else "attr-global"


def frame_of(
    enhancement: Enhancement | None, grade: Grade, catalog: Catalog
) -> tuple[SlotFrame, str]:
    """Frame and colour token of a piece by its kind."""
    if enhancement is None:
        return SlotFrame.SET, "rarity.common"
    if enhancement.kind == EnhancementKind.SET:
        return _set_frame(enhancement, catalog)
    if enhancement.kind == EnhancementKind.INVENTION:
        return SlotFrame.INVENTION, "kind.invention"
    if enhancement.kind == EnhancementKind.SPECIAL:
        return SlotFrame.SPECIAL, "kind.special"
    frame, color, _ = _GRADES.get(grade, _GRADES[Grade.SINGLE])
    return frame, color


def _set_frame(enhancement: Enhancement, catalog: Catalog) -> tuple[SlotFrame, str]:
    owner = catalog.enhancement_set(enhancement.set_id)
    attuned = is_attuned(enhancement)
    if owner is not None and _is_archetype_set(owner, catalog):
        if enhancement.superior:
            return SlotFrame.ARCHETYPE_SUPERIOR, "kind.superior"
        return SlotFrame.ARCHETYPE, "kind.archetype"
    if attuned:
        if enhancement.superior:
            return SlotFrame.SUPERIOR, "kind.superior"
        return SlotFrame.ATTUNED, "kind.attuned"
    if owner is not None and _is_pvp_set(owner):
        return SlotFrame.PVP, "kind.pvp"
    very_rare = owner is not None and _is_very_rare(owner, catalog)
    return SlotFrame.SET, "rarity.very_rare" if very_rare else "rarity.rare"


def _is_pvp_set(owner: EnhancementSet) -> bool:
    """One such bonus alone does not make a PvP set (Experienced Marksman has one)."""
    return sum(bonus.pv_mode == PvMode.PVP for bonus in owner.bonuses) > 1


def _is_very_rare(owner: EnhancementSet, catalog: Catalog) -> bool:
    if owner.level_min < _TOP_LEVEL:
        return False
    pieces = (catalog.enhancement(name) for name in owner.pieces)
    return any(piece is not None and piece.superior for piece in pieces)


def _is_archetype_set(owner: EnhancementSet, catalog: Catalog) -> bool:
    kinds = catalog.set_types()
    return owner.set_type < len(kinds) and kinds[owner.set_type].name.endswith("Archetype Sets")


def _level_text(piece: SlottedEnhancement, enhancement: Enhancement | None) -> str:
    if enhancement is None or is_attuned(enhancement):
        return ""
    if enhancement.kind in (EnhancementKind.SET, EnhancementKind.INVENTION):
        return str(piece.level)
    return ""


def set_letters(catalog: Catalog, set_id: str) -> str:
    """Letters of a set, "" for no set; see the design, section 3.3."""
    return _letters(_ByKey(catalog)).get(set_id.lower(), "") if set_id else ""


class _ByKey:
    """A catalog as a key of a cache: equal when the content is."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def __hash__(self) -> int:
        return hash(self.catalog.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByKey) and other.catalog.key == self.catalog.key


@lru_cache(maxsize=4)
def _letters(by_key: _ByKey) -> dict[str, str]:
    catalog = by_key.catalog
    letters: dict[str, str] = {}
    families: dict[tuple[int, str], dict[str, list[str]]] = {}
    for item in catalog.enhancement_sets():
        words = _words(item)
        short = _initials(words)
        letters[item.id.lower()] = short
        same = families.setdefault((item.set_type, short), {})
        same.setdefault(" ".join(words), []).append(item.id.lower())
    for clashing in families.values():
        if len(clashing) > 1:
            for name, members in clashing.items():
                for member in members:
                    letters[member] = _longer(name.split())
    return letters


def _words(item: EnhancementSet) -> list[str]:
    words = item.display_name.replace("-", " -").split()
    words = [word for word in words if not word.startswith("-")]
    if len(words) > 1 and words[0] == "Superior":
        words = words[1:]
    return [word for word in words if word.lower() not in _SMALL_WORDS] or words


def _initials(words: list[str]) -> str:
    if len(words) == 1:
        return words[0][:3].capitalize()
    return "".join(word[0].upper() for word in words[:3])


def _longer(words: list[str]) -> str:
    """Letters with the second letter of the first word, for sets whose initials clash."""
    if len(words) == 1:
        return words[0][:4].capitalize()
    return words[0][:2].capitalize() + "".join(word[0].upper() for word in words[1:2])
