"""One sentence, many languages: gettext from the ``.po`` files in ``locales/``.

English is the source: it stands in the code. Every other language is a file that a translator can edit::

    say = languages["ko"]
    say("Saved {title}.", title="도깨비")                  # 〈도깨비〉를 저장했어요.
    say.plural("{count} award", "{count} awards", 3)

In a Korean sentence ``{title:을/를}`` adds the particle that fits the word.
"""

import gettext
import string
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO
from types import MappingProxyType

from discord import Locale, app_commands

from bot.domain.hangul import particle

SOURCE_LANGUAGE = "en"
LANGUAGE_NAMES: Mapping[str, str] = MappingProxyType({"en": "English", "ko": "한국어"})


class _Sentence(string.Formatter):
    """``str.format`` whose format specification may be a pair of Korean particles."""

    def format_field(self, value: object, format_spec: str) -> str:
        if "/" in format_spec:
            word = str(value)
            return word + particle(word, format_spec)
        return str(super().format_field(value, format_spec))


_SENTENCE = _Sentence()


class Language:
    """Says sentences in one language. Facts are put in as they are: escape what members or data wrote."""

    def __init__(self, code: str, translations: gettext.NullTranslations) -> None:
        self.code = code
        self._translations = translations

    def __call__(self, message: str, /, **facts: object) -> str:
        text = self._translations.gettext(message)
        return _SENTENCE.vformat(text, (), facts) if facts else text

    def plural(self, one: str, many: str, count: int, /, **facts: object) -> str:
        """The form that fits ``count``, which the sentence may name as ``{count}``."""
        text = self._translations.ngettext(one, many, count)
        return _SENTENCE.vformat(text, (), {"count": count, **facts})

    @property
    def prefers_korean(self) -> bool:
        """Whether names come in Korean first."""
        return self.code == "ko"

    def __repr__(self) -> str:
        return f"Language({self.code!r})"


def _read(code: str) -> gettext.NullTranslations:
    if code == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    # Babel costs an import that no other module needs, and only languages other than English pay it.
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - see above
    from babel.messages.pofile import read_po  # noqa: PLC0415 - see above

    source = BytesIO(files("bot.ui").joinpath("locales", f"{code}.po").read_bytes())
    compiled = BytesIO()
    write_mo(compiled, read_po(source, locale=code))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def language(code: str | None) -> Language:
    """The language of a Discord locale or a stored choice such as ``ko`` or ``en-GB``; English if we have none."""
    name = (code or SOURCE_LANGUAGE).partition("-")[0]
    if name not in LANGUAGE_NAMES:
        return language(SOURCE_LANGUAGE)
    if code != name:
        return language(name)
    return Language(name, _read(name))


def all_languages() -> Iterator[Language]:
    return (language(code) for code in LANGUAGE_NAMES)


class CommandTranslator(app_commands.Translator):
    """Gives Discord the names and descriptions of commands in every language we have."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002 - part of the library's signature
    ) -> str | None:
        code = locale.value.partition("-")[0]
        if code == SOURCE_LANGUAGE or code not in LANGUAGE_NAMES:
            return None
        translated = language(code)(string.message)
        return translated if translated != string.message else None
