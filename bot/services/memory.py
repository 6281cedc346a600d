"""Gives memory back to the machine after something big was built.

Building the index takes some 100 MB for a second; glibc would keep it for the process's whole life, on a machine
that has little.
"""

from __future__ import annotations

import ctypes
import gc
import sys


def return_memory() -> None:
    """Hand freed memory back to the system, where the C library knows how (glibc)."""
    gc.collect()
    if not sys.platform.startswith("linux"):
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
