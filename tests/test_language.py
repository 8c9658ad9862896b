"""Messages are English where the system names another language, and Japanese otherwise."""

import pytest

from helpers.commands.arguments import spoken


@pytest.mark.parametrize(
    ("named", "language"),
    [
        ("ja_JP.UTF-8", "ja"),
        ("Japanese_Japan.932", "ja"),
        ("C.UTF-8", "ja"),
        ("POSIX", "ja"),
        ("en_GB.UTF-8", "en"),
        ("de_DE", "en"),
    ],
)
def test_the_language_is_the_systems(named, language, monkeypatch):
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LC_MESSAGES", named)
    assert spoken() == language


def test_lc_all_goes_first(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setenv("LC_MESSAGES", "ja_JP.UTF-8")
    assert spoken() == "en"
