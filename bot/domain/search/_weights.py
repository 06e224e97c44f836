"""All the numbers that decide: what a match is worth, and what is good enough.

exact > prefix > word > fuzzy. A name's quality is between 0 and 1; ``share`` is how much of the name was typed,
``alike`` how like it the letters are. A query's score is the quality of what was found, times how much of the query
that covers, times the root of the same once more: what was typed and found nowhere counts against.
"""

EXACT = 1.0
ARTICLE_LEFT_OUT = 0.985
SOUNDS_ALIKE, SOUNDS_ALIKE_BY_LETTERS = 0.66, 0.32  # dokebi: plus alike
PREFIX, PREFIX_SHARE = 0.84, 0.1  # plus share
LEAST_ALIKE_BEGUN = 0.6  # so alike must the letters be of a beginning that only sounds right
ABBREVIATION, SKIPPED_WORD = 0.85, 0.03  # 사불, cloy: less for each word it leaves out
INITIALS = 0.98  # ㄷㄲㅂ: times what the same in full would be worth
WORD, WORD_SHARE = 0.7, 0.16  # plus share
WORD_BEGUN, WORD_MISTYPED = 0.9, 0.88  # times
FUZZY, FUZZY_ALIKE = 0.5, 0.4  # plus alike
LEAST_ALIKE = 0.75
FUZZY_REST = 0.35  # less for the rest of a name of which one mistyped word is all there is

TITLE, ALIAS, ROMANIZED = 1.0, 0.98, 0.98  # times, by where the name is from
TWO_FIELDS = 0.99  # times, for a song by its title and its singer or drama
NO_TITLE = 0.97  # for a song by its singer and its drama, or by one of them and the year or the part
ONLY_OWNER = 0.7  # for a song of the drama or the singer that was asked for
ONLY_KNOWN = 0.96  # for a drama we have no song of
STEPS = 50  # scores are compared in fiftieths: what differs by less is decided by kind, awards and charts

NOISE_WORD, FUNCTION_WORD, PART_NUMBER = 0.1, 0.4, 1.0  # what a word counts; others their letters, within limits
LEAST_WORD, MOST_WORD, LEAST_NUMBER = 2, 10, 4
HINT = 0.5  # a year that nothing has, once that is known

SHOWN = 0.62
COMPLETED = 0.5
NEAR, NEAR_BY_NAME = 0.4, 0.2  # the less where a whole name is among what was typed
GOOD = 0.8  # no need to guess
AS_TYPED = 0.96  # a part so good is no slip of the keyboard's language
