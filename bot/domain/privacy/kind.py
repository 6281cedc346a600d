"""The kinds of personal data, each with the words that stand in its place."""

from enum import StrEnum


class Kind(StrEnum):
    """What was masked; the value is what residents and staff read between square brackets."""

    PHONE = "téléphone"
    EMAIL = "e-mail"
    ADDRESS = "adresse"
    SOCIAL_SECURITY = "numéro de sécurité sociale"
    BENEFIT = "numéro d'allocataire"
    TAX = "numéro fiscal"
    FOREIGNER = "numéro d'étranger"
    IBAN = "IBAN"
    CARD = "carte bancaire"
    BIRTH = "date de naissance"
    PLATE = "plaque"
    LINK = "lien"
    NAME = "nom"
    NUMBER = "numéro"

    @property
    def placeholder(self) -> str:
        """What replaces the data in the message."""
        return f"[{self.value}]"
