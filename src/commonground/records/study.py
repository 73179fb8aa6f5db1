"""The study document: everything a study is, as one validated record."""

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from commonground.records.comparisons import wrong_comparisons
from commonground.records.fielding import Ethics, Fielding
from commonground.records.provenance import FORMAT_VERSION
from commonground.records.questions import Condition, Id, Part, Question
from commonground.records.translation import Translation
from commonground.records.words import Words


class ProvenanceSource(StrEnum):
    """Where an item came from."""

    LITERATURE = "literature"
    FRAMEWORK = "framework"
    NEEDS_ASSESSMENT = "needs_assessment"
    ELICITATION = "elicitation"
    OTHER = "other"


class ItemProvenance(Part):
    """How an item got on the list, with its citation."""

    source: ProvenanceSource = Field(description="what kind of source")
    citation: str = Field(default="", description="where to find it")
    note: str = Field(default="", description="anything else, such as how the wording changed")


class Item(Part):
    """One thing that may matter. `label` is read in a task, `short_label` in tables and figures."""

    id: Id = Field(description="stands for the item in every table")
    label: Words = Field(description="read in a task")
    short_label: Words = Field(description="read in tables and figures")
    definition: Words | None = Field(default=None, description="opens under the label")
    provenance: ItemProvenance | None = Field(default=None, description="how the item got on the list")
    cfir: str = Field(default="", description="construct of the Consolidated Framework for Implementation Research")
    family: str = Field(default="", description="a tag of your own, for summaries by family")


class PartnerGroup(Part):
    """One of the groups a study compares. `planned` is how many people it hopes for."""

    id: Id = Field(description="stands for the group in every table")
    label: Words = Field(description="the group's name")
    short_label: Words = Field(description="read in tables and figures")
    planned: int | None = Field(default=None, ge=1, description="how many people the study hopes for")


class Frame(Part):
    """The question every task asks, and what the two ends are called."""

    question: Words = Field(description="most and least important for what")
    most: Words = Field(
        default=Words({"en": "Most important", "fr": "Le plus important"}), description="what the one end is called"
    )
    least: Words = Field(
        default=Words({"en": "Least important", "fr": "Le moins important"}), description="what the other end is called"
    )


class Consent(Part):
    """What people agree to before the first question."""

    version: str = Field(description="recorded with each session")
    sections: tuple[Words, ...] = Field(min_length=1, description="paragraphs, in order")
    agreement: Words = Field(description="the sentence beside the box that is ticked")
    given_by: Literal["checkbox", "completion"] = Field(
        default="checkbox", description="'checkbox': a box to tick; 'completion': going on means agreeing"
    )
    decline: Words | None = Field(default=None, description="what a person reads who does not agree")
    withdrawal: Words | None = Field(
        default=None, description="what withdrawing later can still do, and from when on it cannot"
    )


class Term(Part):
    """A word the survey uses, and what it means."""

    term: Words = Field(description="the word")
    meaning: Words = Field(description="its explanation")


class EligibilityRule(Part):
    """Who does not fulfil `requires` cannot take part; `reason` is recorded, `message` is read."""

    reason: Id = Field(description="a code, recorded with the session")
    requires: Condition = Field(description="what must hold to take part")
    message: Words = Field(description="read by a person who cannot take part")


class GroupRule(Part):
    """Which answer puts a person in which partner group: the first rule that holds decides."""

    group: Id = Field(description="the partner group this rule leads to")
    when: Condition = Field(description="what must hold")


class WorkedExample(Part):
    """A practice task about something everyday."""

    introduction: Words = Field(description="read first")
    question: Words = Field(description="the example's frame")
    items: tuple[Words, ...] = Field(min_length=3, description="everyday things, in shown order")
    most: int = Field(ge=1, description="which item the example marks as most, from 1")
    least: int = Field(ge=1, description="which item it marks as least, from 1")
    explanation: Words = Field(description="read after the marks")

    @model_validator(mode="after")
    def _marks_exist(self) -> "WorkedExample":
        if max(self.most, self.least) > len(self.items) or self.most == self.least:
            raise ValueError("'most' and 'least' must be two different items of the example")
        return self


