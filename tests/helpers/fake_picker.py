"""A made-up source for the picker, and hands to work it with."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from midsdesk.app.views import PickerCategory, PickerTab, PieceView, SetView, SlotFrame
from midsdesk.model.build import SlottedEnhancement
from midsdesk.model.ids import EnhancementId
from midsdesk.model.vocab import RelativeLevel
from midsdesk.ui.picker.overlay import PickerOverlay
from midsdesk.ui.picker.source import LevelLimits, PickerHeading, PickerStart, Wish
from tests.helpers.fake_views import enhancement_set, piece, slot

BAR = QRect(698, 285, 210, 60)


class FakeSource:
    """A power in which five pieces of Apocalypse sit already; answers at once."""

    def __init__(self, tab: PickerTab = PickerTab.SET, sets: int = 7) -> None:
        self.heading = PickerHeading("Blaze", 6, 6, 34)
        self.start = PickerStart(tab, "ranged", wish=Wish(50))
        self.asked: list[tuple[str, Wish]] = []
        self._names = [
            ("Apocalypse", "Apo", "rarity.very_rare", 5),
            ("Thunderstrike", "Thu", "rarity.rare", 0),
            ("Winter's Bite", "WB", "kind.superior", 0), ("Devastation", "Dev", "rarity.rare", 0),
            ("Decimation", "Dec", "rarity.rare", 1), ("Ruin", "Rui", "rarity.uncommon", 0),
            ("Entropic Chaos", "EC", "rarity.uncommon", 0),
        ]  # fmt: skip
        while len(self._names) < sets:
            self._names.append((f"Made-up {len(self._names)}", "MU", "rarity.rare", 0))

    def categories(self, tab: PickerTab) -> tuple[PickerCategory, ...]:
        """See `PickerSource`."""
        return {
            PickerTab.REGULAR: (
                PickerCategory("single", "Single origin", 6),
                PickerCategory("dual", "Dual origin", 6),
                PickerCategory("training", "Training", 6),
            ),
            PickerTab.SPECIAL: (
                PickerCategory("hamidon", "Hamidon", 2), PickerCategory("titan", "Titan", 2),
            ),
            PickerTab.SET: (
                PickerCategory("in-power", "In this power", 2),
                PickerCategory("ranged", "Ranged Damage", 7),
                PickerCategory("universal", "Universal Damage", 3),
                PickerCategory("blaster", "Blaster Archetype", 2),
            ),
        }.get(tab, ())  # fmt: skip

    def sets(self, category: str, wish: Wish) -> tuple[SetView, ...]:
        """See `PickerSource`."""
        shown = self._names[:2] if category == "in-power" else self._names
        return tuple(
            enhancement_set(name, letters, color, str(min(wish.level, 50)), slotted,
                            SlotFrame.SUPERIOR if "Bite" in name else SlotFrame.SET)
            for name, letters, color, slotted in shown
        )  # fmt: skip

    def pieces(self, tab: PickerTab, category: str, wish: Wish) -> tuple[PieceView, ...]:
        """See `PickerSource`."""
        frame, color = {
            PickerTab.REGULAR: {"single": (SlotFrame.SINGLE, "kind.single"),
                                "dual": (SlotFrame.DUAL, "kind.dual"),
                                "training": (SlotFrame.TRAINING, "kind.training")}.get(
                category, (SlotFrame.SINGLE, "kind.single")),
            PickerTab.SPECIAL: (SlotFrame.SPECIAL, "kind.special"),
        }.get(tab, (SlotFrame.INVENTION, "kind.invention"))  # fmt: skip
        steps = int(wish.relative) - int(RelativeLevel.EVEN)
        relative = f"+{steps}" if steps > 0 else ""
        level = str(wish.level) if tab is PickerTab.INVENTION else ""
        return tuple(
            piece(f"{name.title()}", slot(frame, color, "", level, glyph=f"attr-{name}",
                                          relative=relative, name=name.title()),
                  f"{name.title()}, schedule A, +42.4 %")
            for name in ("accuracy", "damage", "endurance", "range", "recharge", "to-hit",
                         "interrupt", "knockback")
        )  # fmt: skip

    def search(self, text: str, wish: Wish) -> tuple[PieceView, ...]:
        """See `PickerSource`; "zzz" finds nothing."""
        self.asked.append((text, wish))
        if "zzz" in text:
            return ()
        level, rare = str(wish.level), "rarity.rare"
        starts = "Starts a set, bonus needs more pieces"
        return (
            piece("Apocalypse: Chance of Damage",
                  slot(color="rarity.very_rare", letters="Apo", level=level),
                  "unique · completes 6 of 6, adds (6)", group="Completes a set in this power",
                  deltas=(("+5.00 ranged", True), ("−29.4 damage", False))),
            piece("Thunderstrike", slot(color=rare, letters="Thu", level=level),
                  "(3) +2.5 %, (6) +3.75 % ranged", group=starts,
                  deltas=(("−12.1 damage", False),)),
            piece("Winter's Bite", slot(SlotFrame.SUPERIOR, "kind.superior", "WB", ""),
                  "(5) +5 % ranged defense · attuned", group=starts,
                  deltas=(("−8.8 damage", False),)),
            piece("Devastation", slot(color=rare, letters="Dev", level=level),
                  "(6) +3.75 % ranged defense", group=starts,
                  deltas=(("−10.3 damage", False),)),
            piece("Sting of the Manticore", slot(color=rare, letters="SM", level=level),
                  refused="Sniper attacks only · Blazing Bolt takes it", group="Cannot go here"),
            piece("Defiant Barrage", slot(SlotFrame.ARCHETYPE, "kind.archetype", "DB", ""),
                  refused="Superior form already in Fire Blast", group="Cannot go here"),
        )  # fmt: skip

    def set_of(self, enhancement: EnhancementId, wish: Wish) -> SetView | None:
        """See `PickerSource`."""
        owner = enhancement.partition(":")[0].replace("_", " ")
        return next((found for found in self.sets("", wish) if found.name == owner), None)

    def limits(self, tab: PickerTab, enhancement: EnhancementId | None) -> LevelLimits:
        """See `PickerSource`."""
        even = RelativeLevel.EVEN
        if tab is PickerTab.REGULAR:
            return LevelLimits(1, 50, 50, False, RelativeLevel.MINUS_3, RelativeLevel.PLUS_3)
        if tab is PickerTab.SPECIAL:
            return LevelLimits(1, 50, 50, False, RelativeLevel.MINUS_3, RelativeLevel.PLUS_3)
        lowest = 10 if tab is PickerTab.SET or enhancement else 1
        return LevelLimits(lowest, 50, 50, True, even, RelativeLevel.PLUS_5)

    def make(self, enhancement: EnhancementId, category: str, wish: Wish) -> SlottedEnhancement:
        """See `PickerSource`."""
        return SlottedEnhancement(enhancement, wish.level, relative_level=wish.relative)

    def deltas(
        self, enhancement: EnhancementId, category: str, wish: Wish
    ) -> tuple[tuple[str, bool], ...]:
        """See `PickerSource`."""
        return (("+3.00 % recharge", True),) if "Recharge" in enhancement else ()


class Heard:
    """Everything the picker said."""

    def __init__(self, picker: PickerOverlay) -> None:
        self.chosen: list[SlottedEnhancement | None] = []
        self.filled: list[str] = []
        self.previewed: list[SlottedEnhancement | None] = []
        self.refused: list[str] = []
        self.closed = 0
        picker.chosen.connect(self.chosen.append)
        picker.fill_requested.connect(self.filled.append)
        picker.previewed.connect(self.previewed.append)
        picker.refused.connect(self.refused.append)
        picker.closed.connect(self._close)

    def _close(self) -> None:
        self.closed += 1


def window_with_field(qtbot: QtBot) -> QWidget:
    """Return a shown window in which a field has the focus."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1440, 900)
    field = QLineEdit(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    field.setFocus()
    return made


def show(picker: PickerOverlay, tab: PickerTab = PickerTab.SET, sets: int = 7) -> FakeSource:
    source = FakeSource(tab, sets)
    picker.open_beside(source, BAR)
    return source


def press(picker: PickerOverlay, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(picker.search_field, key, modifiers or Qt.KeyboardModifier.NoModifier)


def write(picker: PickerOverlay, text: str) -> None:
    QTest.keyClicks(picker.search_field, text)


def click_row(qtbot: QtBot, picker: PickerOverlay, row: int) -> None:
    place = picker.list.visualRect(picker.list.pieces.index(row)).center()
    qtbot.mouseClick(picker.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def name(picker: PickerOverlay) -> str:
    assert picker.current is not None
    return picker.current.name
