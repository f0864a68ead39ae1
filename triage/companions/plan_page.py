"""The self-care plan on one sheet of paper."""

from datetime import datetime

from triage.companions.data import closing, sources_line
from triage.companions.page import Page, Part
from triage.companions.plan import Plan, PlanFile
from triage.decision.assessment import Assessment
from triage.protocol.models import Protocol

ARTICLE = "article_"  # how the ids of the articles begin


def page_of(held: PlanFile, plan: Plan, protocol: Protocol, result: Assessment) -> Page:
    """Return the page; a call stands above everything; with none to make, the cautions do."""
    words = held.words
    notice, identity = (line for line in closing(protocol, result.locale) if line)
    first = (words["unfinished"],) if plan.unfinished else ()
    left_out = (words["see_result"].format(titles="; ".join(plan.left_out)),) if plan.left_out else ()
    numbered = len(plan.steps) > 1
    cautions = Part(words["before"], items=plan.cautions, first=True)
    opening = (
        (cautions, Part(words["at_home"], items=plan.steps, numbered=numbered, first=True))
        if plan.at_home
        else (Part(words["do_first"], lines=first, items=plan.steps, numbered=numbered, first=True), cautions)
    )
    parts = (
        *opening,
        Part(words["while_help_comes"], items=plan.while_help_comes),
        *(Part(block.title, cautions=block.cautions, items=block.text) for block in plan.blocks),
        _diary(held, plan),
        Part(words["left_out"], lines=left_out),
        Part(words["when_help"], items=plan.safety_net, last=True),
    )
    about = (words["figures"], *plan.notes, f"{words['from']}: {_sources(plan, protocol)}.") if plan.blocks else ()
    made = words["made"].format(date=f"{datetime.fromisoformat(result.at):%Y-%m-%d}")
    return Page(
        title=plan.title,
        notice=notice,
        language=protocol.language,
        sheets=(parts,),
        foot=(made, *result.notices[:-1], *about, notice, identity),
        caution=words["caution"],
        sheet_of=words["sheet_of"],
        columns=2 if plan.blocks else 1,
    )


def _sources(plan: Plan, protocol: Protocol) -> str:
    """Return the articles with their titles and everyone else by name: one sheet has no room for more."""
    articles = [each.id for each in protocol.sources if each.id in plan.sources and each.id.startswith(ARTICLE)]
    others = (each for each in protocol.sources if each.id in plan.sources and each.id not in articles)
    return "; ".join(dict.fromkeys((sources_line(protocol, articles), *(each.publisher for each in others))))


def _diary(held: PlanFile, plan: Plan) -> Part:
    words = held.words
    facts = tuple(words["diary_fact"].format(said=each.said, counted=each.counted) for each in plan.diary)
    return Part(words["from_diary"], lines=(words["no_cause"],) if facts else (), items=facts)
