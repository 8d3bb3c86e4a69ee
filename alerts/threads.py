"""Threads for senders that block: their own, so that hanging servers starve neither each other nor the program's rest.

Each channel has a handful of deliveries under way at most; the bound is reached with sixteen channels that all hang.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, TypeVarTuple

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_threads = ThreadPoolExecutor(max_workers=64, thread_name_prefix="alerts")


async def in_thread(work: Callable[[*Ts], T], *arguments: *Ts) -> T:
    """Run blocking work in a thread; being cancelled does not end the work, only the wait for it."""
    return await asyncio.get_running_loop().run_in_executor(_threads, work, *arguments)
