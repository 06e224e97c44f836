"""All writes that wait at the same moment share one transaction, for it is the commit that costs."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from . import sqlite_driver

T = TypeVar("T")
Change = Callable[[AsyncConnection], Awaitable[Any]]

_LARGEST_GROUP = 250


@dataclass(slots=True)
class _Waiting:
    change: Change
    done: asyncio.Future[Any]
    result: Any = None
    error: Exception | None = None

    def tell(self) -> None:
        if self.done.done():  # its caller was cancelled
            return
        if self.error is None:
            self.done.set_result(self.result)
        else:
            self.done.set_exception(self.error)


class GroupCommit:
    """``transaction`` opens the transaction that a group shares."""

    def __init__(self, transaction: Callable[[], AbstractAsyncContextManager[AsyncConnection]]) -> None:
        self._transaction = transaction
        self._queue: list[_Waiting] = []
        self._worker: asyncio.Task[None] | None = None

    async def write(self, change: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        waiting = _Waiting(change, asyncio.get_running_loop().create_future())
        self._queue.append(waiting)
        if self._worker is None or self._worker.done():
            # A task of its own: whoever asked may be cancelled, the group goes on.
            self._worker = asyncio.create_task(self._work(), name="group commit")
        result: T = await waiting.done
        return result

    async def finish(self) -> None:
        """Until nothing is waiting."""
        if self._worker is not None:
            await asyncio.wait([self._worker])

    async def _work(self) -> None:
        while self._queue:
            group = [waiting for waiting in self._queue[:_LARGEST_GROUP] if not waiting.done.done()]
            del self._queue[:_LARGEST_GROUP]
            try:
                await self._commit(group)
            except asyncio.CancelledError:  # the program ends
                for waiting in [*group, *self._queue]:
                    waiting.done.cancel()
                raise
            except Exception as error:  # noqa: BLE001 - each caller gets it
                for waiting in group:
                    waiting.error = error
            for waiting in group:
                waiting.tell()

    async def _commit(self, group: list[_Waiting]) -> None:
        if not group:
            return
        async with self._transaction() as connection:
            for waiting in group:
                await _attempt(connection, waiting)


async def _attempt(connection: AsyncConnection, waiting: _Waiting) -> None:
    """Fill in the change's result or its error; raises only when the whole transaction is lost."""
    try:
        async with _savepoint(connection):
            waiting.result = await waiting.change(connection)
    except _Lost as lost:
        raise lost.error from lost
    except Exception as error:  # noqa: BLE001 - its caller gets it
        waiting.error = error


class _Lost(Exception):
    """The transaction went down with the change that raised ``error``."""

    def __init__(self, error: Exception) -> None:
        super().__init__(error)
        self.error = error


@asynccontextmanager
async def _savepoint(connection: AsyncConnection) -> AsyncGenerator[None]:
    driver = sqlite_driver.under(connection)
    if driver is None:
        async with connection.begin_nested():
            yield
        return
    driver.before_next("SAVEPOINT change")
    try:
        yield
    except Exception as error:
        try:
            await connection.exec_driver_sql("ROLLBACK TO change")
        except DBAPIError as gone:
            # SQLite undoes everything by itself in deep trouble (a full disk), savepoints included.
            raise _Lost(error) from gone
        raise
    finally:
        driver.before_next("RELEASE change")