class RepeatRule(Part):
    """Whether one task comes twice, to see how steady answers are. The second showing is never scored."""

    count: Literal[0, 1] = Field(default=1, description="1: one task comes twice; 0: none does")
    distance: int = Field(default=3, ge=1, description="the repeat stands at least so many tasks after its twin")


class DesignPlan(Part):
    """The design asked for; `tasks` left out takes the best balanced one, `own` is one made elsewhere."""

    per_task: int = Field(default=5, ge=2, le=10, description="items in a task")
    tasks: int | None = Field(
        default=None, ge=1, description="tasks a person answers, the repeat left out; empty: the best balanced number"
    )
    versions: int = Field(default=1, ge=1, le=1000, description="how many versions")
    seed: int = Field(default=1, description="starts the search and the drawing")
    own: tuple[tuple[tuple[Id, ...], ...], ...] | None = Field(
        default=None, description="a design made elsewhere: its versions, of each its tasks, of each its items in order"
    )
    repeat: RepeatRule = Field(default=RepeatRule(), description="whether one task comes twice")
    shuffle_tasks: bool = Field(default=True, description="each person gets an order of their own")
    shuffle_positions: bool = Field(
        default=True, description="each person gets one permutation of positions, for all tasks"
    )

    @model_validator(mode="after")
    def _fits_its_own_design(self) -> "DesignPlan":
        if self.own is None:
            return self
        if not self.own or not all(self.own) or any(len(task) < 2 for version in self.own for task in version):
            raise ValueError("a design of your own needs at least one version, and in each task at least two items")
        if len({len(version) for version in self.own}) > 1:
            raise ValueError("every version of a design of your own needs the same number of tasks")
        widest = max(len(task) for version in self.own for task in version)
        longest = len(self.own[0])
        for name, said, found in (
            ("versions", self.versions, len(self.own)),
            ("tasks", self.tasks or longest, longest),
            ("per_task", self.per_task, widest),
        ):
            if said != found:
                raise ValueError(f"'{name}' says {said}, but the design under 'own' has {found}")
        return self


class IllogicalRule(Part):
    """Answers that do not fit together; a person who gave them carries a sign."""

    id: Id = Field(description="a code, recorded with the sign")
    when: Condition = Field(description="what does not fit together")
    says: str = Field(description="what a screener reads of it")


class ScreeningRules(Part):
    """When an automatic sign is raised, and how people decide. A flag is never a decision."""

    minimum_minutes: float | None = Field(default=10, gt=0, description="total time under this raises a flag")
    fast_page_seconds: float | None = Field(
        default=2, gt=0, description="a page faster than this for each answer on it is a fast one; empty: not looked at"
    )
    fast_page_share: float = Field(default=0.5, gt=0, le=1, description="flag people with such a share of fast pages")
    same_address: int | None = Field(
        default=2, ge=2, description="flag complete answers when so many came from one network address; empty: never"
    )
    same_text: bool = Field(default=True, description="flag longer texts that are word for word another person's")
    corrected_eligibility: bool = Field(
        default=True, description="flag people who could not take part until they changed an answer"
    )
    burst_people: int | None = Field(
        default=8, ge=2, description="flag when so many people finish within 'burst_minutes'; empty: never"
    )
    burst_minutes: float = Field(default=10, gt=0, description="the time in which a burst happens")
    illogical: tuple[IllogicalRule, ...] = Field(default=(), description="answers that do not fit together")
    repeat_changes: Literal["never", "both"] = Field(
        default="both", description="'both': flag a repeat in which both choices changed"
    )
    straight_line_chance: float = Field(
        default=0.01, gt=0, lt=1, description="flag a run in one position less likely than this by chance"
    )
    identical_answers: bool = Field(default=True, description="flag people whose answers are identical")
    random_quantile: float = Field(
        default=0.95, gt=0.5, lt=1, description="flag a fit below this quantile of random answerers"
    )
    circular_triads: bool = Field(
        default=True, description="flag answers that go round in a circle as often as those of random answerers"
    )
    reviewers: Literal[1, 2] = Field(default=2, description="how many people decide on a case, blind to each other")
    appeal: Words | None = Field(
        default=None, description="where a person can ask for their answers to be looked at again"
    )


