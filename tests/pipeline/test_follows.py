"""The report follows its inputs: after each edit it is what a run from nothing makes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from twins import EDITS, Twins


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twins]:
    with pytest.MonkeyPatch.context() as environment:
        for name in ("CITYPROMO_ROOT", "PYTHONPATH"):
            environment.setenv(name, "")
        both = Twins(Path(tmp_path_factory.mktemp("twins")))
        yield both
        both.close()


@pytest.mark.parametrize(("name", "edit", "expected"), EDITS, ids=[name for name, *_ in EDITS])
def test_after_an_edit_the_report_is_what_a_run_from_nothing_makes(twins, name, edit, expected):
    twins.edit(edit)
    assert twins.run() == expected
    assert twins.run() == []  # and so it stays
