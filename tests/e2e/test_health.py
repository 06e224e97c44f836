"""What whoever watches over the bot is told of it."""

import os
import re
import socket
from datetime import timedelta

import aiohttp
import pytest

from bot import __version__
from bot.health import DAILY_ILL, Health
from bot.metrics import PrometheusMetrics
from bot.storage import errors, vitals
from tests.e2e.reading import answer


@pytest.fixture
async def metrics(stage) -> PrometheusMetrics:
    stage.bot.metrics = PrometheusMetrics(__version__)
    return stage.bot.metrics


@pytest.fixture
async def ask(stage, metrics, tmp_path):
    """Asks for a page of the open port; gives the status and the text."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    health = Health(stage.store.database, metrics, lambda: stage.bot, tmp_path, stage.clock)
    await health.open(port)

    async def ask(page):
        async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{page}") as response:
            return response.status, await (response.json() if page == "/healthz" else response.text())

    ask.health, ask.port = health, port
    yield ask
    await health.close()


def figure(text: str, name: str) -> float:
    return float(re.findall(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)[0])


async def test_a_bot_in_good_health_says_so(ask, stage, metrics):
    metrics.daily_ran(stage.clock())
    status, found = await ask("/healthz")
    assert (status, found["status"], found["ill"]) == (200, "ok", [])
    assert found["connected"]
    assert found["database_writable"]
    assert found["last_daily_run"] == stage.clock().isoformat()


async def test_a_daily_loop_that_no_longer_turns_is_ill(ask, stage, metrics):
    metrics.daily_ran(stage.clock())
    stage.clock.time += DAILY_ILL + timedelta(seconds=1)
    status, found = await ask("/healthz")
    assert (status, found["ill"]) == (503, ["last_daily_run"])


async def test_a_database_that_cannot_be_written_is_ill_and_its_place_stays_private(ask, monkeypatch):
    async def full(*_):
        raise errors.DiskFull("some secret place")

    monkeypatch.setattr(vitals, "check_writable", full)
    status, found = await ask("/healthz")
    assert (status, found["ill"], found["database_trouble"]) == (503, ["database_writable"], "DiskFull")
    assert "secret" not in str(found)


async def test_a_loop_that_is_held_up_is_ill(ask):
    ask.health.lag._recent.append(2.0)
    status, found = await ask("/healthz")
    assert (status, found["ill"], found["loop_lag_ms"]) == (503, ["loop_lag_ms"], 2000)


async def test_commands_and_presses_are_counted_by_name_and_outcome_with_their_time(ask, stage):
    song = answer(await stage.ann.slash(stage.channel, "ost", query="goblin"))
    await stage.ann.slash(stage.channel, "ost", query="qqqqqqqqqqqq")
    await stage.ann.click(song, label="→")
    _, text = await ask("/metrics")
    for name, outcome in [("ost", "done"), ("ost", "not found"), ("press page", "done")]:
        labels = f'{{name="{name}",outcome="{outcome}"}}'
        assert figure(text, f"ostinato_interaction_seconds_count{labels}") == 1, name
        assert 0 < figure(text, f"ostinato_interaction_seconds_sum{labels}") < 5
    assert figure(text, "ostinato_search_misses_total") == 1


async def test_suggestions_are_counted_apart_from_their_command_with_their_time(ask, stage):
    await stage.ann.autocomplete(stage.channel, "ost", "query", "goblin")
    await stage.ann.autocomplete(stage.channel, "ostawards", "award", "mama")
    stage.env.inject_error("POST", "/interactions/*/callback", status=403, code=50013)
    await stage.ann.autocomplete(stage.channel, "ost", "query", "goblin")
    _, text = await ask("/metrics")
    for name, outcome in [("ost", "done"), ("ost", "failed"), ("ostawards", "done")]:
        labels = f'{{name="{name} suggestions",outcome="{outcome}"}}'
        assert figure(text, f"ostinato_interaction_seconds_count{labels}") == 1, labels
    assert 'name="ost",' not in text


async def test_forged_ids_make_no_new_names(ask, stage):
    from bot.ui.components import button

    for number in range(3):
        message = await stage.post(button("?", f"o1:forged{number}"))
        await stage.ann.click(message, label="?")
    _, text = await ask("/metrics")
    assert 'name="press unknown",outcome="refused"} 3.0' in text
    assert "forged" not in text


async def test_what_is_asked_of_the_store_is_there_too(ask, metrics):
    metrics.reconnected("resumed")
    metrics.lagged(0.01)
    _, text = await ask("/metrics")
    assert figure(text, "ostinato_guilds") == 1
    assert figure(text, "ostinato_connected") == 1
    assert figure(text, 'ostinato_running{what="games"}') == 0
    assert figure(text, 'ostinato_running{what="overdue_posts"}') == 0
    assert figure(text, 'ostinato_gateway_reconnects_total{how="resumed"}') == 1
    assert figure(text, "ostinato_loop_lag_seconds_count") == 1
    assert f'ostinato_build_info{{version="{__version__}"}} 1.0' in text


async def test_the_newest_backup_is_known_by_its_time(ask, tmp_path):
    _, text = await ask("/metrics")
    assert figure(text, "ostinato_last_backup_timestamp_seconds") == 0
    for day, made_at in (("2026-03-28", 1000), ("2026-03-29", 2000)):
        (tmp_path / f"ostinato-{day}.db").touch()
        os.utime(tmp_path / f"ostinato-{day}.db", (made_at, made_at))
    _, text = await ask("/metrics")
    assert figure(text, "ostinato_last_backup_timestamp_seconds") == 2000


async def test_only_this_machine_may_ask(ask):
    sites = ask.health._runner.sites
    assert [site.name for site in sites] == [f"http://127.0.0.1:{ask.port}"]


async def test_there_is_nothing_else_to_ask_for(ask):
    status, _ = await ask("/../etc/passwd")
    assert status == 404
