"""`triage protocol`: what protocol authors and programs ask about a protocol."""

import json
import re
from pathlib import Path

from triage.kernel.diagnostics import Diagnostic, did_you_mean
from triage.kernel.errors import DONE, PROTOCOL_INVALID, VERIFICATION_FAILED, BadInput
from triage.protocol import loader
from triage.protocol.library import folder_of, load_protocol
from triage.protocol.models import Protocol
from triage.protocol.texts import NEUTRAL, locale_of

MEGABYTE = 1_000_000


def questions(name: str, *, as_json: bool, locale: str, language: str) -> str:
    """Return the questions as a list, for people or as JSON."""
    from triage.protocol.interchange import question_list

    protocol = load_protocol(name, language)
    listed = question_list(protocol, locale_of(protocol, locale))
    if as_json:
        return json.dumps(listed, indent=2, ensure_ascii=False)
    lines = []
    for each in listed:
        lines.append(f"{each['id']} ({each['kind']}; brief {', '.join(each['brief']) or '-'}): {each['ask']}")
        lines += [f"    {option['id']}: {option['label']}" for option in each["options"]]
    return "\n".join(lines)


def lint(name: str) -> tuple[str, int]:
    """Return every mistake of a protocol's files, one a line, and the exit code."""
    folder = folder_of(name)
    protocol, diagnostics = loader.check(folder)
    if diagnostics:
        return "\n".join(str(each) for each in diagnostics), PROTOCOL_INVALID
    assert protocol is not None
    from triage.verify import plain, translations

    unsigned = sum(rule.reviewed_by == "none yet" for rule in protocol.rules)
    general = sum(rule.basis == "general_knowledge" for rule in protocol.rules)
    own = sum(each.basis == "chosen_by_us" for each in protocol.thresholds)
    summary = (
        f"{protocol.id} {protocol.version}: {len(protocol.rules)} rules, {len(protocol.questions)} questions, "
        f"{len(protocol.findings)} findings: no mistakes.\n"
        f"Not yet reviewed by a clinician: {unsigned} of {len(protocol.rules)} rules. "
        f"On general knowledge only: {general} rules. Figures chosen without a guideline: {own}.\n"
        f"hash {protocol.hash}"
    )
    unclear = [str(each) for each in plain.findings(protocol)]  # hard to read is no reason to refuse a protocol
    foreign = [str(each) for each in translations.findings(protocol, folder)]
    spoken = translations.coverage(protocol, folder)
    return "\n".join((*unclear, *foreign, summary, *spoken)), VERIFICATION_FAILED if foreign else DONE


def translate(name: str, language: str, *, write: bool) -> tuple[str, int]:
    """Return what a language lacks; with `write`, bring its file up to date first, so that each gap has its place."""
    from triage.protocol.languages import texts_of
    from triage.protocol.translations import file_of, languages_of, read, written
    from triage.verify.translations import coverage, findings

    folder = folder_of(name)
    protocol = loader.load(folder)
    if not re.fullmatch(r"[a-z]{2,3}", language):
        raise BadInput(f"'{language[:30]}' is no language tag; write two or three small letters, such as es")
    if write:
        known = read(folder, language) if language in languages_of(folder) else {}
        file_of(folder, language).parent.mkdir(exist_ok=True)
        file_of(folder, language).write_bytes(written(texts_of(protocol), language, known))
    wrong = [str(each) for each in findings(protocol, folder)]
    return "\n".join((*wrong, *coverage(protocol, folder))), VERIFICATION_FAILED if wrong else DONE


def test(name: str) -> tuple[str, int]:
    """Run the cases beside the rules and the vignettes; return a summary or the failures, and the exit code."""
    from triage.verify.cases import run_cases

    protocol = load_protocol(name)
    outcome = run_cases(protocol)
    lines = [str(each) for each in outcome.failures]
    lines.append(f"{outcome.cases} cases of {len(protocol.rules)} rules: {len(outcome.failures)} failed.")
    people, wrong = _vignettes(folder_of(name), protocol)
    lines += [*map(str, wrong), *([f"{people} vignettes: {len(wrong)} differences."] if people else [])]
    return "\n".join(lines), VERIFICATION_FAILED if outcome.failures or wrong else DONE


