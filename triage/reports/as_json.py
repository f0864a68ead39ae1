"""The result as JSON: the contract programs build on."""

from triage.decision.assessment import Assessment
from triage.protocol.models import Protocol


class Json:
    """The assessment's own fields, indented."""

    name = "json"
    media_type = "application/json"

    def render(self, result: Assessment, protocol: Protocol, *, width: int) -> str:
        """Return the assessment as JSON text with a final newline."""
        return result.model_dump_json(indent=2) + "\n"


FORMAT = Json()
