"""What the numbers of a power are on the two data sets, and of which kind each difference is.

Every power that both the data of December 2020 and those of December 2025 hold is calculated on
both, for an archetype that can have it. Numbers are compared as a player sees them: those of the
power itself, and magnitude, duration, chance of each effect. A kind is told from the two sides
alone, never by looking a power up in a list.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from midsdesk.calc.engine import Engine
from midsdesk.model.build import Build, PowerEntry
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Effect, Power
from midsdesk.model.totals import FinalEffect, PowerNumbers
from midsdesk.model.vocab import Attribute, DamageType, PowersetKind, PvMode, Scaling

FIGURES = (
    "accuracy_multiplier",
    "endurance_cost",
    "recharge",
    "cast_time",
    "interrupt_time",
    "activate_period",
    "range",
    "range_secondary",
    "radius",
    "arc",
    "max_targets",
)
# Attributes that move no number of a character: which power gives, fires, stops which.
BOOKKEEPING = frozenset(
    {
        Attribute.GRANT_POWER,
        Attribute.REVOKE_POWER,
        Attribute.EXECUTE_POWER,
        Attribute.RECHARGE_POWER,
        Attribute.CHANCE_MODIFIER,
        Attribute.SET_MODE,
        Attribute.UNSET_MODE,
        Attribute.TOKEN_ADD,
        Attribute.NULL,
        Attribute.SUMMON,
    }
)
KINDS = (
    PowersetKind.PRIMARY,
    PowersetKind.SECONDARY,
    PowersetKind.POOL,
    PowersetKind.ANCILLARY,
    PowersetKind.INHERENT,
    PowersetKind.INCARNATE,
)
EVERYBODY = "Class_Blaster"
LIKE = 1e-3

Key = tuple[int, int, int, int]
Own = Callable[[str, Key, bool], str]
Same = Callable[[FinalEffect, FinalEffect], bool]


@dataclass
class Tally:
    """What was found.

    Attributes:
        equal: Numbers that are the same on both sides.
        kinds: Kind -> how many differ so; examples: kind -> the first few, for people.
        powers: How many powers were compared; same: of them without any difference.
        alike: Powers whose records both sources give alike; broken: those of them whose numbers
            differ all the same.
    """

    equal: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    powers: int = 0
    same: int = 0
    alike: int = 0
    broken: list[str] = field(default_factory=list)

    def differs(self, kind: str, example: str) -> None:
        """Count one difference."""
        self.kinds[kind] += 1
        if len(self.examples[kind]) < 5:
            self.examples[kind].append(example)


def compare(old: Catalog, new: Catalog, own: Own | None = None) -> Tally:
    """Compare all powers both catalogs have.

    Args:
        old: The data of 2020.
        new: Today's.
        own: Tells the kind of an effect one side alone has, by what the server says.
    """
    own = own or unexplained
    tally = Tally()
    engines = Engine(old), Engine(new)
    for archetype, powers in groups(old, new):
        builds = [
            Build(
                archetype=archetype,  # type: ignore[arg-type]
                entries=tuple(PowerEntry(pair[side].id, 49) for pair in powers),
                pick_count=0,
            )
            for side in (0, 1)
        ]
        answers = [engine.calculate(build) for engine, build in zip(engines, builds, strict=True)]
        for index, pair in enumerate(powers):
            numbers = [each.power(index) for each in answers]
            if numbers[0] is None or numbers[1] is None:
                continue
            before = sum(tally.kinds.values())
            _power(tally, pair, (numbers[0], numbers[1]), own)
            tally.powers += 1
            equal = sum(tally.kinds.values()) == before
            tally.same += equal
            if _agrees(pair, old, new, archetype):
                tally.alike += 1
                if not equal:
                    tally.broken.append(pair[1].id)
    return tally


def _agrees(pair: tuple[Power, Power], old: Catalog, new: Catalog, archetype: str) -> bool:
    """Whether both sources give a power the same records: its own numbers, all its effects, and
    the values of the tables these name.

    A power that leads on to others (pets, redirects, powers given) agrees with nothing: its numbers
    rest on theirs.
    """
    first, second = pair
    figures = [tuple(getattr(power, name) for name in RECORD) for power in pair]
    if not all(like(float(a), float(b)) for a, b in zip(*figures, strict=True)):
        return False
    if any(effect.attribute in LEADING for power in pair for effect in power.effects):
        return False
    rows = [Counter(_row(effect) for effect in power.effects) for power in pair]
    tables = {effect.modifier_table for effect in (*first.effects, *second.effects)}
    return rows[0] == rows[1] and all(
        like(_value(old, archetype, name), _value(new, archetype, name)) for name in tables
    )


def _value(catalog: Catalog, archetype: str, table: str) -> float:
    """A table's value for an archetype at level 50."""
    known = catalog.archetype(archetype)
    return catalog.modifier(table, 50, known.column) if known else 0.0


