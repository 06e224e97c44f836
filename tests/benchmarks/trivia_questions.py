"""What there is to ask: kinds, distinct facts, distinct questions, and what games draw.

Run it by ``python -m tests.benchmarks.trivia_questions``.
"""

from collections import Counter
from collections.abc import Sequence
from random import Random
from time import perf_counter

from bot.domain.trivia.chooser import choose_question
from bot.domain.trivia.questions.bank import CHOSEONG_KINDS, QUIZ_KINDS, TYPED_KINDS, Pool, QuestionBank
from bot.domain.trivia.questions.knowledge import Circle, Knowledge
from bot.domain.trivia.questions.prompt import Prompt
from bot.domain.trivia.questions.question import Question
from bot.storage.catalog_text import read_catalog

GAMES, ROUNDS = 200, 10
POOLS = {"awarded": Pool(Circle.AWARDED), "default": Pool(), "charted": Pool(Circle.CHARTED)}


def facts_of(bank: QuestionBank, prompts: Sequence[Prompt]) -> set[str]:
    """Keys of all facts that the reveals of any right option could tell."""
    found: set[str] = set()
    for prompt in prompts:
        inner = Prompt(prompt.claimed, prompt.subject) if prompt.claimed else prompt
        maker = bank.makers[inner.kind]
        answers = maker.right(inner) if not maker.depends_on_options else maker.showable(inner)[:1]
        found |= {fact.key for answer in answers for fact in maker.facts(inner, answer)}
    return found


def table(bank: QuestionBank) -> None:
    """One row a kind: distinct questions and facts by pool."""
    kinds = QUIZ_KINDS | CHOSEONG_KINDS
    pools = {name: bank.draws_from(pool, kinds) for name, pool in POOLS.items()}
    print(f"{'kind':16}" + "".join(f"{name + ' questions':>20}{'facts':>8}" for name in pools))
    for kind in bank.prompts:
        cells = ((len(rows.get(kind, ())), len(facts_of(bank, rows.get(kind, ())))) for rows in pools.values())
        print(f"{kind:16}" + "".join(f"{questions:>20}{facts:>8}" for questions, facts in cells))
    for label, group in (("quiz", QUIZ_KINDS), ("type", TYPED_KINDS), ("choseong", CHOSEONG_KINDS)):
        sums = []
        for rows in pools.values():
            prompts = [prompt for kind in group for prompt in rows.get(kind, ())]
            sums.append((len({prompt.key for prompt in prompts}), len(facts_of(bank, prompts))))
        print(f"{label.upper():16}" + "".join(f"{questions:>20}{facts:>8}" for questions, facts in sums))
    quiz = {kind: len(rows) for kind, rows in pools["default"].items() if kind in QUIZ_KINDS}
    largest = max(quiz, key=quiz.__getitem__)
    print(f"\ndefault pool: {len(quiz)} kinds; largest {largest}, {quiz[largest] / sum(quiz.values()):.1%} of the pool")
    print(f"of them about a song with an award or nomination itself: {strictly_awarded(bank)}")


def strictly_awarded(bank: QuestionBank) -> int:
    """Questions that name such a song, or a drama or artist only through what is theirs in the circle itself."""
    knowledge: Knowledge = bank.knowledge
    prompts = [prompt for row in bank.draws_from(Pool()).values() for prompt in row]
    return sum(any(knowledge.circle(ref) <= Circle.NOMINATED for ref in prompt.about) for prompt in prompts)


def one_game(bank: QuestionBank, rng: Random) -> list[Question]:
    """The questions of one game of the default pool."""
    played: list[Question] = []
    for _ in range(ROUNDS):
        if question := choose_question(bank, Pool(), rng, played=played):
            played.append(question)
    return played


def games(bank: QuestionBank) -> None:
    """What games really ask, and what choosing costs."""
    rng = Random(20160902)
    kinds: Counter[str] = Counter()
    keys: Counter[str] = Counter()
    started = perf_counter()
    for _ in range(GAMES):
        played = one_game(bank, rng)
        kinds.update(question.kind for question in played)
        keys.update(question.key for question in played)
    spent_ms = (perf_counter() - started) * 1000 / kinds.total()
    kind, count = kinds.most_common(1)[0]
    print(
        f"{GAMES} games of {ROUNDS}: {len(kinds)} kinds; most often {kind}, {count / kinds.total():.1%} of the rounds"
    )
    print(f"{len(keys)} different questions in {kinds.total()} rounds without a memory; {spent_ms:.1f} ms a choice")


def main() -> None:
    catalog = read_catalog()
    started = perf_counter()
    bank = QuestionBank(catalog)
    spent_s = perf_counter() - started
    print(f"{len(catalog.songs)} songs, {len(catalog.outcomes)} outcomes; bank built in {spent_s:.2f} s\n")
    table(bank)
    games(bank)


if __name__ == "__main__":
    main()
