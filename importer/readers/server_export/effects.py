"""Templates of the export to effects of a planner (reference, A.5 and B.4)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from sys import intern
from typing import Any, Final

from importer import expressions
from importer.expressions import Tree
from importer.mhd import layout
from importer.readers.json_export import as_single
from importer.readers.server_export import attribs, conditions, lists
from importer.readers.server_export.attribs import Meaning
from importer.readers.server_export.choices import (
    Case,
    Chooser,
    Owner,
    only_self,
    others_only,
    special_of,
)
from importer.readers.server_export.groups import Frame, flat
from importer.readers.server_export.numbers import Numbers, numbers, seconds
from importer.source import Finding, Values
from importer.transform import UNUSED_VALUES
from midsdesk.model.vocab import (
    Attribute,
    Entities,
    PvMode,
    ToWho,
)

_SCOPES: Final = {"EITHER": PvMode.ANY, "PVE_ONLY": PvMode.PVE, "PVP_ONLY": PvMode.PVP}
_STACKS: Final = frozenset({"Stack", "Continuous", "Refresh"})
_SELF_TARGETS: Final = frozenset({"Self", "SelfAndPets"})
_DEFAULT_LIMIT: Final = 2
_REST: Final = dict(
    zip(
        layout.EFFECT.names,
        (each.kind for each in layout.EFFECT.fields),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Made:
    """One effect and what the record has no place for."""

    values: Values
    condition: Tree | None
    formulas: Mapping[str, Tree]
    extra: Mapping[str, Any]


def flag_names(flags: Sequence[str]) -> frozenset[str]:
    """Return flags without the number behind each name."""
    return frozenset(flag.partition(" (")[0] for flag in flags)


def effect_id(table: str) -> str:
    """Return what an effect without tag is called: its table's name after the underscore."""
    return intern(table.partition("_")[2] or table or "Ones")


