"""What a person may be to the service besides a resident."""

from __future__ import annotations

from typing import Literal

Role = Literal["mediator", "staff"]
