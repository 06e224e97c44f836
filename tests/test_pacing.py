import asyncio

import aiohttp
import pytest
from aiohttp import web

from bot.domain.pacer import Pacer
from bot.pacing import Turns, is_counted, patiently, watch

WINDOW_S = 0.1


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("/api/v10/channels/1/messages", True),
        ("/api/v10/users/@me", True),
        ("/api/v10/interactions/1/token/callback", False),
        ("/api/v10/webhooks/1/token/messages/@original", False),
        ("/embed/avatars/0.png", False),
        ("/", False),
    ],
)
def test_the_limit_counts_requests_to_the_api_but_no_answers_to_interactions(path, counts):
    assert is_counted(path) is counts


async def test_turns_come_in_the_order_in_which_they_were_asked_for_and_patient_ones_last():
    turns, began = Turns(Pacer(1, WINDOW_S)), []

    async def ask(name):
        await turns.begin()
        began.append(name)
        turns.end()

    asked = [asyncio.create_task(ask("first"))]
    await asyncio.sleep(0)
    asked += [asyncio.create_task(ask(f"patient {n}"), context=patiently()) for n in (1, 2)]
    await asyncio.sleep(0)
    asked += [asyncio.create_task(ask(f"hasty {n}")) for n in (1, 2)]
    await asyncio.gather(*asked)
    assert began == ["first", "hasty 1", "hasty 2", "patient 1", "patient 2"]


async def test_who_stops_waiting_leaves_the_turn_to_the_next():
    turns = Turns(Pacer(1, WINDOW_S))
    await turns.begin()
    gone, next_ = asyncio.create_task(turns.begin()), asyncio.create_task(turns.begin())
    await asyncio.sleep(0)
    gone.cancel()
    turns.end()
    await next_


async def test_who_is_cancelled_with_a_turn_in_hand_gives_it_back():
    turns = Turns(Pacer(1, WINDOW_S))
    await turns.begin()
    asked = asyncio.create_task(turns.begin())
    await asyncio.sleep(0)
    turns.end(-WINDOW_S)  # as if that were long ago: the turn is given, and whoever waited does not know yet
    asked.cancel()
    await asyncio.wait([asked])
    await turns.begin()


@pytest.fixture
async def discord():
    """A server that notes when it counted each request, and is sometimes slow to."""
    counted, loop = {}, asyncio.get_running_loop()

    async def answer(request):
        await asyncio.sleep(int(request.query.get("way_ms", 0)) / 1000)
        counted.setdefault(request.path, []).append(loop.time())
        return web.json_response({})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    counted["url"] = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield counted
    await runner.cleanup()


async def test_a_watched_client_keeps_to_the_limit_whoever_asks_and_does_not_hold_interactions_up(discord):
    turns = Turns(Pacer(5, WINDOW_S))
    async with aiohttp.ClientSession(discord["url"], trace_configs=[watch(turns)]) as session:

        async def ask(path):
            async with session.post(path) as response:
                await response.read()

        ways_ms = [0, 40, 3, 90, 0] * 4
        await asyncio.gather(
            *(ask(f"/api/v10/channels/{way_ms}?way_ms={way_ms}") for way_ms in ways_ms),
            *(ask("/api/v10/interactions/1/t/callback") for _ in range(20)),
        )
    answers = discord["/api/v10/interactions/1/t/callback"]
    counted = sorted(moment for path, moments in discord.items() if "channels" in path for moment in moments)
    assert len(counted) == 20
    assert all(later - early > WINDOW_S for early, later in zip(counted, counted[5:], strict=False))
    assert max(answers) < counted[10]


async def test_a_request_that_was_cut_off_is_reckoned_with_for_a_while(discord):
    turns = Turns(Pacer(1, WINDOW_S))
    async with aiohttp.ClientSession(discord["url"], trace_configs=[watch(turns)]) as session:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await session.post("/api/v10/channels/1?way_ms=500")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await session.post("/api/v10/channels/2")
    assert "/api/v10/channels/2" not in discord
