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
_FINALS: list[str] = ["", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]
_SYLLABLES_OF_INITIAL = len(_VOWELS) * len(_FINALS)
_COMPOUNDS = {  # each with the two keys it takes
    trio[0]: trio[1:]
    for trio in re.findall("...", "ㄳㄱㅅㄵㄴㅈㄶㄴㅎㄺㄹㄱㄻㄹㅁㄼㄹㅂㄽㄹㅅㄾㄹㅌㄿㄹㅍㅀㄹㅎㅄㅂㅅ")
    + re.findall("...", "ㅘㅗㅏㅙㅗㅐㅚㅗㅣㅝㅜㅓㅞㅜㅔㅟㅜㅣㅢㅡㅣ")
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


class _InitialOf(dict[int, str]):
    """A translation table from syllables to their initials that fills itself."""

    def __missing__(self, code: int) -> str:
        is_syllable = _FIRST_SYLLABLE <= code <= _LAST_SYLLABLE
        self[code] = _INITIALS[(code - _FIRST_SYLLABLE) // _SYLLABLES_OF_INITIAL] if is_syllable else chr(code)
        return self[code]


_LETTERS = _Letters()
_INITIAL_OF = _InitialOf()


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
    return nfc(text).translate(_INITIAL_OF)


def romanize(text: str) -> str:
    """Revised Romanization with sound changes, lower case: 별에서 온 그대 is ``byeoreseo on geudae``."""
    return str(koroman.romanize(nfc(text)))


def romanize_all(texts: Iterable[str]) -> Sequence[str]:
    """``romanize`` of each text, none of which has a line break; one call costs a tenth of many."""
    return romanize("\n".join(texts)).split("\n")


def to_latin_keyboard(text: str) -> str:
    """What the same keys write on a Latin keyboard: 해ㅠㅣㅑㅜ is ``goblin``."""
    return jamo(text).translate(_KEY_OF_HANGUL)


def keys_as_jamo(word: str) -> str:
    """The letters that the same keys write on a Korean keyboard: ``ehRoql`` is ㄷㅗㄲㅐㅂㅣ."""
    return word.translate(_HANGUL_OF_KEY)


def particle(word: str, pair: str) -> str:
    """The particle of ``pair`` that follows ``word`` as Koreans read it: ``particle("도깨비", "을/를")`` is 를.

    Either order of the pair will do (과/와, 와/과). What stands in brackets at the end is not read; numbers are read
    in Sino-Korean, capitals by their names (OK is 오케이), other Latin words roughly as Korean writes them.
    """
    first, second = pair.split("/")
    closed, opened = (second, first) if second in _AFTER_CONSONANT or len(second) > len(first) else (first, second)
    final = _final_sound(_SILENT_END.sub("", word))
    if final == "ㄹ" and closed.startswith("으"):
        return opened
    return closed if final else opened


_AFTER_CONSONANT = frozenset("은이을과")
_SILENT_END = re.compile(r"(?<=\w)(?:\s*[(\[（［【][^)\]）］】]*[)\]）］】])+\W*$|[\W_]+$")
_NUMBER = re.compile(r"[0-9][0-9,]*(\.[0-9]+)?$")  # other scripts' digits are read as no Korean would
_DIGIT_FINALS = dict(zip("0123456789", ["ㅇ", "ㄹ", "", "ㅁ", "", "", "ㄱ", "ㄹ", "ㄹ", ""], strict=True))
_ZEROS_FINALS = ["ㅂ", "ㄱ", "ㄴ", *["ㄴ"] * 4, *["ㄱ"] * 4, ""]  # 십 백 천, 만, 억, 조
_LATIN = re.compile(r"[A-Za-z]+$")
_LETTER_NAME_FINALS = {"L": "ㄹ", "M": "ㅁ", "N": "ㄴ", "R": "ㄹ"}
_LATIN_L = re.compile(r"(?:l|[a-z]le)$")  # Signal, Title
_LATIN_CLOSED = re.compile(r"(?:[mn]|ng|[aeiou][mn]e|ck|(?:^|[^aeiou])[aeiou][ckpt]|oo[kt])$")  # Dream, Time, Secret


def _final_sound(word: str) -> str:
    """The consonant that ``word`` ends in when read aloud in Korean; empty after a vowel."""
    if not word:
        return ""
    if _FIRST_SYLLABLE <= ord(word[-1]) <= _LAST_SYLLABLE:
        return _FINALS[(ord(word[-1]) - _FIRST_SYLLABLE) % len(_FINALS)]
    if number := _NUMBER.search(word):
        return _final_of_number(number[0].replace(",", ""))
    if latin := _LATIN.search(word):
        return _final_of_latin(latin[0])
    return word[-1] if word[-1] in _INITIALS else ""


def _final_of_number(number: str) -> str:
    whole = number.rstrip("0")
    if not number.endswith("0") or not whole or "." in number:
        return _DIGIT_FINALS[number[-1]]
    zeros = len(number) - len(whole)
    return _ZEROS_FINALS[min(zeros, len(_ZEROS_FINALS)) - 1]


def _final_of_latin(letters: str) -> str:
    if letters.isupper():
        return _LETTER_NAME_FINALS.get(letters[-1], "")
    if _LATIN_L.search(letters):
        return "ㄹ"
    return "ㄴ" if _LATIN_CLOSED.search(letters) else ""
