"""People in danger first: recognises a message that tells of danger, independent of everything else.

`DangerDetector` is the door. Rules find expressions by ear (`rules`, `lexicon`, `sounds`), whole or together
(`combining`); learnt points weigh what they leave open (`points`); the topic ranking may lean a little (`leaning`).
"""

from bot.domain.danger.built_in import BUILT_IN
from bot.domain.danger.detector import ORDINARY, DangerDetector, Suspicion
from bot.domain.danger.rules import Danger, DangerRules, EmergencyNumber

__all__ = ["BUILT_IN", "ORDINARY", "Danger", "DangerDetector", "DangerRules", "EmergencyNumber", "Suspicion"]
