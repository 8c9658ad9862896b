"""What became of one edition in a batch; it crosses process and machine borders as JSON."""

from dataclasses import dataclass

from helpers.problems import Said

DONE, UNCHANGED, FAILED = "done", "unchanged", "failed"
STATES = {
    DONE: Said("公開", "published"),
    UNCHANGED: Said("変わらず", "unchanged"),
    FAILED: Said("失敗", "failed"),
}

EditionId = tuple[str, int]


@dataclass(frozen=True)
class Outcome:
    """One edition's outcome.

    Attributes:
        city: the city's id.
        year: the fiscal year.
        state: ``done``, ``unchanged`` or ``failed``.
        said: why it failed, in Japanese; empty otherwise.
        said_en: the same in English, where somebody has said it.
        seconds: wall-clock time in the worker.
        cpu_s: processor time of the worker and its kernels; 0 where the system does not tell.
        memory_mb: what the worker and its kernels hold afterwards; shared pages count once.
        peak_mb: the most that was seen meanwhile.
        worker: ``host:process`` that did it.
        tries: how often it was started: more than once if its worker was killed.
    """

    city: str
    year: int
    state: str
    said: str = ""
    said_en: str = ""
    seconds: float = 0.0
    cpu_s: float = 0.0
    memory_mb: float = 0.0
    peak_mb: float = 0.0
    worker: str = ""
    tries: int = 1

    @property
    def edition(self) -> EditionId:
        """City and fiscal year."""
        return self.city, self.year

    @property
    def well(self) -> bool:
        """Whether the published report is up to date now."""
        return self.state in (DONE, UNCHANGED)

    def sentence(self, lang: str = "ja") -> str:
        """Why it failed, in one language where it has been said in it."""
        return (self.said_en if lang == "en" else "") or self.said
