"""The fixtures of the end-to-end tests; see `tests.support.assistant`."""

from tests.support.assistant import (
    assistant,
    knowledge_copy,
    no_settings_of_this_machine,
    quiet_assistant,
    sandbox,
    small_base_read_once,
)

__all__ = [
    "assistant",
    "knowledge_copy",
    "no_settings_of_this_machine",
    "quiet_assistant",
    "sandbox",
    "small_base_read_once",
]
