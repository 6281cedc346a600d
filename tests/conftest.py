"""What holds for every test: hypothesis judges what code does, never how long it takes."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("project", deadline=None)
settings.load_profile("project")
