"""A grid of made-up bars that shows every state; used by tests and by the picture of all states."""

from typing import Any

from midsdesk.app.views import Bar, BarKind, Grid, Lamp, SlotFrame, SlotView
from midsdesk.model.ids import PowerId

_KIND = {SlotFrame.INVENTION: "kind.invention", SlotFrame.SPECIAL: "kind.special"}


def slot(
    letters: str = "",
    frame: SlotFrame = SlotFrame.SET,
    color: str = "",
    level: str = "50",
    bought: int = 31,
    **more: Any,
) -> SlotView:
    """A slot as the application would describe it."""
    values: dict[str, Any] = {"glyph": "", "relative": "", **more}
    name = letters or values["glyph"]
    return SlotView(
        frame=frame,
        color=color or _KIND.get(frame, "rarity.rare"),
        letters=letters,
        level=level,
        bought_at=bought,
        name=name,
        spoken=f"{name}, level {level}" if level else name,
        **values,
    )


def empty(bought: int) -> SlotView:
    """A slot with nothing in it."""
    spoken = f"empty, bought at {bought}"
    return SlotView(SlotFrame.EMPTY, "slot.empty_line", "", "", "", "", bought, "empty", spoken)


def bar(entry: int, level: int, name: str, *slots: SlotView, **more: Any) -> Bar:
    """A bar; keywords change what is not ordinary."""
    values: dict[str, Any] = {
        "kind": BarKind.PICK,
        "activation": "click",
        "included": True,
        "lamp": Lamp.NONE,
        "proc_lamp": Lamp.NONE,
        "problem": "",
        "ghost_level": 0,
        "ghost_reason": "",
        "spoken": f"{name or 'empty'}, pick {level}, {len(slots)} slots",
        **more,
    }
    return Bar(entry=entry, level=level, name=name, power=PowerId(name), slots=slots, **values)


_ON: dict[str, Any] = {"activation": "toggle", "lamp": Lamp.ON}
_OFF: dict[str, Any] = {"activation": "toggle", "lamp": Lamp.OFF, "included": False}
_APO = slot("Apo", color="rarity.very_rare", bought=20)
_RING = SlotFrame.INVENTION


def _picks() -> tuple[Bar, ...]:
    boosted = slot(frame=SlotFrame.SPECIAL, glyph="attr-damage", relative="+1", bought=34)
    recharge = slot(frame=_RING, glyph="attr-recharge", bought=19)
    recharge5 = slot(frame=_RING, glyph="attr-recharge", relative="+5", bought=6)
    crossed = slot("SW", SlotFrame.PVP, "kind.pvp")
    low = slot("Kis", color="rarity.uncommon", level="30")
    origin = (
        slot("", SlotFrame.TRAINING, "kind.training", "", glyph="attr-accuracy"),
        slot("", SlotFrame.DUAL, "kind.dual", "", glyph="attr-damage"),
        slot("", SlotFrame.SINGLE, "kind.single", "", glyph="attr-heal", relative="+3"),
        slot("OF", SlotFrame.ATTUNED, "kind.attuned", ""),
        slot("DB", SlotFrame.ARCHETYPE, "kind.archetype", ""),
        slot("DB", SlotFrame.ARCHETYPE_SUPERIOR, "kind.superior", ""),
    )
    odd = (
        slot("WB", SlotFrame.SUPERIOR, "kind.superior", ""),
        slot("PB", inactive=True),
        slot("LG", problem="Unique, and slotted twice"),
    )
    long_name = "A name so long that it cannot end before the lamps"
    return (
        bar(0, 20, "Blaze", _APO, _APO, _APO, _APO, _APO, boosted),
        bar(1, 6, "Hasten", recharge5, recharge, empty(21), **_ON, ghost_level=23),
        bar(2, 24, "Weave", slot("LG"), crossed, low, **_ON),
        bar(3, 30, "Super Speed", slot("BZ", bought=30), **_OFF),
        bar(4, 44, "Tactics", slot("GSF"), slot("GSF"), problem="Too many slots", **_ON),
        bar(5, 20, "Blaze with procs", _APO, proc_lamp=Lamp.ON, **_ON),
        bar(6, 20, "Procs off", _APO, proc_lamp=Lamp.OFF, **_ON),
        bar(7, 26, "", kind=BarKind.NEXT, activation=""),
        bar(8, 28, "", kind=BarKind.EMPTY, activation=""),
        bar(9, 1, "Of all kinds", *origin),
        bar(10, 1, "Odd ones", *odd),
        bar(11, 35, long_name, slot("LG"), proc_lamp=Lamp.ON, **_ON),
    )


def _others() -> tuple[Bar, ...]:
    auto: dict[str, Any] = {"kind": BarKind.INHERENT, "activation": "auto", "lamp": Lamp.ON}
    plain: dict[str, Any] = {"kind": BarKind.INHERENT}
    return (
        bar(12, 2, "Health", slot("NC"), slot("Mir", level="40"), **auto),
        bar(13, 2, "Stamina", slot("PS"), **auto),
        bar(14, 1, "Brawl", empty(1), **plain, included=False),
        bar(15, 2, "Hurdle", empty(2), **auto),
        bar(16, 1, "Defiance", **auto),
        bar(17, 28, "Quick Form", **plain, **_OFF),
        bar(18, 50, "Musculature Core Paragon", **auto),
        bar(19, 50, "Ion Core Final Judgement", **plain),
        bar(20, 50, "Reactive Radial Flawless Interface", **auto),
        bar(21, 50, "Ageless Core Epiphany", **auto),
    )


def states() -> Grid:
    """Every state of bars and slots."""
    return Grid(_picks(), _others())
