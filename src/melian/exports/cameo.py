"""Events and actors in CAMEO 1.1b3: codes, scores, classes and pairs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import msgspec

from melian.exports.told import Told
from melian.knowledge.ontology import Cameo, cameo_codes
from melian.knowledge.vocabularies.cameo import cameo_mirrors, cameo_roles, known_groups, older_scores
from melian.knowledge.vocabularies.country_codes import country_codes
from melian.records import Actor, Event, plover_type

# Without a target, the sources of these types act on one another; those of other types act side by side.
_MUTUAL = frozenset({"CONSULT", "COOPERATE", "AGREE", "ASSAULT"})
_INTERNATIONAL = frozenset({"IGO", "NGO", "IMG", "MNC", "ISM"})


class Coded(msgspec.Struct, frozen=True):
    """A CAMEO code with its name and its Goldstein score (of 1.1b3)."""

    code: str
    name: str
    goldstein: float

    @property
    def root(self) -> str:
        """The first two digits."""
        return self.code[:2]

    @property
    def older_goldstein(self) -> float:
        """The score of the older table, which Phoenix and GDELT use."""
        return older_scores().get(self.code, self.goldstein)


class Dyad(msgspec.Struct, frozen=True):
    """One source, one target and the code between them; one of the two may be missing."""

    source: Actor | None
    target: Actor | None
    coded: Coded


class ActorCode(msgspec.Struct, frozen=True):
    """An actor in CAMEO: three letters each, None where there is none.

    Attributes:
        country: CAMEO code of the country.
        body: What stands where a country would for international actors: IGO, NGO, IMG, MNC, INT.
        role: Code of the role.
        group: What follows for a single international body, such as UNO, in threes.
    """

    country: str | None = None
    body: str | None = None
    role: str | None = None
    group: str | None = None

    @property
    def whole(self) -> str:
        """The codes in a row: SDNMIL, IGOUNO."""
        return "".join(part for part in (self.country or self.body, self.role, self.group) if part)


def code_event(event: Event) -> Coded:
    """Give the CAMEO code of an event: of its first mode that has one, else of its contexts, else of its type."""
    kind = plover_type(event)
    keys = (*(f"{kind}/{mode}" for mode in event.modes), *(f"{kind}+{about}" for about in event.contexts))
    row = next(_codes()[key] for key in (*keys, kind) if key in _codes())
    return Coded(row.code, row.name, row.goldstein)


def code_actor(actor: Actor) -> ActorCode:
    """Give the CAMEO codes of an actor."""
    role = cameo_roles()[actor.sector].cameo if actor.sector is not None else None
    if actor.country is not None and (row := country_codes().get(actor.country)) is not None:
        return ActorCode(country=row.cameo or row.id, role=role if actor.sector not in _INTERNATIONAL else None)
    if actor.name in known_groups():
        code = known_groups()[actor.name]
        return ActorCode(body=code[:3], group=code[3:])
    return ActorCode(body=role) if actor.sector in _INTERNATIONAL else ActorCode(role=role)


def dyads_of(told: Told) -> Iterator[Dyad]:
    """Pair sources with targets: each with each, and both ways where the two do the same to one another.

    A mirrored pair follows its own at once. Sources without a target are paired with one another where the type is
    one of doing something together or to each other, unless they are of one side; else they stand alone.
    """
    coded = code_event(told.event)
    pairs = [(a, b) for a in told.sources for b in told.targets if a.id != b.id]
    mirror = cameo_mirrors().get(coded.code)
    back = Coded(mirror.code, mirror.name, mirror.goldstein) if mirror is not None else None
    if not told.targets and plover_type(told.event) in _MUTUAL:
        pairs = [
            (a, b) for n, a in enumerate(told.sources) for b in told.sources[n + 1 :] if not _are_one_side(a, b, told)
        ]
        back = back or coded
    for source, target in pairs:
        yield Dyad(source, target, coded)
        if back is not None:
            yield Dyad(target, source, back)
    if not pairs:
        yield from (Dyad(source, None, coded) for source in told.sources)
        yield from (Dyad(None, target, coded) for target in told.targets if not told.sources)


def _are_one_side(a: Actor, b: Actor, told: Told) -> bool:
    """Tell whether two sources are the same actor, or comrades: armed men of one country do not attack each other."""
    is_one_side = a.country is not None and (a.country, a.sector) == (b.country, b.sector)
    return a.id == b.id or (is_one_side and plover_type(told.event) == "ASSAULT")


@cache
def _codes() -> dict[str, Cameo]:
    return {row.plover: row for row in cameo_codes()}
