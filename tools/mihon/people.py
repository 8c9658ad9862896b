"""The people of 見本市: who answers, and what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from mihon.questionnaire import (
    ACTIVITIES,
    AGES,
    ATTITUDES,
    DISTRICT_SHARES,
    DISTRICTS,
    FIELDS,
    KEENER,
    RISE,
    SCORES,
)

SENT_PER_DISTRICT = 750
# Share of those asked who answer, by lowest age; 18–19 differs by year, see ``residents``.
RESPONSE = {20: 0.27, 25: 0.31, 30: 0.37, 40: 0.43, 50: 0.48, 60: 0.57, 70: 0.63}
YOUNGEST_RESPONSE = {2023: 0.24, 2024: 0.11, 2025: 0.29}


@dataclass
class Person:
    """One respondent: what the register knows, a leaning towards the city, and the answers."""

    district: str
    age: tuple[int, int]
    sex: str
    tenure: str
    leaning: float
    answers: dict[str, int | None] = field(default_factory=dict)

    @property
    def printed_age(self) -> str:
        """The ten-year class of the report."""
        low = self.age[0]
        return (
            "18-19"
            if low < 20
            else "70+"
            if low >= 70
            else f"{low // 10 * 10}-{low // 10 * 10 + 9}"
        )


Key = TypeVar("Key")


def pick(random: Random, shares: Mapping[Key, float]) -> Key:
    """One of the keys, with the chances given."""
    at = random.random() * sum(shares.values())
    for key, share in shares.items():
        at -= share
        if at < 0:
            return key
    return next(reversed(list(shares)))


def residents(random: Random, year: int) -> list[Person]:
    """Those who send the questionnaire back: the same number asked in every district."""
    people = []
    for district in DISTRICTS:
        for _ in range(SENT_PER_DISTRICT):
            person = someone(random, district, "resident")
            low = person.age[0]
            rate = RESPONSE[max(age for age in RESPONSE if age <= max(low, 20))]
            if low < 20:
                rate = YOUNGEST_RESPONSE[year]
            if random.random() < rate + (0.03 if person.sex == "female" else -0.03):
                people.append(person)
    random.shuffle(people)
    return people


def someone(random: Random, district: str | None, source: str) -> Person:
    """A person drawn from the register; at events the families come."""
    ages = dict(AGES)
    if source == "event":
        ages = {age: share * (2.2 if 25 <= age[0] < 50 else 0.6) for age, share in AGES.items()}
    age = pick(random, ages)
    place = district or pick(random, DISTRICT_SHARES)
    sex = "female" if random.random() < (0.6 if source == "event" else 0.51) else "male"
    if random.random() < 0.014:
        sex = "other"
    tenure = _tenure(random, age[0])
    newcomer = {"under_1": -0.9, "1-5": -0.45, "5-10": -0.2, "10-20": 0.0, "20+": 0.15}[tenure]
    young = -0.8 if age[0] < 20 else -0.3 if age[0] < 30 else 0.1 if age[0] >= 60 else 0.0
    leaning = random.gauss(0, 1) + newcomer + young + KEENER[source]["leaning"]
    return Person(place, age, sex, tenure, leaning)


def _tenure(random: Random, age: int) -> str:
    """The young have moved in lately or were born here."""
    if age < 20:
        shares = {"under_1": 10.0, "1-5": 10, "5-10": 8, "10-20": 72}
    elif age < 40:
        shares = {"under_1": 9, "1-5": 28, "5-10": 22, "10-20": 16, "20+": 25}
    else:
        shares = {"under_1": 1.5, "1-5": 6, "5-10": 9, "10-20": 21, "20+": 62}
    return pick(random, shares)


def answer_scores(
    random: Random, person: Person, source: str, year: int, habit: Random | None = None
) -> None:
    """The three questions from 0 to 10, correlated through the leaning.

    ``habit`` is what a member of a panel answers every year in much the same way.
    """
    for name, shape in SCORES.items():
        shared = shape["shared"]
        surprise = random.gauss(0, 1)
        if habit is not None:
            surprise = 0.85 * habit.gauss(0, 1) + 0.5 * surprise
        noise = surprise * (1 - shared**2) ** 0.5
        mean = shape["mean"] + RISE[name] * (year - 2023)
        if name == "participate":
            mean += KEENER[source]["participate"]
        score = mean + shape["spread"] * (shared * person.leaning + noise)
        if source == "resident" and random.random() < 0.008:
            score = 0.0  # some have nothing good to say of anything
        kept = random.random() >= 0.03
        person.answers[name] = min(10, max(0, int(score + 0.5))) if kept else None


def answer_attitudes(random: Random, person: Person, year: int) -> None:
    """愛着、居住継続意向、住み心地、情報の入手しやすさ."""
    drift = 0.02 * (year - 2023)
    for name, (doubt, cuts) in ATTITUDES.items():
        feeling = 0.75 * person.leaning + 0.65 * random.gauss(0, 1) + drift
        unsure = random.random() < doubt * (0.55 if abs(feeling) > 1 else 1.25)
        person.answers[name] = 5 if unsure else _step(feeling, cuts)
        if random.random() < 0.015:
            person.answers[name] = None
    comfort = 0.6 * person.leaning + 0.8 * random.gauss(0, 1) + drift
    person.answers["housing_satisfaction"] = _step(comfort, (0.85, -0.65, -1.25, -1.9))
    if random.random() < 0.012:
        person.answers["housing_satisfaction"] = None


def _step(value: float, cuts: tuple[float, ...]) -> int:
    return 1 + sum(value < cut for cut in cuts)


def answer_fields(random: Random, person: Person) -> None:
    """Satisfaction and importance of the policy fields; 6 is わからない."""
    tired = random.random() < 0.02
    for name, (_, satisfaction, importance) in FIELDS.items():
        for question, mean, spread, unsure in (
            ("field_satisfaction", satisfaction + 0.25 * person.leaning, 0.95, 0.14),
            ("field_importance", importance, 0.85, 0.06),
        ):
            points = min(2, max(-2, round(random.gauss(mean, spread))))
            answer: int | None = 6 if random.random() < unsure else 3 - points
            if tired or random.random() < 0.012:
                answer = None
            person.answers[f"{question}.{name}"] = answer


def answer_activities(random: Random, person: Person) -> None:
    """Which local activities: none at all for most; 3 % leave the question blank."""
    eager = max(0.3, 1 + 0.35 * person.leaning)
    young = 0.5 if person.age[0] < 40 else 1.15
    chosen = [a for a, (_, share) in ACTIVITIES.items() if random.random() < share * eager * young]
    blank = random.random() < 0.03
    for activity in ACTIVITIES:
        told = not blank and (activity in chosen or (activity == "none" and not chosen))
        person.answers[f"activities.{activity}"] = 1 if told else None


def panel(random: Random, year: int) -> list[tuple[str, Person]]:
    """About a hundred monitors; four of five serve on the next year, with their leaning."""
    members = [(f"M{i + 1:03d}", someone(random, None, "monitor")) for i in range(100)]
    for past in range(2023, year):
        members = [member for member in members if random.random() < 0.8]
        newest = 100 + 40 * (past - 2023)
        while len(members) < 100:
            newest += 1
            members.append((f"M{newest:03d}", someone(random, None, "monitor")))
    return members