class Maker:
    """Makes the effects of powers; one for a whole export."""

    def __init__(self, reader: conditions.Reader) -> None:
        self._chooser = Chooser(reader)
        self.pseudo_pets: dict[str, Mapping[str, Any]] = {}
        self.without_type: dict[tuple[str, str], int] = {}
        self.findings: list[Finding] = []
        self._reported: set[str] = set()

    def effects(self, owner: Owner, power: Mapping[str, Any]) -> Iterator[Made]:
        """Yield the effects of a power: its redirects, when it fires, when it hits or ticks."""
        yield from self._redirects(owner, power)
        for part in ("activation_effects", "effects"):
            for frame, template in flat(power.get(part) or ()):
                self._check(owner, frame, template)
                extra = {"when": "activated"} if part == "activation_effects" else {}
                yield from self._template(owner, frame, template, extra)

    def _check(self, owner: Owner, frame: Frame, template: Mapping[str, Any]) -> None:
        texts = [template.get("magnitude_expression"), template.get("duration_expression")]
        trees = [expressions.parse(text) for text in texts if text]
        unread = [tree[1] for tree in trees if not expressions.is_read(tree)]
        unread += [leaf[1] for leaf in _unread(frame.condition)]
        for text in unread:
            if text not in self._reported:
                self._reported.add(text)
                message = f"The expression {text[:120]!r} cannot be read and counts as never."
                self.findings.append(Finding("warning", "powers", f"power {owner.name}", message))

    # -- redirects --------------------------------------------------------------------------

    def _redirects(self, owner: Owner, power: Mapping[str, Any]) -> Iterator[Made]:
        """The first entry whose condition holds is fired instead: each excludes those before."""
        before: Tree | None = None
        for entry in power.get("redirect") or ():
            condition = expressions.parse(entry.get("condition_expression") or "Always")
            own = None if condition == ("name", "Always") else condition
            whole = expressions.both(before, own)
            frame = Frame(condition=whole)
            meaning = Meaning(Attribute.POWER_REDIRECT)
            for case in self._chooser.choices(owner, frame, reaches_self=False):
                counted = Numbers(scale=1.0, magnitude=1.0)
                values = self._values(owner, frame, meaning, counted, case)
                values["redirect"] = intern(entry["name"])
                values["to_who"] = int(ToWho.UNSPECIFIED)
                yield Made(_packed(values), whole, {}, {})
            before = expressions.both(before, ("not", own or expressions.TRUE))

    # -- templates --------------------------------------------------------------------------

    def _template(
        self, owner: Owner, frame: Frame, template: Mapping[str, Any], extra: dict[str, Any]
    ) -> Iterator[Made]:
        counted = numbers(owner.numbers, template)
        extra = {**extra, **_extra(frame, template)}
        who = self._who(owner, frame, template)
        for attrib in template["attribs"]:
            meaning = attribs.meaning(attrib, template["aspect"])
            if meaning is None:
                key = (attrib, template["aspect"])
                self.without_type[key] = self.without_type.get(key, 0) + 1
                continue
            for case in self._chooser.choices(owner, frame, reaches_self=who == ToWho.SELF):
                values = self._values(owner, frame, meaning, counted, case)
                values["to_who"] = int(who)
                _from_template(values, frame, template, counted)
                for named in self._named(owner, meaning.attribute, template):
                    yield Made(
                        _packed({**values, **named}), frame.condition, counted.formulas, extra
                    )

    @staticmethod
    def _who(owner: Owner, frame: Frame, template: Mapping[str, Any]) -> ToWho:
        if template.get("target") in _SELF_TARGETS or only_self(frame.condition):
            return ToWho.SELF
        if owner.mask & lists.FOES or others_only(frame.condition):
            return ToWho.TARGET
        # An ally's power that does not reach its owner is nothing for the owner's sums.
        return ToWho.ALL if not owner.mask or owner.mask & Entities.CASTER else ToWho.TARGET

    @staticmethod
    def _values(
        owner: Owner,
        frame: Frame,
        meaning: Meaning,
        counted: Numbers,
        case: Case,
    ) -> dict[str, Any]:
        special, choice = special_of(frame.tags, case.choice)
        return {
            **_BLANK,
            "power": owner.name,
            "attribute": int(meaning.attribute),
            "damage_type": int(meaning.damage_type),
            "status": int(meaning.status),
            "modifies": int(meaning.modifies),
            "special_case": special,
            "conditions": conditions.pairs(choice),
            "only_class": f"Class_{_titled(case.archetype)}" if case.archetype else "",
            "pv_mode": int(_SCOPES.get(case.scope, PvMode.ANY)),
            "probability": as_single(frame.chance),
            "delay": as_single(frame.delay),
            "ppm": as_single(frame.ppm),
            "requires_to_hit": "HitRollSuccess" in frame.flags,
            "scale": as_single(counted.scale),
            "magnitude": as_single(counted.magnitude),
            "duration": as_single(counted.duration),
            "scaling": int(counted.scaling),
            "magnitude_expression": counted.magnitude_text,
            "duration_expression": counted.duration_text,
        }

    def _named(
        self, owner: Owner, attribute: int, template: Mapping[str, Any]
    ) -> list[dict[str, str]]:
        """Return what an effect names: one row for each entity, power or tag."""
        params = template.get("params") or {}
        powers = params.get("power_names") or ()
        match attribute:
            case Attribute.SUMMON:
                return [{"summon": self._entity(owner, params)}]
            case Attribute.GRANT_POWER | Attribute.EXECUTE_POWER | Attribute.RECHARGE_POWER:
                return [{"summon": intern(name)} for name in powers] or [{}]
            case Attribute.REVOKE_POWER:
                return [{"reward": intern(name)} for name in powers] or [{}]
            case Attribute.CHANCE_MODIFIER:
                return [{"reward": intern(tag)} for tag in params.get("tags") or ()] or [{}]
            case Attribute.SET_MODE | Attribute.UNSET_MODE:
                mode = template.get("mode_name") or ", ".join(params.get("tags") or ())
                return [{"reward": mode}]
            case Attribute.TOKEN_ADD:
                return [{"reward": token} for token in params.get("tokens") or ()] or [{}]
        return [{}]

    def _entity(self, owner: Owner, params: Mapping[str, Any]) -> str:
        if params.get("entity_def"):
            return intern(params["entity_def"])
        if not params.get("redirects"):
            return ""
        number = 1
        stem = "PseudoPet_" + "_".join(owner.name.split(".")[:3])
        while (name := stem if number == 1 else f"{stem}_{number}") in self.pseudo_pets:
            if self.pseudo_pets[name] == params:
                return name
            number += 1
        self.pseudo_pets[name] = params
        return name


