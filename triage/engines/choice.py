"""Which engines decide: the reference always, durable-rules beside it wherever it can be imported."""

from triage.engines.base import Engine, Sheet, Truths
from triage.engines.reference import Reference
from triage.kernel.errors import EngineVoid
from triage.protocol.models import Protocol


class Missing:
    """Stands in for an engine that cannot run here, so that every result says so."""

    def __init__(self, name: str, reason: str) -> None:
        """Keep why it is missing."""
        self.name = name
        self.reason = reason

    def evaluate(self, sheet: Sheet) -> Truths:
        """Refuse: a missing engine is void, never a 'no'."""
        raise EngineVoid(self.reason)


KEPT_MAX = 4  # protocols whose engines are kept; building the second one takes about a tenth of a second
_kept: dict[int, tuple[Protocol, tuple[Engine, ...]]] = {}


def engines_for(protocol: Protocol) -> tuple[Engine, ...]:
    """Return both engines, or the reference and the reason why the other one cannot run."""
    found = _kept.get(id(protocol))
    if found is None or found[0] is not protocol:
        found = (protocol, (Reference(protocol), _second(protocol)))
        while len(_kept) >= KEPT_MAX:
            _kept.pop(next(iter(_kept), 0), None)
        _kept[id(protocol)] = found  # the protocol is kept beside its engines, so its id stays its own
    return found[1]


def _second(protocol: Protocol) -> Engine:
    from triage.engines import durable  # imported here: the C extension costs start-up time

    reason = durable.available()
    if reason is not None:
        return Missing("durable", reason)
    try:
        return durable.Durable(protocol)
    except Exception as error:  # noqa: BLE001 - a second engine that cannot be built must not stop the first
        return Missing("durable", f"could not be built ({type(error).__name__})")
