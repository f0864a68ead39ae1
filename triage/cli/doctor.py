"""`triage doctor`: what works on this machine, and what to do about the rest."""

import platform

from triage import __version__
from triage.kernel.errors import ProtocolRejected
from triage.protocol.library import load_protocol, shipped


def report() -> tuple[str, int]:
    """Return one line for each part, and 0 if a check can be trusted here."""
    lines = [f"triage {__version__}, Python {platform.python_version()} on {platform.system()}"]
    healthy = True
    for name in shipped():
        try:
            protocol = load_protocol(name)
            lines.append(
                f"ok: protocol {name} {protocol.version}, {len(protocol.rules)} rules, hash {protocol.hash[:12]}"
            )
        except ProtocolRejected as error:
            healthy = False
            lines.append(f"FAULT: protocol {name} has {len(error.diagnostics)} mistakes; run 'triage protocol lint'")
    lines.append("ok: engine reference")
    lines.append(_second_engine())
    return "\n".join(lines), 0 if healthy else 1


def _second_engine() -> str:
    from triage.engines import durable

    reason = durable.available()
    if reason is None:
        return "ok: engine durable; every result is checked by both engines"
    return (
        f"missing: engine durable ({reason}). The reference engine decides alone, and every result says so. "
        "With a C compiler and the Python headers, install again with the README's first command."
    )