RECORD = (
    "accuracy",
    "endurance_cost",
    "recharge_time",
    "cast_time",
    "interrupt_time",
    "activate_period",
    "range",
    "radius",
    "arc",
    "max_targets",
    "activation",
    "effect_area",
)
LEADING = frozenset(
    {
        Attribute.SUMMON,
        Attribute.POWER_REDIRECT,
        Attribute.GRANT_POWER,
        Attribute.EXECUTE_POWER,
        Attribute.CHANCE_MODIFIER,
    }
)


def _row(effect: Effect) -> tuple[object, ...]:
    return (
        effect.attribute,
        effect.damage_type,
        effect.status,
        effect.modifies,
        effect.modifier_table.lower(),
        round(effect.scale, 4),
        round(effect.magnitude, 4),
        round(effect.duration, 3),
        round(effect.probability, 3),
        max(1, effect.ticks),
        effect.pv_mode,
        effect.scaling,
        effect.aspect,
        effect.special_case,
        effect.conditions,
        effect.magnitude_expression,
        effect.duration_expression,
    )


def groups(old: Catalog, new: Catalog) -> Iterator[tuple[str, list[tuple[Power, Power]]]]:
    """Yield archetype and pairs of powers, set by set; each power once."""
    former = {now.lower(): before for before, now in new.power_aliases().items()}
    seen: set[str] = set()
    playable = [each for each in new.archetypes() if each.playable]
    for archetype in playable:
        for powerset in new.powersets_of(archetype.id):
            yield from _pairs(old, new, former, seen, archetype.id, powerset.id)
    for powerset in new.powersets():
        if powerset.kind in (PowersetKind.INHERENT, PowersetKind.INCARNATE):
            yield from _pairs(old, new, former, seen, EVERYBODY, powerset.id)


def _pairs(
    old: Catalog, new: Catalog, former: dict[str, str], seen: set[str], archetype: str, name: str
) -> Iterator[tuple[str, list[tuple[Power, Power]]]]:
    found = []
    for power in new.powers(name):
        if power.id.lower() in seen:
            continue
        seen.add(power.id.lower())
        before = old.power(former.get(power.id.lower(), power.id))
        if before is not None:
            found.append((before, power))
    if found:
        yield archetype, found


def _power(
    tally: Tally,
    pair: tuple[Power, Power],
    numbers: tuple[PowerNumbers, PowerNumbers],
    own: Own,
) -> None:
    name = pair[1].id
    fires = [any(e.attribute == Attribute.POWER_REDIRECT for e in each.effects) for each in pair]
    redirected = fires[0] != fires[1] or (
        fires[0] and numbers[0].redirected_to != numbers[1].redirected_to
    )
    for figure in FIGURES:
        before, now = (float(getattr(each.base, figure)) for each in numbers)
        if like(before, now):
            tally.equal += 1
            continue
        kind = "figure: the power fires another one" if redirected else f"figure: {figure}"
        tally.differs(kind, f"{name} {figure} {before:g} -> {now:g}")
    sides = [_rows(each) for each in numbers]
    for key in sorted(sides[0].keys() | sides[1].keys()):
        _effects(tally, name, key, sides[0].get(key, []), sides[1].get(key, []), redirected, own)


def like(one: float, other: float) -> bool:
    """Whether two numbers are the same for a player."""
    return abs(one - other) <= LIKE * max(1.0, abs(one), abs(other))


def _rows(numbers: PowerNumbers) -> dict[Key, list[FinalEffect]]:
    found: dict[Key, list[FinalEffect]] = defaultdict(list)
    for each in numbers.effects:
        effect = each.effect
        key = (effect.attribute, effect.damage_type, effect.status, effect.modifies)
        if effect.attribute != Attribute.POWER_REDIRECT:
            found[key].append(each)
    return found


def signature(each: FinalEffect) -> tuple[float, ...]:
    """What a player sees of an effect."""
    return (
        each.base_magnitude,
        each.base_duration,
        each.base_probability,
        max(1, each.ticks),
        each.effect.pv_mode,
    )


def _paired(
    gone: list[FinalEffect], new: list[FinalEffect], same: Same
) -> Iterator[tuple[FinalEffect, FinalEffect]]:
    """Take pairs that are alike out of both lists."""
    for one in list(gone):
        other = next((each for each in new if same(one, each)), None)
        if other is not None:
            gone.remove(one)
            new.remove(other)
            yield one, other


