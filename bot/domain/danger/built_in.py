"""The rules that are always there: when the knowledge base is missing or broken, people in danger still get a number.

Small on purpose: the plainest words of each danger. `knowledge/danger.yaml` holds the rules in full.
"""

from __future__ import annotations

from bot.domain.danger.rules import Combination, DangerKind, DangerRules, EmergencyNumber

SAMU = EmergencyNumber("15", "Samu, urgence médicale")
POLICE = EmergencyNumber("17", "Police ou gendarmerie")
FIRE = EmergencyNumber("18", "Pompiers")
EUROPE = EmergencyNumber("112", "Toutes les urgences")
BY_SMS = EmergencyNumber("114", "si vous ne pouvez pas parler ou entendre", sms=True)
SUICIDE = EmergencyNumber("3114", "Prévention du suicide, jour et nuit")
WOMEN = EmergencyNumber("3919", "Violences Femmes Info, jour et nuit")
CHILDREN = EmergencyNumber("119", "Enfance en danger, jour et nuit")
SHELTER = EmergencyNumber("115", "Hébergement d'urgence, jour et nuit")
ONLINE = EmergencyNumber("3018", "Harcèlement et violences en ligne, de 9 h à 23 h")
VULNERABLE = EmergencyNumber("3133", "Maltraitance des adultes vulnérables, de 9 h à 20 h")

BUILT_IN = DangerRules(
    kinds=(
        DangerKind(
            id="urgence-vitale",
            message="Appelez tout de suite les secours.",
            numbers=(SAMU, FIRE, POLICE, EUROPE, BY_SMS),
            phrases=(
                "au secours",
                "respire plus",
                "respire pas",
                "perd* … sang",
                "crise cardiaque",
                "arrêt cardiaque",
                "perdu connaissance",
                "inconscient*",
                "se noie",
                "s'étouffe",
                "fuite de gaz",
                "mon bébé … bleu",
                "incendie chez/dans",
                "il y a le feu",
                "mal à la poitrine",
                "on m'agresse",
                "convulsions",
            ),
        ),
        DangerKind(
            id="pensees-suicidaires",
            message="Vous n'êtes pas seul. Quelqu'un peut vous écouter maintenant.",
            numbers=(SUICIDE, SAMU, BY_SMS),
            phrases=(
                "me/se suicider",
                "vais/va me/se suicider",
                "veux/veut mourir",
                "envie de mourir",
                "envie de crever",
                "veux/veut crever/crevé",
                "veux/veut en finir",
                "vais/va me/se tuer",
                "veux/veut me/se tuer",
                "plus envie de vivre",
                "veux/veut plus vivre",
                "être un poids",
                "idées noires",
                "me/se pendre",
                "me/se foutre en l'air",
            ),
            keywords=("suicid*",),
            look_alikes=("mort de rire", "mourir de rire", "téléphone … suicidé"),
        ),
        DangerKind(
            id="enfant-en-danger",
            message="Un enfant doit être protégé. Vous pouvez en parler maintenant.",
            numbers=(CHILDREN, POLICE, BY_SMS),
            phrases=("enfant battu", "enfant maltraité", "attouchements", "inceste", "abus* sexuel* … enfant"),
            combinations=(
                Combination((("parent",), ("frapper",), ("mineur",)), distance=15),
                Combination((("enfant",), ("frapper",)), distance=4),
            ),
        ),
        DangerKind(
            id="violences-conjugales",
            message="Ce n'est pas votre faute. Vous pouvez être protégée.",
            numbers=(POLICE, BY_SMS, WOMEN),
            phrases=(
                "violences conjugales",
                "femme battue",
                "il me bat",
                "il me frappe",
                "il va me tuer",
                "m'a violée",
            ),
            combinations=(Combination((("conjoint",), ("frapper", "menace"))),),
        ),
        DangerKind(
            id="maltraitance-adulte-vulnerable",
            message="Personne ne doit être maltraité. On peut vous écouter et agir.",
            numbers=(VULNERABLE, POLICE, BY_SMS),
            phrases=("abus de faiblesse",),
            combinations=(Combination((("fragile",), ("frapper", "maltraiter"))),),
        ),
        DangerKind(
            id="cyberharcelement",
            message="Ne payez pas, ne répondez plus, gardez les messages. Ce n'est pas votre faute.",
            numbers=(ONLINE, POLICE),
            phrases=("sextorsion", "cyberharcel*", "photo/photos/vidéo intime/intimes/nue/nues", "chantage … webcam"),
        ),
        DangerKind(
            id="hebergement-urgence",
            message="Pour dormir à l'abri ce soir, appelez le 115. C'est gratuit, on peut rappeler plusieurs fois.",
            numbers=(SHELTER, SAMU),
            phrases=(
                "dors/dort/dormons/dorment/dormir dehors",
                "à la rue",
                "dors/dort dans la/ma/notre/sa voiture",
                "pas où dormir",
                "nulle part où dormir/aller",
                "rien pour dormir",
                "sans abri",
            ),
        ),
    ),
    families=(
        ("conjoint", ("mari", "mon mec", "copain", "conjoint", "compagnon", "mon ex", "mon homme", "ma femme")),
        ("parent", ("mon père", "ma mère", "papa", "maman", "mes parents", "beau père", "belle mère")),
        ("enfant", ("enfant", "enfants", "bébé", "son fils", "sa fille", "petit garçon", "petite fille")),
        ("mineur", ("1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17 ans",)),
        ("fragile", ("ehpad", "maison de retraite", "handicapé", "handicapée", "personne âgée", "ma grand mère")),
        ("frapper", ("frapp*", "tape", "taper", "cogne", "cogner", "gifl*", "coups", "bat", "battu", "étrangl*")),
        ("menace", ("menac*", "menace", "menaces", "menacer", "peur de lui", "va me tuer")),
        ("maltraiter", ("maltrait*", "insulte", "enferme", "attache", "attachée", "vole", "prive")),
    ),
    curiosity=("c'est quoi", "formation", "stage", "bénévole", "exposé", "bibliothèque", "film", "combien coûte"),
    look_alikes=("mort de rire", "frapper à la porte", "tape mon/le/un/son code", "accident … dernier/assurance"),
)
