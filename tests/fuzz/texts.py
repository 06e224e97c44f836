"""Texts that have broken other programs: by name, mixed with one another, and whatever Hypothesis comes up with."""

from hypothesis import strategies as st

KEYS = ("i-will-go-to-you-like-the-first-snow", "stay-with-me", "goblin", "ailee", "no-such-key")

INJECTIONS = {
    "SQL": [
        "'; DROP TABLE saved_song; --",
        '" OR 1=1 --',
        "1' UNION SELECT text FROM correction --",
        "%' OR member_id LIKE '%",
        "Robert'); DELETE FROM member WHERE ('1'='1",
        "%",
        "_",
    ],
    "markdown": [
        "**evil** __evil__ ~~evil~~ ||evil|| `evil` ```evil```",
        "[evil](https://evil.example)",
        "https://evil.example",
        "<https://evil.example>",
        "\n# evil",
        "> evil\n>>> evil\n- evil\n-# evil",
        "\\**evil\\**",
        "]\\(evil)[x](https://evil.example)",
    ],
    "mention": [
        "@everyone",
        "@here",
        "<@123456789012345678>",
        "<@!123456789012345678>",
        "<@&123456789012345678>",
        "<#123456789012345678>",
        "</evil:123456789012345678>",
        "<t:0:R>",
        "<a:evil:123456789012345678>",
        "<:evil:123456789012345678>",
        "<id:customize>",
        "@\u200beveryone",
    ],
    "template": [
        "{0}",
        "{text}",
        "{x.__class__}",
        "{0.__class__.__mro__}",
        "{interaction.client.settings.discord_token}",
        "%s%s%n",
        "%(text)s",
        "${TOKEN} $(id) `id`",
        "{{7*7}} #{7*7} <%= 7*7 %>",
        "{title:을/를} {:>9999}",
        "__import__('os').system('id')",
    ],
    "path": [
        "../../../../etc/passwd",
        "..\\..\\evil",
        "/etc/passwd",
        "evil\0.db",
        "file:///etc/passwd",
        "~/.ssh/evil",
        "CON",
        "|evil",
    ],
    "picked value": [f"{kind}:{key}" for kind in ("song", "drama", "artist", "evil") for key in KEYS] + ["song:", ":"],
    "unicode": [
        "\u202eevil\u202c",
        "\u200b\ufeff\u2060",
        "e" + "\u0301" * 300,
        "😀👨‍👩‍👧‍👦🇰🇷❤️‍🔥",
        "ﷺ مرحبا",
        "ㄱㄴㄷ ㅏㅑ",
        "\U000e0041\U000e0042",
        "\ud7ff\uffff",
        "쀍" * 300,
        "İıſK",
        "\u2028\u2029\x85\x1b[31m\x07",
    ],
    "number": [
        "0",
        "-1",
        "2017",
        "99999999999999999999",
        "9" * 5000,
        "1e999",
        "NaN",
        "١٢٣",
        "²",
        "0x10",
        "2010s",
        "٢٠١٠s",
    ],
    "time": [
        "9am",
        "25:00",
        "24:00",
        "밤 9시",
        "-1:00",
        "9" * 50 + ":00",
        "Asia/Seoul",
        "../UTC",
        "UTC\0",
        "2026-02-30",
    ],
    "blank": ["", " ", "\u3000\u00a0", "\n\r\n", "?!…"],
    "sense": ["goblin", "도깨비", "Ailee", "stay with me", "mama", "멜뮤", "ㄷㄲㅂ", "ehRoql"],
}
ALL = [text for texts in INJECTIONS.values() for text in texts]


def texts(longest: int) -> st.SearchStrategy[str]:
    """Any text of at most so many characters; Discord sends no lone surrogates, so there are none."""
    named = st.sampled_from(ALL)
    return st.one_of(
        named,
        named,
        st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
        st.lists(named, min_size=2, max_size=5).map(" ".join),
        st.tuples(named, st.integers(2, longest)).map(lambda pair: (pair[0] * pair[1])[:longest]),
    ).map(lambda text: text[:longest])
