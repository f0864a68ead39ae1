"""Every item that brief A8 says a diary should record can be written down in one line."""

import pytest

from tests.companions_diary.shared import AT, BOOK, line
from triage.companions import diary
from triage.record.sheets import to_csv

ITEMS = (
    ("time of day", "spasm at 07:30"),
    ("activity", "spasm right leg note while climbing stairs"),
    ("stressors", "trigger stress"),
    ("how often", "spasm now"),
    ("how long", "spasm 5 minutes"),
    ("effect on life", "spasm right leg 6 note could not write or sleep"),
    ("limb scores 0 to 10", "score 0 0 6 4 usual 0 0 3 3"),
    ("heat", "trigger heat"),
    ("fluids", "fluids 1.5 litres"),
    ("stillness", "measure still 3 hours"),
    ("medicines as a trigger", "trigger new medicine"),
    ("exhaustion", "trigger exhaustion"),
    ("bowel", "trigger constipated"),
    ("bladder", "trigger full bladder"),
    ("wounds", "trigger wound"),
    ("cycle day", "measure cycle day 12"),
    ("caffeine in mg", "caffeine 200 mg"),
    ("alcohol", "alcohol 2 drinks"),
    ("sleep hours", "measure hours of sleep 6.5"),
    ("doses taken", "medicine baclofen taken 10 mg"),
    ("side effects", "medicine baclofen side effect sleepy"),
    ("nights woken", "sleep broken 3 nights"),
    ("times woken", "measure woken 2 times"),
    ("stretch minutes", "stretching 15 minutes"),
    ("temperature", "temperature 37.4"),
    ("infection signs", "trigger infection"),
    ("start of a nerve symptom", "symptom numb left arm new since 3 days ago"),
    ("dates of MS treatment", "medicine ocrelizumab taken 2026-05-04"),
    ("falls", "falls 1"),
)


@pytest.mark.parametrize("text", [text for _, text in ITEMS], ids=[name for name, _ in ITEMS])
def test_an_item_can_be_written_down_and_leaves_in_a_file(text: str) -> None:
    entry = line(text)
    assert entry.kind in to_csv([entry])


def test_the_team_is_shown_the_diary() -> None:
    assert "regular check-ins" in diary.summary([line("spasm")], AT, BOOK)