def _effects(
    tally: Tally,
    name: str,
    key: Key,
    before: list[FinalEffect],
    now: list[FinalEffect],
    redirected: bool,
    own: Own,
) -> None:
    gone, new = list(before), list(now)
    tally.equal += sum(1 for _ in _paired(gone, new, _but()))
    if not gone and not new:
        return
    shown = f"{name} {Attribute(key[0]).name} {key[1:]}"
    if redirected:
        tally.kinds["effect: the power fires another one"] += max(len(gone), len(new))
        return
    # First the pairs that differ in one thing alone, then what has no partner.
    for kind, same in PAIRED:
        for one, other in _paired(gone, new, same):
            text = f"{shown} {_text(one)} -> {_text(other)}"
            tally.differs(f"effect: {kind}", text)
    for side, rows, others in (("in 2020", gone, now), ("today", new, before)):
        for each in rows:
            kind = alone(key, each, others)
            if kind == OWN:
                source = (each.source or name) if side == "today" else name
                kind = own(source, key, side == "today")
                if source.lower() != name.lower() and kind != UNKNOWN:
                    kind = "effect of a power it gives or fires"
            tally.differs(f"only {side}: {kind}", f"{shown} {_text(each)}")


def _text(each: FinalEffect) -> str:
    return " ".join(f"{number:g}" for number in signature(each))


def _but(*but: int) -> Same:
    """Return whether two effects are alike in all that a player sees but these places."""

    def same(one: FinalEffect, other: FinalEffect) -> bool:
        pairs = zip(signature(one), signature(other), strict=True)
        return all(
            index in but or like(float(left), float(right))
            for index, (left, right) in enumerate(pairs)
        )

    return same


def _same_scale_other_table(one: FinalEffect, other: FinalEffect) -> bool:
    left, right = one.effect, other.effect
    tables = left.modifier_table.lower() != right.modifier_table.lower()
    return tables and like(left.scale, right.scale) and left.pv_mode == right.pv_mode


def _same_table_other_scale(one: FinalEffect, other: FinalEffect) -> bool:
    left, right = one.effect, other.effect
    tables = left.modifier_table.lower() == right.modifier_table.lower()
    return tables and left.pv_mode == right.pv_mode


def _same_scale_same_table(one: FinalEffect, other: FinalEffect) -> bool:
    return _same_table_other_scale(one, other) and all(
        like(getattr(one.effect, name), getattr(other.effect, name))
        for name in ("scale", "magnitude")
    )


def _other_formula(one: FinalEffect, other: FinalEffect) -> bool:
    texts = [each.effect.magnitude_expression for each in (one, other)]
    return texts[0] != texts[1] and _formula(one, other) is False and any(texts)


def _formula(one: FinalEffect, other: FinalEffect) -> bool:
    return (one.effect.scaling == Scaling.EXPRESSION) != (
        other.effect.scaling == Scaling.EXPRESSION
    )


def _pvp(one: FinalEffect, other: FinalEffect) -> bool:
    return one.effect.pv_mode == other.effect.pv_mode == PvMode.PVP


MAGNITUDE, DURATION, CHANCE, TICKS, SCOPE = range(5)
PAIRED: tuple[tuple[str, Same], ...] = (
    ("chance", _but(CHANCE)),
    ("duration", _but(DURATION)),
    ("number of ticks", _but(TICKS)),
    ("duration and ticks", _but(DURATION, TICKS)),
    ("in PvE, PvP or both", _but(SCOPE)),
    ("against players", _pvp),
    ("the same scale on another table", _same_scale_other_table),
    ("another formula", _other_formula),
    ("the same scale, the table has another value", _same_scale_same_table),
    ("magnitude", _but(MAGNITUDE)),
    ("a formula instead of a number", _formula),
    ("another scale on the same table", _same_table_other_scale),
)


def alone(key: Key, each: FinalEffect, others: Sequence[FinalEffect]) -> str:
    """Of which kind an effect is that the other side does not have."""
    effect = each.effect
    if effect.pv_mode == PvMode.PVP:
        return "effect on players"
    if effect.attribute in BOOKKEEPING:
        return "which power gives or fires which"
    if effect.attribute == Attribute.DEFENSE and effect.damage_type == DamageType.TOXIC:
        return "defense against toxic"
    if effect.conditions or effect.special_case:
        return "effect under a condition"
    if each.absorbed:
        return "effect of a pet"
    if others:
        return "the same effect in another number of rows"
    return OWN


OWN = "an effect of its own"
UNKNOWN = "unknown"


def unexplained(_name: str, _key: Key, _today: bool) -> str:
    """Nobody looks up what the server says."""
    return UNKNOWN
