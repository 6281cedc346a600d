"""The fixtures of the end-to-end tests; see `tests.support.assistant`."""

from tests.support.assistant import (
    assistant,
    bases_read_once,
    impatient_database,
    knowledge_copy,
    no_settings_of_this_machine,
    quiet_assistant,
    sandbox,
)
from tests.support.notices import notices_looked_for_often

__all__ = [
    "assistant",
    "bases_read_once",
    "impatient_database",
    "knowledge_copy",
    "no_settings_of_this_machine",
    "notices_looked_for_often",
    "quiet_assistant",
    "sandbox",
]