def _vignettes(folder: Path, protocol: Protocol) -> tuple[int, tuple[Diagnostic, ...]]:
    """Return how many whole people the protocol has, and where it judges them otherwise than they expect."""
    from triage.verify import vignettes

    if not (folder / vignettes.FOLDER).is_dir():
        return 0, ()
    people, mistakes = vignettes.read(folder / vignettes.FOLDER, protocol)
    return len(people), mistakes or vignettes.check(protocol, people)


def fuzz(name: str, *, sets: int, seed: int) -> tuple[str, int]:
    """Compare the engines on random partial answers; return a summary and the exit code."""
    from triage.engines.choice import engines_for
    from triage.verify.fuzz import agreement

    protocol = load_protocol(name)
    found = agreement(protocol, engines_for(protocol), sets=sets, seed=seed)
    lines = [
        (
            f"{found.sets} random answer sets, seed {found.seed}, both valuations: {found.comparisons:,} comparisons, "
            f"{found.disagreements} disagreements, {len(found.exceptions)} exceptions."
        ),
        f"Memory {found.memory_before / MEGABYTE:.1f} MB before, {found.memory_after / MEGABYTE:.1f} MB after.",
        *(f"{each.name}, set {each.number}, {each.valuation.value}: {dict(each.said)}" for each in found.shown),
        *found.exceptions,
    ]
    return "\n".join(lines), DONE if found.agreed else VERIFICATION_FAILED


def lengths(name: str, *, callers: int, seed: int) -> str:
    """Return how many questions simulated callers are asked and how long they read, overall and by label."""
    from triage.verify import vignettes
    from triage.verify.lengths import simulate, summed_up

    protocol = load_protocol(name)
    people = vignettes.load(folder_of(name) / vignettes.FOLDER, protocol)
    return "\n".join(str(each) for each in summed_up(list(simulate(protocol, people, callers=callers, seed=seed))))


def coverage(name: str) -> tuple[str, int]:
    """Return how many of the brief's codes the protocol carries, by kind, and which are missing."""
    from triage.verify.coverage import missing

    found = missing(load_protocol(name), folder_of(name))
    lines = [
        f"{kind}: {total - len(lost)} of {total}" + (f"; missing: {', '.join(lost)}" if lost else "")
        for kind, (total, lost) in found.items()
    ]
    return "\n".join(lines), VERIFICATION_FAILED if any(lost for _, lost in found.values()) else DONE


def explain(rule_id: str, name: str) -> str:
    """Return one rule in English with its sources and cases."""
    from triage.reports.rule_in_english import describe

    protocol = load_protocol(name)
    found = next((rule for rule in protocol.rules if rule_id in (rule.id, *rule.brief)), None)
    if found is None:
        raise BadInput(f"no rule '{rule_id[:40]}'{did_you_mean(rule_id, [rule.id for rule in protocol.rules])}")
    return describe(found, protocol, locale_of(protocol, NEUTRAL))


def schema(what: str) -> str:
    """Return a JSON Schema: of protocol files, of an answers file, or of a result."""
    from triage.protocol import interchange

    if what == "result":
        from triage.decision.assessment import Assessment

        return json.dumps(Assessment.model_json_schema(), indent=2)
    if what == "protocol":
        return json.dumps(interchange.protocol_schema(), indent=2)
    if what != "answers":
        known = ["protocol", "answers", "result"]
        raise BadInput(f"no schema '{what[:30]}'{did_you_mean(what, known)}; schemas: {', '.join(known)}")
    return json.dumps(interchange.answers_schema(load_protocol()), indent=2)


def default_folder(given: Path | None) -> str:
    """Return the protocol to work on: the given folder, or the shipped one."""
    return "ms" if given is None else str(given)


def diff(old: str, new: str, *, sets: int, seed: int) -> tuple[str, int]:
    """Return what moves from one version of a protocol to the next, and whether its number was raised enough."""
    from triage.verify import diff as comparing

    before, after = load_protocol(old), load_protocol(new)
    found = comparing.diff(before, after, sets=sets, seed=seed)
    given = comparing.bump_of(before.version, after.version)
    fits = comparing.enough(found.needed, given)
    verdict = f"Version step needed: {found.needed}; made: {given}. " + ("Enough." if fits else "Not enough.")
    return "\n".join((*comparing.report(found, before, after), verdict)), DONE if fits else VERIFICATION_FAILED
