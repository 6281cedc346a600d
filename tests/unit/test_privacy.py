"""What is masked, what stays, in the words of the promise."""

import pytest

from bot.domain.privacy import redact


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rappelez au 06 39 98 12 34 svp", "rappelez au [téléphone] svp"),
        ("rappelez au 06.39.98.12.34", "rappelez au [téléphone]"),
        ("rappelez au 0 6 3 9 9 8 1 2 3 4", "rappelez au [téléphone]"),
        ("O6-39-98-12-34", "[téléphone]"),
        ("+33 (0)6 39 98 12 34", "[téléphone]"),
        ("+212 6 12 34 56 78 ou 00351 912 345 678", "[téléphone] ou [téléphone]"),
        ("c'est zéro six trente-neuf quatre-vingt-dix-huit douze trente-quatre", "c'est [téléphone]"),
        ("le 06 39 98 douze trente-quatre", "le [téléphone]"),
        ("zero sis trante neuf katre vin dis uit douze trente", "[téléphone]"),
        ("marie point dupont arobase gmail point com", "[e-mail]"),
        ("écrire à m.d@exemple.fr.", "écrire à [e-mail]."),
        ("12 bis rue de la Paix 24000 Périgueux", "[adresse]"),
        ("j'habite au 3 allée des Acacias bât C appt 12", "j'habite au [adresse]"),
        ("j'habite au douze rue des acacias", "j'habite au [adresse]"),
        ("2 95 10 99 126 111 93", "[numéro de sécurité sociale]"),
        ("2 53 07 2A 073 004 43", "[numéro de sécurité sociale]"),
        ("295109912611193", "[numéro de sécurité sociale]"),
        ("allocataire n°1234567", "allocataire n°[numéro d'allocataire]"),
        ("mon numéro fiscal 30 23 217 600 053", "mon numéro fiscal [numéro fiscal]"),
        ("mon titre de séjour 9903123456", "mon titre de séjour [numéro d'étranger]"),
        ("identifiant pole emploi 1234567B", "identifiant pole emploi [numéro]"),
        ("FR76 3000 6000 0112 3456 7890 189", "[IBAN]"),
        ("mon iban fr76 3000 6000 01", "mon iban [IBAN]"),
        ("4111 1111 1111 1111", "[carte bancaire]"),
        ("né le 12/03/1985", "né le [date de naissance]"),
        ("née en mars 1985", "née en [date de naissance]"),
        ("AB-123-CD", "[plaque]"),
        ("plaque 123 abc 24", "plaque [plaque]"),
        ("https://exemple.com/r?token=abc", "https://exemple.com/[lien]"),
        ("http://moi:secret@exemple.com/", "[lien]"),
        ("Je m'appelle Fatima Benali.", "Je m'appelle [nom]."),
        ("je mapel fatima benali é jé 20 an", "je mapel [nom] é jé 20 an"),
        ("jmapelle rose", "jmapelle [nom]"),
        ("je m'appelle Олена Коваленко", "je m'appelle [nom]"),
        ("mon fils kevin est malade", "mon fils [nom] est malade"),
        ("Monsieur Le Goff et Madame Ben Ali", "Monsieur [nom] et Madame [nom]"),
        ("moi c lylia mansouri jcherche un studio", "moi c [nom] jcherche un studio"),
        ("Pierre Durand et Marie Lenormand", "[nom] et [nom]"),
        ("tel 0639981 merci", "tel [téléphone] merci"),
        ("Adresse : Résidence Les Mimosas, bât B, appt 45, 24750 Boulazac", "Adresse : [adresse]"),
        ("mes enfants Léo, Mia et Inès", "mes enfants [nom] et [nom]"),
        ("Merci.\nCordialement, Fatima B.", "Merci.\nCordialement, [nom]."),
        ("BONJOUR JE M'APPELLE FATIMA BENALI ET JE CHERCHE", "BONJOUR JE M'APPELLE [nom] ET JE CHERCHE"),
    ],
)
def test_masks(text: str, expected: str) -> None:
    assert redact(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "les numéros 15, 17, 18, 112, 114, 115, 119, 3114, 3919, 3018 et 3133",
        "appelez le 36 46, le 39 39 ou le 116 006",
        "mon fils handicapé, ma fille enceinte, mon mari chômeur",
        "je m'appelle pas comme ça",
        "je suis marié depuis 2010, nés ou adoptés depuis le 1er janvier 2026",
        "mon nom est mal écrit",
        "Madame la Maire, Monsieur le Président",
        "le 12/03/2026 à 14 h 30, lettre du 4 novembre 2025",
        "je ne peux pas venir le 12/03/2026",
        "Cerfa 12345*02 ou Cerfa n° 15636*03",
        "24000 Périgueux, en Dordogne (24)",
        "1 250,50 € pour 68 m², 23 000 euros par an",
        "la médiathèque de la rue Gambetta, près du lycée Laure-Gatet",
        "il y a 1 place en crèche et 3 cours par semaine",
        "https://www.service-public.gouv.fr/particuliers/vosdroits/F10027",
        "bonjour madame jvoudré savoir pour la cantine 😀",
        "depuis deux mille douze je touche neuf cent quarante euros",
        "[nom] habite [adresse], tél. [téléphone]",
    ],
)
def test_keeps(text: str) -> None:
    assert redact(text).text == text
    assert redact(text).kinds == ()


def test_kinds_are_told_once_in_order_of_appearance() -> None:
    redacted = redact("je m'appelle Ali, 06 39 98 12 34, mon mari Omar")
    assert redacted.kinds == ("nom", "téléphone")


def test_hidden_digits_are_seen() -> None:
    hidden = [
        "0\u200b6\u200d39981234",
        "٠٦٣٩٩٨١٢٣٤",
        "０６３９９８１２３４",
        "0️⃣6️⃣39981234",
        "06\u00ad39\u20609812\ufeff34",
    ]
    assert [redact(text).text for text in hidden] == ["[téléphone]"] * len(hidden)
