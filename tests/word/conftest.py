"""A project with a small published report, and last year's document to refresh."""

import office_report as report
import pytest


@pytest.fixture
def published(project):
    report.publish(project)
    return report.catalogue()


@pytest.fixture(scope="session")
def policy_bytes():
    return report.policy_of(2024, report.TYPED)


@pytest.fixture
def policy(published, tmp_path, policy_bytes):
    """Last year's document, read; the report to refresh it from is published."""
    return report.stored(tmp_path / "policy.docx", policy_bytes)
