"""``python -m bot preview``: the bot in a local page, without a token."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import psutil
import pytest

from bot.preview import _serve

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_S = 30  # it takes 3 s on an idle machine; this one may be busy


@asynccontextmanager
async def preview(folder: Path, *arguments: str, **env: str) -> AsyncIterator[asyncio.subprocess.Process]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **env}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "preview", "--no-browser", *arguments),
        cwd=folder,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def address(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), PATIENCE_S)).decode()
    return next(word for word in line.split() if word.startswith("http"))


async def test_it_says_where_it_is_serves_loopback_only_and_ends_at_ctrl_c(tmp_path):
    async with preview(tmp_path, OSTINATO_SHARD_COUNT="3", OSTINATO_LOG_LEVEL="nonsense") as process:
        url = await address(process)
        async with aiohttp.ClientSession() as session, session.get(url) as page:
            assert page.status == 200
        listening = [one.laddr.ip for one in psutil.Process(process.pid).net_connections() if one.status == "LISTEN"]
        assert set(listening) == {"127.0.0.1"}
        process.send_signal(signal.SIGINT)
        said, errors = await asyncio.wait_for(process.communicate(), PATIENCE_S)
    assert process.returncode == 0
    assert b"Ctrl-C ends the preview" in said
    assert errors.decode().strip() == "The preview has ended."
    assert [path.name for path in tmp_path.iterdir()] == ["preview.db"], "a database of its own, at rest"


async def test_a_ctrl_c_before_it_stands_ends_it_quietly(tmp_path):
    async with preview(tmp_path) as process:
        while not (tmp_path / "preview.db").exists():  # noqa: ASYNC110 - another process makes it
            await asyncio.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, errors = await asyncio.wait_for(process.communicate(), PATIENCE_S)
    assert b"Traceback" not in errors


async def test_a_database_that_cannot_be_used_is_told_in_one_sentence(tmp_path):
    (tmp_path / "mine.db").write_text("Dear diary, " * 100)
    async with preview(tmp_path, "--database", "mine.db") as process:
        _, errors = await asyncio.wait_for(process.communicate(), PATIENCE_S)
    assert process.returncode == 2
    assert errors.decode().strip().startswith("mine.db is not a database")


async def test_at_every_start_there_are_commands_and_what_was_saved_before(tmp_path, monkeypatch):
    async def visit(_env, _bot, _store, club, *, browser):
        assert not browser
        channel, (sam, _, noor) = club
        answers.append((await sam.slash(channel, "ostsaved")).response)
        drawn = (await noor.slash(channel, "ostrandom")).response
        await sam.click(drawn, label="♥ Save")
        assert (await noor.slash(channel, "dailypick status")).ephemeral, "whoever tries it may set up daily picks"

    answers: list[Any] = []
    monkeypatch.setattr("bot.preview._show_club", visit)
    for _ in range(2):
        assert await _serve(f"sqlite+aiosqlite:///{tmp_path / 'preview.db'}", browser=False) == 0
    first, second = (answer.embeds[0].description for answer in answers)
    assert first.startswith("Nothing saved yet.")
    assert "**1 song**" in second


async def test_what_the_bot_posts_by_itself_appears_on_the_page(tmp_path, monkeypatch):
    async def look(page, *, browser):
        assert not browser
        shown = page._python
        before = shown.revision
        await page.env.bot.get_channel(shown.channel_id).send("Time is up!")
        async with asyncio.timeout(PATIENCE_S):
            while shown.revision == before:  # noqa: ASYNC110 - a thread of the preview's own looks for news
                await asyncio.sleep(0.05)
        assert "Time is up!" in str(shown.snapshot)

    monkeypatch.setattr("bot.preview._show", look)
    assert await _serve(f"sqlite+aiosqlite:///{tmp_path / 'preview.db'}", browser=False) == 0


@pytest.mark.parametrize("missing", ["simcord", "markdown_it"])
async def test_without_the_extra_it_says_how_to_install_it(missing, monkeypatch, capsys):
    from bot.cli import main

    monkeypatch.setitem(sys.modules, missing, None)
    monkeypatch.setattr(sys, "argv", ["bot", "preview"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "pip install 'ostinato[preview]'" in capsys.readouterr().err
