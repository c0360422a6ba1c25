"""The lawful basis that an agency usually shares under, by what it is for (field reference 11.1): to be checked with
each agency's own lawyers. Somebody can choose another one for each update."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from panel.codes import Function
from panel.codes.basis import Basis

USUAL: Mapping[Function, Basis] = MappingProxyType(
    {
        Function.POLICE: Basis.LAW_ENFORCEMENT,
        Function.PROBATION: Basis.SUPERVISION,
        Function.PRISON: Basis.SUPERVISION,
        Function.CHILDREN: Basis.CHILDREN,
        Function.MASH: Basis.CHILDREN,
        Function.EDUCATION: Basis.CHILDREN,
        Function.ADULT: Basis.ADULTS,
        Function.HOUSING: Basis.CRIME,
        Function.COMMUNITY_SAFETY: Basis.CRIME,
        Function.MARAC: Basis.CRIME,
        Function.MENTAL_HEALTH: Basis.PUBLIC,
        Function.SUBSTANCE: Basis.PUBLIC,
        Function.HEALTH: Basis.PUBLIC,
        Function.VICTIM_SERVICE: Basis.PUBLIC,
        Function.PERPETRATOR_SERVICE: Basis.PUBLIC,
        Function.BY_AND_FOR: Basis.PUBLIC,
    }
)


def usual(function: str) -> Basis | None:
    """What an agency of this function shares under unless somebody says otherwise; None where nothing is usual, so that
    somebody has to say."""
    return USUAL.get(Function(function))


def may_share(basis: str | None, required: bool) -> bool:
    """Whether what has this basis (None: none was given) is shown to others, on a panel that requires one or not."""
    return basis is not None or not required
