"""Keeps the process small on a machine that has little memory.

Building the index takes some 100 MB for a second; glibc would keep it for the process's whole life.
"""

from __future__ import annotations

import ctypes
import gc
import sys

# glibc's <malloc.h>. One arena: what a thread frees, the others can use. A fixed limit from which blocks come
# straight from the system (glibc's own moves up to 32 MB): large arrays go back when they are freed.
_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8
_LARGE_BLOCK = 128 * 1024


def _libc() -> ctypes.CDLL | None:
    return ctypes.CDLL(None) if sys.platform.startswith("linux") else None


def stay_small() -> None:
    """Set the allocator up, once, before anything big is read; nothing where the C library has no such settings."""
    set_option = getattr(_libc(), "mallopt", None)
    if set_option is not None:
        set_option(_M_ARENA_MAX, 1)
        set_option(_M_MMAP_THRESHOLD, _LARGE_BLOCK)


def return_memory() -> None:
    """Hand freed memory back to the system, where the C library knows how; what is left stays for long.

    Frozen, it is not looked through again: a full collection would hold every answer up for a tenth of a second.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    trim = getattr(_libc(), "malloc_trim", None)
    if trim is not None:
        trim(0)
