"""How the things that questions speak of are called."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from bot.domain.catalog import Award, Catalog, Edition, Entity
from bot.domain.trivia.questions.question import TRUE, Question, QuestionKind, Ref, RefKind
from bot.ui import names
from bot.ui.i18n import Language, language
from bot.ui.text import human_join

LETTERS = "ABCD"
_IN_ENGLISH = (QuestionKind.DRAMA_ENGLISH, QuestionKind.SONG_ENGLISH)


def player(user_id: int, say: Language) -> str:
    """A mention; whoever had themselves forgotten has a number below 0 and is somebody."""
    return f"<@{user_id}>" if user_id > 0 else say("somebody")


def called(ref: Ref, catalog: Catalog, say: Language) -> str:
    """As plain text: escape it where markdown is rendered. What the catalog has dropped since is called by its key."""
    match ref.kind:
        case RefKind.TRUTH:
            return say("True") if ref == TRUE else say("False")
        case RefKind.ACTOR:
            return _actors(catalog).get(ref.key, ref.key) if say.prefers_korean else ref.key
        case RefKind.EDITION if ref.key in catalog.editions:
            return edition_called(catalog.editions[ref.key], catalog, say)
    tables: Mapping[RefKind, Mapping[str, Entity | Award]] = {
        RefKind.DRAMA: catalog.dramas,
        RefKind.SONG: catalog.songs,
        RefKind.ARTIST: catalog.artists,
        RefKind.AWARD: catalog.awards,
    }
    entity = tables.get(ref.kind, {}).get(ref.key)
    return names.title(entity, say) if entity else ref.key


def edition_called(edition: Edition, catalog: Catalog, say: Language) -> str:
    """``2017 Melon Music Awards · Best OST``: the year as the body counts it."""
    parts = [f"{edition.year} {names.title(catalog.award_of(edition), say)}", names.category(edition, say)]
    return " · ".join(part for part in parts if part)


def option_called(question: Question, option: Ref, catalog: Catalog, say: Language) -> str:
    """An option as its button shows it: where the English title is asked for, in English."""
    return called(option, catalog, language("en") if question.kind in _IN_ENGLISH else say)


def lettered(question: Question, index: int, catalog: Catalog, say: Language) -> str:
    """``B · Goblin``."""
    return f"{LETTERS[index]} · {option_called(question, question.options[index], catalog, say)}"


def listed(refs: Iterable[Ref], catalog: Catalog, say: Language) -> str:
    """Several as one phrase."""
    return human_join([called(ref, catalog, say) for ref in refs], say(" and "))


@lru_cache(maxsize=2)
def _actors(catalog: Catalog) -> Mapping[str, str]:
    """Korean names by English ones."""
    return {actor.name: actor.name_ko for drama in catalog.dramas.values() for actor in drama.cast if actor.name_ko}
