"""French numbers as people write them and as the schemas want them (E.164)."""

from __future__ import annotations

import re


def international(phone: str) -> str:
    """+33… for a number of ten digits; "" for short ones, which have no such form."""
    digits = re.sub(r"\D", "", phone)
    return f"+33{digits[1:]}" if re.fullmatch(r"0[1-9]\d{8}", digits) else ""


def national(number: str) -> str:
    """A number as it is written in France; other numbers are returned as they are."""
    digits = re.sub(r"[\s.()\-]", "", number)
    digits = re.sub(r"^(?:\+|00)33(?:0(?=\d{9}$))?(?=\d{9}$)", "0", digits)
    digits = re.sub(r"^33(?=\d{9}$)", "0", digits)
    if not re.fullmatch(r"0[1-9]\d{8}", digits, re.ASCII):
        return number.strip()
    if digits[1] == "8":
        return f"0 {digits[1:4]} {digits[4:7]} {digits[7:]}"
    return " ".join(digits[place : place + 2] for place in range(0, 10, 2))
