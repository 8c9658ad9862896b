"""Time of the audit of a long document. Run: python benchmarks/audit.py [PAGES].

Issue 26 asks for: a document of 300 pages in at most 10 s. A page has ten sentences with a
number or a claim word, twenty without.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / name) for name in ("audit", "sentences")]

from courtroom import edition  # noqa: E402
from test_generated_sentences import made  # noqa: E402

from helpers.audit.documents import CLASSES, audit_document  # noqa: E402
from helpers.audit.history import published_rows  # noqa: E402

PLAIN = "市民や事業者と連携し、まちの魅力を発信していきます。" * 20


def main() -> None:
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    sentences = [text if text.endswith("。") else f"{text.rstrip('、')}。" for text, _ in made()]
    dice = random.Random(26)
    text = "\f".join(PLAIN + "\n\n" + "\n\n".join(dice.sample(sentences, 10)) for _ in range(pages))
    start, busy = time.perf_counter(), time.process_time()
    found = audit_document(edition("mihon"), text, published_rows(edition("mihon")))
    took, busy = time.perf_counter() - start, time.process_time() - busy
    counts = ", ".join(f"{state} {len(found.of(state))}" for state in CLASSES)
    print(f"{pages} pages, {len(found.checked)} passages ({counts})")
    print(f"{took:.1f} s, {busy:.1f} s of the processor")


if __name__ == "__main__":
    main()
