"""How hard a text is to read: a school grade for English, an ease for French. A rough sign, never a judge of a text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

HARD_GRADE = 8.0
"""The English grade that a text for everybody should not pass by much."""

HARD_EASE = 50.0
"""The French ease under which a text counts as difficult."""

FEWEST_WORDS = 25
"""A shorter text has no level of its own: one long word would decide it."""

_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿŒœ]+(?:[’'][A-Za-zÀ-ÖØ-öø-ÿŒœ]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+(?=[\s»”\")\u00a0\u202f]|$)|\n\s*\n")
_SHORTENED = re.compile(r"\b(?:e\.g|i\.e|p\. ex|etc|Dr|vs|approx)\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReadingLevel:
    """The level of some texts together.

    Parameters
    ----------
    language : str
        en or fr.
    score : float
        English: the Flesch–Kincaid grade, years of school. French: the Kandel–Moles ease, 100 easy to 0 very difficult.
    words, sentences : int
    """

    language: str
    score: float
    words: int
    sentences: int

    @property
    def is_hard(self) -> bool:
        """Whether it is harder than a text for everybody should be."""
        return self.score > HARD_GRADE if self.language == "en" else self.score < HARD_EASE


def reading_level(texts: Iterable[str], language: str) -> ReadingLevel | None:
    """The reading level of texts taken together; None for other languages, and for very short texts.

    Each text ends a sentence, with or without a full stop.

    Parameters
    ----------
    texts : iterable of str
    language : str
        A code such as en, en-ca or fr.

    References
    ----------
    Kincaid et al. (1975), Derivation of new readability formulas, Research Branch Report 8-75: grade = 0.39 words per
    sentence + 11.8 syllables per word − 15.59. Kandel and Moles (1958), Application de l'indice de Flesch à la langue
    française: ease = 207 − 1.015 words per sentence − 73.6 syllables per word.

    Examples
    --------
    >>> level = reading_level(["The cat sat on the mat. It was warm there, and it slept all day."] * 2, "en")
    >>> level.sentences, level.words, level.score < 2
    (4, 30, True)
    """
    code = language.split("-", maxsplit=1)[0]
    if code not in {"en", "fr"}:
        return None
    sentences = words = syllables = 0
    for text in texts:
        found = _WORD.findall(text)
        words += len(found)
        syllables += sum(syllables_in(word, code) for word in found)
        sentences += _sentences(text) if found else 0
    if words < FEWEST_WORDS:
        return None
    length, weight = words / sentences, syllables / words
    score = 0.39 * length + 11.8 * weight - 15.59 if code == "en" else 207 - 1.015 * length - 73.6 * weight
    return ReadingLevel(code, score, words, sentences)


def _sentences(text: str) -> int:
    plain = _SHORTENED.sub("", text)
    return sum(bool(_WORD.search(part)) for part in _SENTENCE_END.split(plain)) or 1


def syllables_in(word: str, language: str) -> int:
    """How many syllables a word is spoken with, by rules that are right for nearly all common words.

    Examples
    --------
    >>> [syllables_in(word, "en") for word in ("care", "caregiver", "researcher", "table")]
    [1, 3, 3, 2]
    >>> [syllables_in(word, "fr") for word in ("équipe", "chercheur", "soignante", "le")]
    [2, 2, 2, 1]
    """
    return max(1, sum(_spoken(part, language) for part in re.split(r"[’']", word.lower()) if part))


def _spoken(word: str, language: str) -> int:
    return _spoken_in_english(word) if language == "en" else _spoken_in_french(word)


_ENGLISH_VOWELS = re.compile(r"[aeiouyéèêïöü]+")
_ENGLISH_APART = re.compile(
    r"i[ao](?!l$|n)|(?<![tscgx])ion|(?<![tc])ial|(?<![tsc])ian|eo(?!u|p)|iu|[^gq]ua|[aeou]ing|yi|rea(?=l|t)|[^cs]ien"
)
"""Vowels that stand together and are spoken apart."""

_ENGLISH_INSIDE = re.compile(
    r"(?<=[a-z][^aeiouy])e(?=(?:ment|less|ful|ly|ness|thing|times|where|giver|work|one|body|fore|side|line|d?ly)s?$)"
)
"""An e within a word that is not spoken."""

_ENGLISH_ENDS = tuple(
    (re.compile(silent), re.compile(spoken))
    for silent, spoken in (
        (r"[^aeiouy]e$", r"[^aeiouyl]le$"),
        (r"[^aeiouy]es$", r"(?:[sxzcg]|ch|sh|[^aeiouyl]l)es$"),
        (r"[^aeioutdy]ed$", r"[^aeiouyl]led$"),
    )
)
"""Ends whose e is not spoken, each with its exceptions."""


def _spoken_in_english(word: str) -> int:
    """Groups of vowels, those that are spoken apart counted twice, those that are not spoken not at all."""
    if word in _ENGLISH:
        return _ENGLISH[word]
    groups = len(_ENGLISH_VOWELS.findall(word)) + len(_ENGLISH_APART.findall(word))
    unheard = any(silent.search(word) and not spoken.search(word) for silent, spoken in _ENGLISH_ENDS)
    return groups - len(_ENGLISH_INSIDE.findall(word)) - unheard + word.endswith(("sm", "sms"))


_ENGLISH = {
    "people": 2, "area": 3, "areas": 3, "being": 2, "create": 2, "created": 3, "idea": 3, "ideas": 3, "science": 2,
    "real": 1, "really": 2, "theatre": 3, "every": 2, "everyone": 3, "everything": 3, "everybody": 4, "several": 2,
    "different": 2, "differently": 3, "interest": 2, "interests": 2, "business": 2, "evening": 2, "family": 2,
    "families": 2, "something": 2, "sometimes": 2, "someone": 2, "somebody": 3, "somewhere": 2,
    "yourself": 2, "someone's": 2, "great": 1, "break": 1, "read": 1, "reads": 1, "reading": 2, "reader": 2,
    "already": 3, "ready": 2, "usual": 3, "usually": 4, "individual": 5, "actual": 3, "actually": 4,
    "language": 2, "languages": 3, "previous": 3, "various": 3, "serious": 3, "obvious": 3, "period": 3, "earlier": 3,
    "easier": 3, "experience": 4, "audience": 3, "client": 2, "quiet": 2, "society": 4, "variety": 4, "media": 3,
    "chocolate": 2, "favourite": 2, "vegetable": 3, "comfortable": 3, "are": 1, "we're": 1, "you're": 1, "doing": 2,
    "going": 2, "seeing": 2, "does": 1, "goes": 1, "shoes": 1, "one": 1, "once": 1, "none": 1, "done": 1, "use": 1,
}  # fmt: skip
"""Common words that the rules get wrong, or that are too short for them."""

_FRENCH_VOWEL = "aeiouyàâäéèêëîïôöùûüœ"
_FRENCH_GROUPS = re.compile(rf"[{_FRENCH_VOWEL}]+")
_FRENCH_APART = re.compile(r"[éèêëï](?=[aouàâôû])|[aoué](?=[éèëïü])|[aeou]y(?=[aeiou])|(?<=[bcdfgpt][lr])i(?=[aeéo])")


def _spoken_in_french(word: str) -> int:
    """Groups of vowels, a silent e at the end not counted."""
    count = len(_FRENCH_GROUPS.findall(word)) + len(_FRENCH_APART.findall(word))
    is_verb = word.endswith("ent") and not (word in _FRENCH_NOUNS or word.endswith(_FRENCH_SPOKEN_ENDS))
    return count - 1 if count > 1 and (is_verb or _FRENCH_SILENT.search(word)) else count


_FRENCH_SILENT = re.compile(rf"[^{_FRENCH_VOWEL}]es?$")
_FRENCH_SPOKEN_ENDS = ("ment", "cent", "gent", "dent", "tent")
_FRENCH_NOUNS = frozenset({"souvent", "vent", "talent", "parent", "différent", "présent", "absent", "récent"})
"""Words that end like a verb of the third person plural, and are spoken to the end."""