def _unread(tree: Tree | None) -> Iterator[Tree]:
    if tree is None or not isinstance(tree, tuple) or not tree:
        return
    if tree[0] == "text":
        yield tree
    for part in tree[1:]:
        if isinstance(part, tuple):
            yield from _unread(part)


def _titled(archetype: str) -> str:
    return "_".join(part.capitalize() for part in archetype.split("_"))


def _from_template(
    values: dict[str, Any], frame: Frame, template: Mapping[str, Any], counted: Numbers
) -> None:
    flags = flag_names(template.get("flags") or ())
    period = float(template.get("application_period") or 0.0)
    table = template.get("table") or ""
    chance = frame.chance * float(template.get("tick_chance", 1.0))
    values["probability"] = as_single(chance)
    values["delay"] = as_single(frame.delay + float(template.get("delay") or 0.0))
    values["ticks"] = int(counted.duration / period + 1e-6) + 1 if period > 0 else 0
    values["stacking"] = int(template.get("stack", "Stack") in _STACKS)
    values["suppression"] = _suppression(template)
    values["buffable"] = "IgnoreStrength" not in flags
    values["resistible"] = "IgnoreResistance" not in flags
    values["near_ground"] = "NearGround" in flags
    values["cancel_on_miss"] = "CancelOnMiss" in flags
    values["ignores_ed"] = "BoostIgnoreDiminishing" in flags
    values["aspect"] = int(attribs.ASPECTS.get(template["aspect"], 0))
    values["modifier_table"] = intern(table)
    values["effect_id"] = intern(frame.tags[-1]) if frame.tags else effect_id(table)


def _suppression(template: Mapping[str, Any]) -> int:
    known = lists.event_flags()
    names = [each["event"] for each in template.get("suppress_events") or ()]
    names += template.get("cancel_events") or ()
    return lists.bits(names, known)


def _extra(frame: Frame, template: Mapping[str, Any]) -> dict[str, Any]:
    """Return what no field holds; rest values are left out (a stack limit of 2 is one)."""
    extra: dict[str, Any] = {}
    if frame.tags:
        extra["tags"] = frame.tags
    if frame.ring:
        extra["ring"] = frame.ring
    if template.get("stack") not in ("Stack", None):
        extra["stack"] = template["stack"]
    limit = template.get("stack_limit", _DEFAULT_LIMIT)
    if limit != _DEFAULT_LIMIT or template.get("stack") == "StackToLimit":
        extra["stack_limit"] = limit
    if template.get("stack_key"):
        extra["stack_key"] = template["stack_key"]
    if template.get("application_type") not in ("OnTick", None):
        extra["applies"] = template["application_type"]
    names = lists.event_names()
    suppressed = {
        names.get(each["event"], each["event"]): each.get("post_event_duration", 0.0)
        for each in template.get("suppress_events") or ()
    }
    if suppressed:
        extra["suppressed_s"] = suppressed
    count = (template.get("params") or {}).get("count", 1)
    if count != 1:
        extra["count"] = count
    if seconds(template.get("duration") or "") is None:
        extra["endless"] = True
    return extra


_BLANK: Final[dict[str, Any]] = {
    name: {"i": 0, "f": 0.0, "?": False, "": ""}.get(getattr(kind, "value", ""), ())
    for name, kind in _REST.items()
}
_BLANK.update(
    original=UNUSED_VALUES,
    modified=UNUSED_VALUES,
    only_class_index=-1,
    probability=1.0,
    effect_id="Ones",
)


def _packed(values: Mapping[str, Any]) -> Values:
    return tuple(values[name] for name in layout.EFFECT.names)