class AddedConstant(Part):
    """A constant added to every best and worst count before ratios are taken, and to whom."""

    constant: float = Field(default=0.5, ge=0, description="added before ratios are taken")
    to: str = Field(default="all", description="'all', or the id of one partner group")
    reason: str = Field(default="", description="why")


class AnalysisPlan(Part):
    """What will be done with the answers, written down before they are seen."""

    primary: str = Field(default="", description="the primary outcome, in a sentence")
    secondary: tuple[str, ...] = Field(default=(), description="secondary outcomes, a sentence each")
    added: AddedConstant = Field(default=AddedConstant(), description="the constant of the main analysis")
    sensitivity_constants: tuple[float, ...] = Field(
        default=(0.01, 0.1, 0.25, 0.5, 1.0), description="constants shown beside it"
    )
    threshold: float = Field(
        default=0.2, gt=0, le=1, description="rescaled scores this far apart count as different by the rule"
    )
    equivalence_margin: float = Field(
        default=0.5, gt=0, description="mean best-minus-worst scores per person this close count as alike"
    )
    resamples: int = Field(default=2000, ge=100, description="resamples of respondents for intervals")
    permutations: int = Field(default=2000, ge=100, description="permutations of group labels for tests")
    level: float = Field(default=0.95, gt=0.5, lt=1, description="level of intervals")
    seed: int = Field(default=20260101, description="starts every drawing of the analysis")


