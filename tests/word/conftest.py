"""A project with a small published report, and last year's document to refresh."""

import office_report as report
import pytest

TYPED = {
    "愛着を感じている人は": ("attachment.total.total.positive", "74.6％"),
    "、SNSの登録者数は": ("kpi.kpi.sns_followers.actual", "19,305"),
    "人、mGAPは": ("mgap.total.total.total", "▲135.2"),
    "、目標は": ("kpi.kpi.sns_followers.target", "４３０００"),
    "、状況は": ("kpi_status.kpi.sns_followers", "遅れ"),
    "、愛着のない人は": ("atachment.total.total.negative", "12.2"),
}


@pytest.fixture
def published(project):
    report.publish(project)
    return report.catalogue()


@pytest.fixture(scope="session")
def policy_bytes():
    return report.policy_of_last_year(TYPED)


@pytest.fixture
def policy(published, tmp_path, policy_bytes):
    """Last year's document, read; the report to refresh it from is published."""
    return report.stored(tmp_path / "policy.docx", policy_bytes)
