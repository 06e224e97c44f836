"""The eleven ways in which a request goes wrong, and how the loopback Discord is told to let it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """How one request fails; the next one is served."""

    BAD_REQUEST = "400"
    UNAUTHORIZED = "401"
    FORBIDDEN = "403"
    NOT_FOUND = "404"
    LIMITED = "429, says how long"
    BLOCKED = "429, says nothing"
    SERVER_ERROR = "500"
    BAD_GATEWAY = "502"
    TIMEOUT = "no answer in time"
    CUT_BEFORE = "cut before the effect"
    CUT_AFTER = "cut after the effect"


TRULY_JSON = "json"  # a fault of our own: the harness's bodies have a content type that discord.py takes for text
CODES = {Kind.BAD_REQUEST: 50035, Kind.UNAUTHORIZED: 0, Kind.FORBIDDEN: 50013}
UNKNOWN_CHANNEL = 10003
RETRY_AFTER_S = 0.5


@dataclass(frozen=True)
class Target:
    """A route's requests that a fault meets: ``path`` is a glob. ``not_found`` is Discord's code for a 404 there,
    ``hangs_s`` for how many real seconds a request is held that shall not be answered in time. What comes too late is
    done all the same, unless Discord then refuses it with the code ``too_late``."""

    method: str
    path: str
    not_found: int = UNKNOWN_CHANNEL
    hangs_s: float = 3.6
    too_late: int | None = None


def arm(world: Any, kind: Kind, target: Target) -> Any:
    """Let the next such request fail so; returns the fault, which counts its hits."""
    faults, at = world.faults, (target.method, target.path)
    if kind is Kind.TIMEOUT and target.too_late:
        _refuse(world, target, 404, target.too_late)
    ways = {
        Kind.LIMITED: lambda: faults.rate_limit(*at, RETRY_AFTER_S),
        Kind.BLOCKED: lambda: faults.status(*at, 429),  # Cloudflare's ban: a page, no header that says for how long
        Kind.SERVER_ERROR: lambda: faults.status(*at, 500),
        Kind.BAD_GATEWAY: lambda: faults.status(*at, 502),
        Kind.TIMEOUT: lambda: faults.delay(*at, target.hangs_s),
        Kind.CUT_BEFORE: lambda: faults.reset(*at),
        Kind.CUT_AFTER: lambda: faults.lost(*at),
        Kind.NOT_FOUND: lambda: _refuse(world, target, 404, target.not_found),
    }
    return ways.get(kind, lambda: _refuse(world, target, int(kind), CODES[kind]))()


def _refuse(world: Any, target: Target, status: int, code: int) -> Any:
    return world.faults._arm(f"{TRULY_JSON}:{status}:{code}", target.method, target.path, 1)
