"""A fictional municipality: its name, its size, its mood."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Municipality:
    """What differs from one municipality to the next.

    Attributes:
        id: ``kaku0001``.
        ja: its name; says that it does not exist.
        en: the same in English.
        scale: its population against that of 見本市.
        mood: added to the leaning of its residents (standard deviations).
        sent: questionnaires sent to each of its four districts.
        seed: of its random streams.
    """

    id: str
    ja: str
    en: str
    scale: float
    mood: float
    sent: int
    seed: str

    def persons(self, mihon: int) -> int:
        """A number of persons of 見本市 at this size."""
        return round(mihon * self.scale)


def drawn(number: int, seed: int) -> Municipality:
    """Municipality ``number``: most are small, some are large, as in Japan."""
    random = Random(f"municipality {seed} {number}")
    scale = min(8.0, max(0.05, random.lognormvariate(-0.8, 1.0)))
    sent = min(1500, max(150, round(750 * scale**0.35)))
    name = f"{number:04d}"
    return Municipality(
        id=f"kaku{name}",
        ja=f"架空{name}市",
        en=f"Fictional {name}",
        scale=scale,
        mood=random.gauss(0, 0.3),
        sent=sent,
        seed=f"{seed} {number}",
    )
