"""Word to systemd over its socket."""

import asyncio
import socket
import sys

import pytest

from bot.systemd import Notifier

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="systemd is Linux's")


class Manager:
    """The other end of the socket."""

    def __init__(self, address: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(address)
        self._socket.settimeout(0)

    def heard(self) -> list[str]:
        words = []
        while True:
            try:
                words.append(self._socket.recv(4096).decode())
            except BlockingIOError:
                return words

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def manager(tmp_path):
    manager = Manager(str(tmp_path / "notify"))
    yield manager
    manager.close()


async def test_ready_is_told_once_and_only_when_it_is_so(manager, tmp_path):
    ready = False
    task = asyncio.create_task(Notifier(str(tmp_path / "notify")).run(lambda: ready))
    await asyncio.sleep(0)
    assert manager.heard() == []
    ready = True
    await task
    assert [word.splitlines()[0] for word in manager.heard()] == ["READY=1"]


async def test_the_watchdog_hears_a_beat_before_and_after_the_bot_is_ready(manager, tmp_path):
    ready = False
    task = asyncio.create_task(Notifier(str(tmp_path / "notify"), watchdog_us=20_000).run(lambda: ready))
    await asyncio.sleep(0.1)
    assert set(manager.heard()) == {"WATCHDOG=1"}
    ready = True
    await asyncio.sleep(0.1)
    task.cancel()
    words = manager.heard()
    assert sum(word.startswith("READY=1") for word in words) == 1
    assert words.count("WATCHDOG=1") >= 3


async def test_sockets_without_a_name_are_known_by_their_at_sign():
    manager = Manager("\0ostinato-test")
    Notifier("@ostinato-test").tell("STOPPING=1")
    assert manager.heard() == ["STOPPING=1"]
    manager.close()


async def test_nobody_is_told_where_there_is_no_systemd_and_nothing_breaks_when_it_does_not_listen(tmp_path):
    await Notifier(None, watchdog_us=1).run(lambda: True)
    Notifier(str(tmp_path / "nobody")).tell("READY=1")
