"""What systemd is told of a service of ``Type=notify``: that it is ready, alive, stopping. See sd_notify(3)."""

import asyncio
import logging
import socket
from collections.abc import Callable

log = logging.getLogger(__name__)

_LOOKS_S = 0.5


class Notifier:
    """``address`` is NOTIFY_SOCKET, ``watchdog_us`` WATCHDOG_USEC; without an address nobody is told anything."""

    def __init__(self, address: str | None, watchdog_us: int | None = None) -> None:
        # A leading @ stands for the zero byte of Linux's nameless sockets.
        self._address = address.replace("@", "\0", 1) if address and address.startswith("@") else address
        # Twice as often as asked for, so that one late beat is no death.
        self._beat_s = watchdog_us / 2_000_000 if watchdog_us else None

    def tell(self, state: str) -> None:
        """Never raises, never waits: a service manager that does not listen is no reason to stop."""
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to_manager:
                to_manager.settimeout(0)
                to_manager.sendto(state.encode(), self._address)
        except OSError as error:
            log.debug("systemd was not told %s: %s", state, error)

    async def run(self, is_ready: Callable[[], bool]) -> None:
        """Tell once that the bot is ready, and beat for the watchdog as long as the event loop turns."""
        if not self._address:
            return
        told = False
        while not told or self._beat_s:
            if is_ready() and not told:
                self.tell("READY=1\nSTATUS=Connected to Discord")
                told = True
            if self._beat_s:
                self.tell("WATCHDOG=1")
            await asyncio.sleep(min(_LOOKS_S, self._beat_s or _LOOKS_S) if not told else self._beat_s or 0)
