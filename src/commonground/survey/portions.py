"""Questions cut into pages of a sensible length, so that a question never stands beside the one it depends on."""

from collections.abc import Iterable, Sequence

from commonground.records.questions import Question, QuestionType
from commonground.records.study import Study

PAGE_WEIGHT = 5
"""How much a page holds; a short question weighs 1, a long list of options up to 4."""


def portions(study: Study, questions: Sequence[Question]) -> tuple[tuple[Question, ...], ...]:
    """Cut questions into pages.

    A new page begins where the old one is full, and before a question that is shown only for some answers or some
    partner groups when these are given on the same page: so every page works without scripts. Questions for different
    groups share a page without making it longer for anyone.

    Examples
    --------
    >>> study = Study.model_construct(groups=(), group_rules=())
    >>> ages = [Question(id=f"q{number}", type="number", text="?") for number in range(7)]
    >>> [len(page) for page in portions(study, ages)]
    [5, 2]
    """
    pages: list[list[Question]] = []
    deciding = frozenset[str]().union(*(rule.when.questions() for rule in study.group_rules))
    for question in questions:
        if not pages or _belongs_later(question, pages[-1], deciding) or _full([*pages[-1], question], study):
            pages.append([])
        pages[-1].append(question)
    return tuple(tuple(page) for page in pages)


def _belongs_later(question: Question, page: Iterable[Question], deciding: frozenset[str]) -> bool:
    looks_at = question.show_if.questions() if question.show_if else frozenset[str]()
    if question.groups:
        looks_at |= deciding
    return any(other.id in looks_at for other in page)


def _full(page: Sequence[Question], study: Study) -> bool:
    groups = [group.id for group in study.groups] or [""]
    longest = max(sum(_weight(one) for one in page if not one.groups or group in one.groups) for group in groups)
    return len(page) > 1 and longest > PAGE_WEIGHT


def _weight(question: Question) -> int:
    if question.type in (QuestionType.LONG_TEXT, QuestionType.SCALE):
        return 2
    if question.type == QuestionType.RANKING:
        return 4
    return min(1 + len(question.all_options()) // 6, 4)
