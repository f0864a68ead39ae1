"""Compiles the shipped protocols into the wheel, so that a check starts without reading YAML."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileProtocols(BuildHookInterface[Any]):
    """Adds triage/rules/<id>/compiled.<language>.json to the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Read every protocol once; a mistake in one stops the build."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        from triage.protocol import compiled, loader, translations

        self.target = tempfile.TemporaryDirectory()
        target = Path(self.target.name)
        for folder in sorted(path.parent for path in (root / "rules").glob("*/protocol.yaml")):
            protocol = loader.load(folder)
            for language in (protocol.language, *translations.languages_of(folder)):
                file = target / f"{folder.name}.{language}.json"
                spoken = translations.in_language(protocol, folder, language)
                file.write_text(compiled.text_of(spoken, folder), encoding="utf-8")
                build_data["force_include"][str(file)] = f"triage/rules/{folder.name}/{compiled.name_of(language)}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was compiled: the wheel has it now."""
        if version != "editable":
            self.target.cleanup()
