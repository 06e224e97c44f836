"""The one door to the Hangul libraries: normal form, jamo, initials, romanization, keyboards, particles.

*Letters* here are keystrokes of the Korean keyboard as compatibility jamo: 도깨비 is ㄷㅗㄲㅐㅂㅣ, 과 is
ㄱㅗㅏ, 값 is ㄱㅏㅂㅅ. So a syllable still being typed is a prefix of the finished one, and a slip of one
key is one edit.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

import koroman  # type: ignore[import-untyped]  # it ships without types

_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3
_FIRST_CONJOINING, _LAST_CONJOINING = 0x1100, 0x11FF
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = ["", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]
_COMPOUNDS = {  # each with the two keys it takes
    part[0]: part[1:]
    for part in re.findall(
        "...",
        "ㄳㄱㅅㄵㄴㅈㄶㄴㅎㄺㄹㄱㄻㄹㅁㄼㄹㅂㄽㄹㅅㄾㄹㅌㄿㄹㅍㅀㄹㅎㅄㅂㅅㅘㅗㅏㅙㅗㅐㅚㅗㅣㅝㅜㅓㅞㅜㅔㅟㅜㅣㅢㅡㅣ",
    )
}
_KEYS = "qwertyuiopasdfghjklzxcvbnmQWERTOP"
_KEY_LETTERS = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ"
_HANGUL_OF_KEY = str.maketrans(_KEYS + "YUIASDFGHJKLZXCVBNM", _KEY_LETTERS + "ㅛㅕㅑㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ")
_KEY_OF_HANGUL = str.maketrans(_KEY_LETTERS, _KEYS)
_CONJOINING = re.compile("[\u1100-\u11ff]")
_HANGUL = re.compile(r"[\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\uac00-\ud7fb]")


class _Letters(dict[int, str]):
    """A translation table from syllables to keystrokes that fills itself."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if _FIRST_SYLLABLE <= code <= _LAST_SYLLABLE:
            rest, final = divmod(code - _FIRST_SYLLABLE, len(_FINALS))
            initial, vowel = divmod(rest, len(_VOWELS))
            letters = [_INITIALS[initial], _VOWELS[vowel], _FINALS[final]]
        elif _FIRST_CONJOINING <= code <= _LAST_CONJOINING:
            letters = [_compatibility(char)]
        else:
            letters = [char]
        self[code] = "".join(_COMPOUNDS.get(letter, letter) for letter in letters)
        return self[code]


def _compatibility(conjoining: str) -> str:
    """The stand-alone letter of a modern conjoining one; others stay as they are."""
    index = ord(conjoining)
    for first, letters in ((0x1100, _INITIALS), (0x1161, _VOWELS), (0x11A7, _FINALS)):
        if first <= index < first + len(letters):
            return letters[index - first]
    return conjoining


_LETTERS = _Letters()


def nfc(text: str) -> str:
    """Composed form: what a Mac pastes as loose jamo becomes syllables again."""
    return unicodedata.normalize("NFC", text)


def stand_alone(text: str) -> str:
    """``text`` with loose conjoining letters, which fonts draw badly, as the stand-alone ones of a keyboard."""
    return _CONJOINING.sub(lambda match: _compatibility(match[0]), text)


def has_hangul(text: str) -> bool:
    """Whether any syllable or jamo is in ``text``."""
    return bool(_HANGUL.search(text))


def is_hangul(text: str) -> bool:
    """Whether every letter of ``text`` is Hangul, and there is one."""
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and all(_HANGUL.match(char) for char in letters)


def jamo(text: str) -> str:
    """Keystrokes of the Korean keyboard; what is not Hangul stays as it is."""
    return nfc(text).translate(_LETTERS)


def choseong(text: str) -> str:
    """Each syllable's initial: 도깨비 is ㄷㄲㅂ; what is not a syllable stays as it is."""
    return "".join(
        _INITIALS[(ord(char) - _FIRST_SYLLABLE) // 588] if _FIRST_SYLLABLE <= ord(char) <= _LAST_SYLLABLE else char
        for char in nfc(text)
    )


def romanize(text: str) -> str:
    """Revised Romanization with sound changes, lower case: 별에서 온 그대 is ``byeoreseo on geudae``."""
    return str(koroman.romanize(nfc(text)))


def romanize_all(texts: Iterable[str]) -> Sequence[str]:
    """``romanize`` of each text, none of which has a line break; one call costs a tenth of many."""
    return romanize("\n".join(texts)).split("\n")


def to_hangul_keyboard(text: str) -> str:
    """What the same keys write on a Korean keyboard: ``ehRoql`` is 도깨비."""
    # Late: hangulpy takes an eighth of a second to import, and only explanations and hints need syllables composed.
    from hangulpy import convert_qwerty_to_hangul  # noqa: PLC0415 (see above)

    return str(convert_qwerty_to_hangul(text))


def to_latin_keyboard(text: str) -> str:
    """What the same keys write on a Latin keyboard: 해ㅠㅣㅑㅜ is ``goblin``."""
    return jamo(text).translate(_KEY_OF_HANGUL)


def keys_as_jamo(word: str) -> str:
    """The letters that the same keys write on a Korean keyboard: ``ehRoql`` is ㄷㅗㄲㅐㅂㅣ."""
    return word.translate(_HANGUL_OF_KEY)


def particle(word: str, pair: str) -> str:
    """The form of a particle that follows ``word``: ``particle("도깨비", "을/를")`` is 를."""
    closed, opened = pair.split("/")
    return closed if _ends_closed(word) else opened


def _ends_closed(word: str) -> bool:
    last = word[-1:]
    return bool(last) and _FIRST_SYLLABLE <= ord(last) <= _LAST_SYLLABLE and (ord(last) - _FIRST_SYLLABLE) % 28 != 0
