"""Words that announce a person's name, in the spellings of messages, from the surest to the least sure."""

import re
from enum import Enum


class Trust(Enum):
    """What may be taken for a name after an introducer."""

    FULL = "any word that is not ordinary, and those after it"
    TITLE = "a surname: with a capital, or in lower case and unknown"
    CAPITAL = "a known given name, or a capital on an unknown word"
    KNOWN = "a known given name only"


_CALLED = r"ap+[ea]l+(?:es?|le)?"
_SELF = (
    rf"\bje? ?m[' ]?{_CALLED}\b|\bje? m {_CALLED}\b"
    r"|\b(?:mon|mn|ma|le) (?:pre)?no[mn](?: (?:complet|entier|de famille|de jeune fille|de naissance"
    r"|d'epouse))?"
    r" ?(?:: ?|\b(?:est|es|c'?est|c'? |ce|se|sai|cet)\b)"
    r"|\bmoi,? (?:c'? ?est|c|ce|se)\b|\bmoi nom\b|\b(?:pre)?nom ?: ?|\bje sous?signee?\b"
)
_TITLE = r"\b(?:mr|mme|mlle|mmes|dr)\b\.?|(?<![a-z'])m\.(?= ?[a-z])"
_TITLE_IN_FULL = (
    r"\b(?:monsieur|mesieu|messieu|mosieu|misieu|msieu|madame|madam|madamme|mademoiselle|docteur|docter"
    r"|docteure)\b"
)
_KIN = (
    r"(?:petits?[ -])?(?:fils|fis|fisse|fiston|gamins?|gosses?|petits?|garcons?|garson|bebe|bb|mari|marie"
    r"|mary|mec|homme|epoux|conjoint|compagnon|copain|copin|ex|frere|frer|frangin"
    r"|pere|per|papa|papy|papi|oncle|tonton|cousin|neveu|gendre|voisin|vizin|ami|pote|(?:beau"
    r"|bo)[ -](?:pere|per|frere|frer|fils)"
    r"|grand[ -](?:pere|mere)|parrain"
    r"|proprietaire|proprio|medecin|avocate?|notaire|tuteur|curateur|conseill(?:er|ere)|referente?"
    r"|educat(?:eur|rice)|assistant(?:e)?(?: sociale?)?|collegue|patron(?:ne)?|eleve"
    r"|(?:petites?[ -])?(?:filles?|fiyes?|fiy|fill)|petites?|grande|gamine|femme|fame|fam|epouse|conjointe"
    r"|compagne|copine|meuf|soeur|seur|frangine"
    r"|mere|mer|maman|mamie|mami|tante|tata|cousine|niece|bru|voisine|vizine|amie|tutrice|curatrice"
    r"|bell?e?[ -](?:mere|mer|soeur|seur|fille)|marraine|nounou|enfants?|jumeaux|jumelles)"
)
_RELATIVE = (
    r"\b(?:mon|ma|mes|mn|m|notre|nos|son|sa|ses|leur|leurs|le|la|les|ton|ta|un|une|votre)\b"
    rf" (?:propre |grande? |ptite? |pti |petite? |ancien(?:ne)? |chere? )?{_KIN}\b"
)
_OTHER = (
    rf"\b[mst][' ]?{_CALLED}(?:nt)?\b|\bje {_CALLED}\b|\b(?:pre)?nommee?s?\b|\bdenommee?\b"
    rf"|\bde la part de\b|\bau nom de\b|\bfamille\b|\bles epoux\b|\bveuve\b|\bnee\b"
    r"|\bici\b|(?:(?<=^)|(?<=bonjour )|(?<=salut ))c'est\b|\bsignee?\b"
    r"|\bpapa\b|\bmaman\b|\bmamie\b|\btonton\b|\btata\b|\ble pere\b|\bla mere\b"
)
_GREETING = (
    r"\b(?:bonjour|bonsoir|salut|slt|coucou|bjr|cc|merci)\b|\bc'est\b|\bc\b|\bje suis\b"
    r"|\bgarde(?:r|ait)?\b|\bvu\b|\bavec\b|\bchez\b"
)
_MASTER = r"\b(?:maitre|professeur)\b"

INTRODUCERS: tuple[tuple[re.Pattern[str], Trust], ...] = (
    (re.compile(_SELF), Trust.FULL),
    (re.compile(_TITLE), Trust.TITLE),
    (re.compile(_TITLE_IN_FULL), Trust.TITLE),
    (re.compile(f"{_RELATIVE}|{_OTHER}|{_MASTER}"), Trust.CAPITAL),
    (re.compile(_GREETING), Trust.KNOWN),
)
POLITE_BEFORE = re.compile(r"(?:[!?,]|\b(?:bonjour|bonsoir|merci|salut|oui|non|bjr|slt|alors|svp|stp|di|dit))[ ,]*$")
"""Before "madame" alone, what makes it an address to the reader and no title."""
CAPITAL_TITLE = re.compile(r"(?<![A-Za-z'])(?:M|Me|Pr)\.? (?=[A-Z][a-z])")
"""Titles too short to be read without their capitals."""
PLACE_BEFORE = re.compile(
    r"\b(?:rue|avenue|av|boulevard|bd|place|allees?|cours|quai|square|impasse|chemin|route|pont|parc"
    r"|jardin|lycee|college|ecole|maternelle|primaire|creche|stade|gymnase|piscine"
    r"|salle|espace|residence|foyer|hopital|clinique|centre|hospitalier|mediatheque|bibliotheque|theatre"
    r"|musee|maison|quartier|ehpad|cite|tour|institut|fondation|association|arret|gare|eglise"
    r"|cathedrale|basilique|dojo|complexe|bois|zone|saint|sainte|st|ste|general|marechal|prix|loi|fort"
    r"|caserne|campus|villa|halle|boulodrome|boutique|garage|restaurant|mission|pass|plan|ligne)"
    r"(?: (?:de|du|des|d'|la|le|l'|municipale?|publique|social|elementaire|culturel|loisirs|quartier"
    r"|sports?|general|marechal))*[ '-]*$"
)
"""What makes the following name that of a public place."""
