"""The short codes of report texts, such as "LucoftheG-Def/Rchg+", and the pieces they mean.

Source: build files, sections 8 and 12.
"""

import re
from dataclasses import dataclass
from typing import Final

from midsdesk.formats.report_once import once
from midsdesk.model.catalog import Catalog
from midsdesk.model.game import Enhancement
from midsdesk.model.vocab import EnhancementKind

_INVENTION_END: Final = "-I"
_LEVEL: Final = re.compile(r"^(.+?)(?::(\d{1,3}))?$", re.DOTALL)
_LEVELLED: Final = (EnhancementKind.INVENTION, EnhancementKind.SET)

# Beginnings of codes of older programs, and how they begin now; longer ones are tried first.
# Source: build files, section 12.
_OLD_BEGINNINGS: Final = """
Achilles AchHee|AdjTgt AdjTrg|Aegis Ags|Armgdn Arm|AnWeak AnlWkn|Apoc Apc|BasGaze BslGaz
CSndmn CaloftheS|CtlSpd CrtSpd|C'ngBlow ClvBlo|C'ngImp CrsImp|Dct'dW DctWnd|Decim Dcm|Det'tn Dtn
Dev'n Dvs|Efficacy EffAdp|Enf'dOp EnfOpr|Erad Erd|ExRmnt ExpRnf|ExStrk ExpStr|ExtrmM ExtMsr
FotG FuroftheG|FrcFbk FrcFdb|F'dSmite FcsSmt|GA GldArm|GSFC GssSynFr-|Hectmb Hct|H'zdH HrmHln
ImpSkn ImpSki|Insult TrmIns|JavVoll JvlVll|KinCrsh KntCrs|KntkC'bat KntCmb|Krma Krm|Ksmt Ksm
LkGmblr-Rchg+ LucoftheG-Def/Rchg+|LucoftheG-Rchg+ LucoftheG-Def/Rchg+|LkGmblr LucoftheG
LgcRps LthRps|Mantic StnoftheM|Mako Mk'Bit|Mlais MlsIll|Mocking MckBrt|MotCorruptor MlcoftheC
Mrcl Mrc|M'Strk Mlt|Numna NmnCnv|Oblit Obl|OvForce OvrFrc|Panac Pnc|Posi PstBls
Prv-Heal/EndMod Prv-Heal/EndRdx|P'ngS'Fest PndSlg|P'Shift PrfShf|Rec'dRet RctRtc|RctvArm RctArm
RzDz RzzDzz|ShldBrk ShlBrk|SMotCorruptor SprMlcoft|SMlcoftheC SprMlcoft
SprAvl-Rchg/Knockdown% SprAvl-Rchg/KDProc
SprBlsCol-Acc/Dmg/EndRdx/Rchg SprBlsCol-Dmg/EndRdx/Acc/Rchg
SprBlsCol-Rchg/Hold% SprBlsCol-Rchg/HoldProc
SprWntBit-Acc/Dmg/EndRdx/Rchg SprWntBit-Dmg/EndRdx/Acc/Rchg
SprWntBit-Rchg/-Spd/-Rch SprWntBit-Rchg/SlowProc|Srng Srn|SStalkersG SprStlGl
SWotController SprWiloft|S'fstPrt StdPrt|T'Death TchofDth|T'pst Tmp|TmpRdns TmpRdn|Thundr Thn
ULeap UnbLea|UndDef UndDfn|WotController WiloftheC|Zephyr BlsoftheZ
"""


def _beginnings() -> tuple[tuple[str, str], ...]:
    pairs = [line.split(" ", 1) for line in re.split(r"[|\n]", _OLD_BEGINNINGS) if line]
    return tuple(sorted(((old, new) for old, new in pairs), key=lambda pair: -len(pair[0])))


OLD_BEGINNINGS: Final = _beginnings()


@dataclass(frozen=True, slots=True)
class Code:
    """A code taken apart: the pieces it may mean, and the level it names."""

    pieces: tuple[Enhancement, ...]
    level: int | None


class ShortNames:
    """Both directions of the table, made of one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._sets = {each.id.lower(): each.short_name for each in catalog.enhancement_sets()}
        self._kinds = [each.short_name for each in catalog.special_kinds()]
        self._pieces: dict[str, list[Enhancement]] = {}
        self._specials: dict[str, list[Enhancement]] = {}
        self._set_pieces: dict[str, list[Enhancement]] = {}
        for piece in catalog.enhancements():
            self._pieces.setdefault(self.code(piece), []).append(piece)
            short = piece.short_name
            if piece.kind == EnhancementKind.SPECIAL:
                self._specials.setdefault(short, []).append(piece)
            elif piece.kind == EnhancementKind.SET:
                self._set_pieces.setdefault(f"{short}-S", []).append(piece)
        self._folded: dict[str, list[Enhancement]] = {}
        for code, pieces in self._pieces.items():
            self._folded.setdefault(code.lower(), []).extend(pieces)

    def code(self, piece: Enhancement) -> str:
        """The code of a piece, without its level."""
        if piece.set_id:
            return f"{self._sets.get(piece.set_id.lower(), '')}-{piece.short_name}"
        if piece.kind == EnhancementKind.INVENTION:
            return f"{piece.short_name}{_INVENTION_END}"
        if piece.kind == EnhancementKind.SPECIAL:
            known = 0 <= piece.special_kind < len(self._kinds)
            return f"{self._kinds[piece.special_kind] if known else ''}:{piece.short_name}"
        return piece.short_name

    def code_with_level(self, piece: Enhancement, level: int) -> str:
        """The code with the level that inventions have."""
        code = self.code(piece)
        return f"{code}:{level}" if piece.kind in _LEVELLED else code

    def read(self, text: str) -> Code:
        """Take a code apart; unknown ones are tried under their former names."""
        found = _LEVEL.match(text.strip())
        if found is None:
            return Code((), None)
        name = found.group(1)
        level = int(found.group(2)) if found.group(2) else None
        pieces = self._find(name)
        for each in _former(name) if not pieces else ():
            pieces = pieces or self._find(each)
        return Code(tuple(pieces or self._set_pieces.get(name, ())), level)

    def codes(self) -> tuple[str, ...]:
        """All codes, without levels."""
        return tuple(self._pieces)

    def meant_by(self, code: str) -> tuple[Enhancement, ...]:
        """The pieces of exactly this code."""
        return tuple(self._pieces.get(code, ()))

    def _find(self, name: str) -> list[Enhancement]:
        found = self._pieces.get(name) or self._folded.get(name.lower())
        if found:
            return found
        head, colon, short = name.partition(":")
        # The heads of two kinds were swapped in some texts: the piece's name counts.
        return self._specials.get(short.strip(), []) if colon and head else []


def _former(name: str) -> list[str]:
    """What an old code reads now: its beginning exchanged, at the end of a set's name if it can."""
    found = []
    for old, new in OLD_BEGINNINGS:
        if name.startswith(old):
            found.append(new + name[len(old) :])
    return found


@once
def short_names(catalog: Catalog) -> ShortNames:
    """The table of a catalog, made once."""
    return ShortNames(catalog)