class Study(Part):
    """A study: what is asked, of whom, with which design, and how it will be analysed."""

    format_version: Literal[1] = Field(default=FORMAT_VERSION, description="the version of this format")
    id: Id = Field(description="stands for the study in file names")
    title: Words = Field(description="read first by everyone")
    description: Words | None = Field(default=None, description="a sentence or two for the start page")
    languages: tuple[str, ...] = Field(
        default=("en",), min_length=1, description="the first one is shown unless another is chosen"
    )
    translations: tuple[Translation, ...] = Field(
        default=(), description="who translated the texts into each language, and how that was checked"
    )
    citation: str = Field(default="", description="the study this one follows")
    minutes: int | None = Field(default=None, ge=1, description="about how long it takes")
    contact: Words | None = Field(default=None, description="whom to ask about the study")
    frame: Frame = Field(description="the question of every task")
    items: tuple[Item, ...] = Field(min_length=4, description="what is compared")
    groups: tuple[PartnerGroup, ...] = Field(min_length=1, description="who is compared")
    consent: Consent = Field(description="what people agree to first")
    background: tuple[Question, ...] = Field(
        default=(), description="questions before the tasks; they may decide eligibility and group"
    )
    eligibility: tuple[EligibilityRule, ...] = Field(
        default=(), description="who can take part; the first rule that fails decides"
    )
    group_rules: tuple[GroupRule, ...] = Field(
        default=(), description="who belongs to which group; the first rule that holds decides"
    )
    glossary: tuple[Term, ...] = Field(default=(), description="words explained before the tasks")
    task_explanation: Words = Field(description="how a task works, before the first one")
    worked_example: WorkedExample | None = Field(default=None, description="a practice task")
    design: DesignPlan = Field(default=DesignPlan(), description="which items stand together")
    quality_questions: tuple[Question, ...] = Field(
        default=(), description="asked after the tasks, about answering them"
    )
    demographics: tuple[Question, ...] = Field(default=(), description="asked last")
    thanks: Words = Field(description="the last page")
    fielding: Fielding = Field(default=Fielding(), description="when and how answers are collected")
    ethics: Ethics = Field(default=Ethics(), description="what an ethics board asks")
    screening: ScreeningRules = Field(default=ScreeningRules(), description="when a sign is raised")
    analysis: AnalysisPlan = Field(default=AnalysisPlan(), description="what will be done with the answers")

    def all_questions(self) -> tuple[Question, ...]:
        """Every question beside the tasks, in the order asked."""
        return self.background + self.quality_questions + self.demographics

    def item(self, item_id: str) -> Item:
        """The item with this id."""
        return next(item for item in self.items if item.id == item_id)

    def group(self, group_id: str) -> PartnerGroup:
        """The partner group with this id."""
        return next(group for group in self.groups if group.id == group_id)

    @model_validator(mode="after")
    def _hangs_together(self) -> "Study":
        found = [*self._names_do_not_fit(), *self._conditions_look_ahead()]
        if found:
            raise ValueError("\n".join(found))
        return self

    def _names_do_not_fit(self) -> Iterator[str]:
        groups = {group.id for group in self.groups}
        yield from _twins("item", (item.id for item in self.items))
        yield from _twins("partner group", (group.id for group in self.groups))
        yield from _twins("question", (question.id for question in self.all_questions()))
        yield from _twins("screening rule", (rule.id for rule in self.screening.illogical))
        yield from _unknown("group_rules", "partner group", (rule.group for rule in self.group_rules), groups)
        asked_of = (group for question in self.all_questions() for group in question.groups)
        yield from _unknown("groups of a question", "partner group", asked_of, groups)
        quotas = (quota.group for quota in self.fielding.quotas)
        yield from _unknown("fielding.quotas", "partner group", quotas, groups)
        yield from _unknown("analysis.added.to", "partner group", [self.analysis.added.to], {*groups, "all"})
        if len(self.groups) > 1 and not self.group_rules:
            yield "several partner groups need 'group_rules' that say who belongs to which"
        yield from self._own_design_does_not_fit()
        if self.design.per_task > len(self.items):
            yield f"a task of {self.design.per_task} items is larger than the list of {len(self.items)}"

    def _own_design_does_not_fit(self) -> Iterator[str]:
        known = {item.id for item in self.items}
        for number, version in enumerate(self.design.own or (), start=1):
            yield from _unknown("design.own", "item", (item for task in version for item in task), known)
            for place, task in enumerate(version, start=1):
                if len(set(task)) < len(task):
                    yield f"design.own, version {number}, task {place} shows an item twice"

    def _conditions_look_ahead(self) -> Iterator[str]:
        asked: dict[str, Question] = {}
        for question in self.all_questions():
            if question.show_if is not None:
                yield from wrong_comparisons(f"question '{question.id}'", question.show_if, asked)
            asked[question.id] = question
        background = {question.id: question for question in self.background}
        for rule in self.eligibility:
            yield from wrong_comparisons(f"eligibility rule '{rule.reason}'", rule.requires, background)
        for rule in self.group_rules:
            yield from wrong_comparisons(f"rule for group '{rule.group}'", rule.when, background)
        for rule in self.screening.illogical:
            yield from wrong_comparisons(f"screening rule '{rule.id}'", rule.when, asked)


def _twins(kind: str, ids: Iterable[str]) -> Iterator[str]:
    for one, times in Counter(ids).items():
        if times > 1:
            yield f"{kind} id '{one}' is used twice"


def _unknown(place: str, kind: str, names: Iterable[str], known: set[str]) -> Iterator[str]:
    for name in dict.fromkeys(names):
        if name not in known:
            yield f"{place} names the {kind} '{name}', which does not exist"
