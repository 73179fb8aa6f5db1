"""What languages are called."""

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language, get_language_info


def language_name(code: str) -> str:
    """A language in its own words: English, Français; an unknown one by its code."""
    name = str(LANG_INFO.get(code, {}).get("name_local", code))
    return name[:1].upper() + name[1:]


def known_languages() -> list[tuple[str, str]]:
    """Every language this program has a name for: code and name, by name."""
    codes = [code for code, info in LANG_INFO.items() if "name_local" in info]
    return sorted(((code, f"{language_name(code)} ({code})") for code in codes), key=lambda pair: pair[1].casefold())


def name_here(code: str) -> str:
    """A language in the language of the page."""
    if "name_local" not in LANG_INFO.get(code, {}):
        return code
    name = str(get_language_info(code)["name_translated"])
    return name[:1].upper() + name[1:]


def name_inside(code: str) -> str:
    """A language in the language of the page, inside a sentence: French writes it small there."""
    name = name_here(code)
    return name if (get_language() or "en").startswith(("en", "de")) else name[:1].lower() + name[1:]
