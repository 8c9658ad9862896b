"""Facts and claims: numbers of an edition in sentences, and its published sentences judged."""

from helpers.audit.auditing import audit, audit_published
from helpers.audit.finding import Audit, Finding

__all__ = ["Audit", "Finding", "audit", "audit_published"]
