"""What the bot itself says. The sentences are knowledge; this file only knows which ones must exist."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import AccesDroitsError

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")

# Every text that the code asks for, with the values it gives to it. A test holds this list against the code.
_KEYS = """
accueil accueil_consigne aide aide_commandes aide_humain
themes_titre theme_titre page(numero,total) bouton_themes bouton_suivant bouton_precedent bouton_retour
titre_etapes titre_pieces titre_contacts contact_sms(numero) source(sources) verifie(date)
perime(date,telephone) bouton_aide bouton_pas_ca bouton_contact appeler(numero) bouton_precisions merci_aide
choix choix_suite deux_besoins bouton_aucune
inconnu inconnu_suite inconnu_prevenir inconnu_non_garde inconnu_garde_bientot inconnu_humain inconnu_themes
incomprehensible quelle_demarche pas_ca_suite pas_ca_non_garde deja_compte
danger_appeler danger_question danger_sms(numero,service) danger_appel(numero,service) danger_suite
danger_autre_besoin danger_oui danger_non danger_non_reponse bouton_danger_oui bouton_danger_non bouton_quitter_vite
quitter_vite
quitter_vite_mode urgence_titre urgence urgence_suite
reglages reglages_vide reglages_courtes bouton_reponses_courtes bouton_reponses_completes
reglages_lecture_non reglages_lecture_oui bouton_lire_toujours bouton_ne_plus_lire donnees_lecture donnees_sans_lecture
bouton_ecouter voix_prepare voix_patience voix_absente voix_panne voix_compris bouton_corriger voix_corriger
voix_corriger_efface voix_trop_longue(minutes) voix_occupee voix_pas_comprise voix_humain
recu_photo recu_voix recu_autocollant recu_contact recu_position recu_document recu_autre
ancien_bouton commande_inconnue sujet_inconnu erreur groupe
lieux_consigne lieux_saisie lieux_position_recue lieux_besoin lieux_besoin_theme lieux_pres lieux_loin
lieux_pour(sujet) lieux_dans(commune) lieux_dire_ou lieux_aucun(numero) lieux_tout_pres lieux_metres(nombre)
lieux_kilometres(nombre) lieux_vers(commune,distance) lieux_horaires_releves(date) lieux_joindre(nom,numero)
lieux_a_confirmer(numero) lieux_aide_pour(sujets) lieux_perime(date) lieux_commune_titre(commune)
lieux_commune_laquelle lieux_commune_inconnue lieux_mairie_adresse(adresse,date) lieux_sans_numero(numero)
lieux_role_mairie lieux_role_ccas lieux_role_france_services lieux_role_caf lieux_role_departement lieux_role_agglo
lieux_point_commune(adresse,commune) lieux_point_sans_adresse(commune)
bouton_position bouton_lieux_suite bouton_lieux_besoin bouton_lieux_commune bouton_site
menu_start menu_help menu_themes menu_urgence menu_lieux menu_reglages menu_file bot_description bot_description_courte
equipe_base_cassee equipe_base_autres(nombre) equipe_base_reparee(nombre) equipe_stockage(raison)
garde_texte garde_jusqu_au(date) bouton_effacer garde_efface garde_deja_efface
donnees_titre donnees_rien donnees_role(role,date) donnees_role_reglages(role) donnees_reglage(valeur,date)
donnees_courtes donnees_completes donnees_avis(question,date) donnees_questions donnees_suite donnees_fichier
role_equipe role_mediateur effacer_question bouton_effacer_oui bouton_effacer_non effacer_non_fait effacer_fait
effacer_role_reglages effacer_conversation stop_fait confidentialite ralenti(nombre)
equipe_titre equipe_reglages(nombre,role) equipe_membre(nom,role,date) equipe_sans_nom(nombre)
equipe_invitation(role) equipe_invitation_ouverte(nombre,role,date) equipe_inviter_mode bouton_retirer(nom)
bouton_annuler_invitation(nombre) equipe_retire equipe_deja_retire
invitation_acceptee(role,date) invitation_perdue invitation_inutile
menu_mesdonnees menu_confidentialite menu_equipe menu_inviter
pas_ca_pourquoi bouton_pourquoi_autre bouton_pourquoi_flou bouton_pourquoi_faux bouton_pourquoi_manque
pourquoi_note pourquoi_garde pourquoi_equipe equipe_info_fausse(titre,sujet)
avis_demande avis_equipe avis_suite avis_note(date) avis_deja avis_perdu avis_arrete avis_deja_arrete
bouton_prevenir bouton_ne_plus_prevenir equipe_avis_refuse
chiffres_titre_s chiffres_titre_m chiffres_titre_t chiffres_jours(debut,fin)
chiffres_questions(nombre,avant) chiffres_vide
chiffres_issues(reponses,choix,inconnus) chiffres_danger(nombre) chiffres_avis(aide,refus) chiffres_canaux(liste)
chiffres_canal_chat chiffres_canal_session chiffres_canal_inline chiffres_canal_page
chiffres_fiches chiffres_manques chiffres_themes
chiffres_communes chiffres_sans_theme chiffres_sans_commune chiffres_ligne(nom,nombre) chiffres_caches(nombre)
chiffres_delais(nombre,moitie,neuf) chiffres_attente(nombre) chiffres_perimes(perimes,nombre) chiffres_image(texte)
chiffres_fichier(debut,fin) chiffres_sans_image chiffres_mode
bouton_bilan_s bouton_bilan_m bouton_bilan_t bouton_bilan_avant bouton_bilan_apres bouton_bilan_csv
bouton_bilan_xlsx bouton_lundi_non bouton_lundi_oui lundi_titre lundi_non lundi_oui
export_vide export_fichier(nombre,date) menu_export
equipe_stockage_repare equipe_sauvegarde(raison) equipe_sauvegarde_faite
equipe_erreur(sorte,endroit) equipe_erreur_encore(sorte,endroit,nombre)
etat_titre etat_bien etat_base_panne etat_fiches_panne(nombre) etat_erreurs(nombre,sortes) etat_telegram(nombre,sortes)
etat_jour(reponses,choix,inconnus,danger) etat_depuis(date,nombre) etat_temps(moitie,presque) etat_attente(nombre)
etat_file(cartes,personnes) etat_fiches(nombre) etat_sauvegarde(date) etat_sauvegarde_attendue etat_sauvegarde_aucune
etat_disque(libre,base) menu_etat
equipe_file_vide
equipe_verifier_vide equipe_verifier_titre(perimes,nombre) equipe_verifier_perime(date,fraicheur)
equipe_verifier_points(date,fraicheur) menu_verifier
bouton_pieces pieces_manque(nombre) pieces_manque_un pieces_complet pieces_consigne pieces_la pieces_a_trouver
pieces_changees
bouton_fiche bouton_fiche_a4 bouton_fiche_a5 fiche_legende(sujet) fiche_consigne fiche_laquelle fiche_echec
fiche_page_officielle fiche_sur_telegram menu_fiche
contribution_par_telephone(nom,numero) contribution_sur_place(nom,adresse)
seance_quelle seance_mode seance_individuelle seance_atelier seance_distance seance_titre(nom,jour,heure)
seance_ligne(nom,valeur) seance_a_choisir seance_sujets(sujets) seance_compte(questions,besoins,fiches) seance_aide
seance_deja seance_lieu_question seance_autonomie_question seance_materiel_question seance_orientation_question
seance_duree_question seance_garde seance_retire seance_aucune seance_deja_finie seance_finie
seance_oubliee(duree) seance_supprimee seance_disparue seance_fichier donnees_seances(nombre,date)
bouton_seance_lieu bouton_seance_autonomie bouton_seance_materiel bouton_seance_orientation bouton_seance_duree
bouton_seance_fin bouton_seance_supprimer bouton_seance_voir bouton_garder bouton_retirer_sujet
besoin_mode besoin_note(texte) besoin_sans_seance
mediateur_titre mediateur_lien(adresse) mediateur_blocages mediateur_pieces(pieces) mediateur_sans_internet(texte)
bouton_lien_direct menu_seance menu_besoin menu_fin menu_bilan
coop_activite coop_date coop_duree coop_duree_proche(proche,duree) coop_duree_autre(duree) coop_lieu coop_materiel
coop_thematiques coop_administratives coop_demarche coop_autonomie coop_orientation coop_oui coop_structure coop_notes
coop_questions coop_besoins coop_fiches coop_a_remplir
bilan_titre(mois) bilan_rien bilan_seances(nombre,duree) bilan_compte(questions,besoins,fiches) bilan_sortes
bilan_themes bilan_autonomie bilan_ligne(nom,nombre) bilan_moins(nom,nombre) bilan_fichier bilan_equipe(mois)
bilan_equipe_trop_peu bilan_equipe_regle(nombre)
file_titre(nombre) file_filtre(choix) file_choisir_filtre file_tous file_sans_texte file_nombre(nombre)
file_attendent(nombre) file_depuis(date) file_tendance(nombre) file_perime(date) file_etat_a_traiter file_etat_new
file_etat_open file_etat_done file_etat_ignored file_etat_postponed file_type_unknown file_type_refused
file_type_language file_type_expired bouton_file_etat bouton_file_type bouton_file_theme bouton_file_historique
bouton_file_retour bouton_file_fiche bouton_file_rattacher bouton_file_repondre bouton_file_creer
bouton_file_reprendre bouton_file_corriger bouton_file_hors_champ bouton_file_ignorer bouton_file_fusionner
bouton_file_separer bouton_file_reporter bouton_file_questions bouton_file_voir bouton_file_chercher bouton_file_oui
bouton_file_quand_meme bouton_file_confirmer bouton_file_annuler bouton_file_annuler_acte(nombre)
bouton_file_separer_oui bouton_file_jours_7 bouton_file_jours_30 bouton_file_jours_90 bouton_file_passer
bouton_file_plus_tard bouton_file_jeter bouton_file_publier bouton_file_envoyer bouton_file_reecrire
bouton_file_champ_titre bouton_file_champ_reponse bouton_file_champ_etapes bouton_file_champ_lien
bouton_file_champ_contact bouton_file_champ_source bouton_file_partie_reponse bouton_file_partie_etapes
bouton_file_partie_contacts_telephone bouton_file_partie_contacts_horaires bouton_file_partie_facettes_ou
bouton_file_partie_facettes_quand bouton_file_partie_facettes_papiers bouton_file_partie_facettes_cout file_aussi
file_autres(nombre) file_canaux(liste) file_canal_chat file_canal_session file_canal_inline file_canal_page
file_communes(liste) file_langues(liste) file_proches file_prise(nom) file_quelquun file_disparue file_meme_fiche
file_panne(raison) file_rattacher file_rattacher_recherche(mots) file_rattacher_fait(sujet) file_effet_attendre
file_effet(questions) file_effet_perdues(nombre) file_effet_gagnees(nombre) file_effet_autres(nombre) file_effet_rien
file_effet_demander file_effet_second file_effet_choices file_effet_unknown file_effet_smalltalk file_effet_danger
file_hors_champ file_hors_champ_fait file_ignorer file_ignorer_fait file_fusionner file_fusionner_aucune
file_fusionner_fait file_separer file_separer_seule file_separer_tout file_separer_fait file_reporter
file_reporter_fait(date) file_questions(nombre) file_annulable file_annule file_trop_tard file_prevenus(nombre)
file_historique file_historique_vide file_acte_rattacher file_acte_repondre file_acte_creer file_acte_corriger
file_acte_hors_champ file_acte_ignorer file_acte_reporter file_acte_fusionner file_acte_separer file_acte_annule
file_creer_theme file_etape_titre file_etape_reponse file_etape_etapes file_etape_lien file_etape_contact
file_etape_source file_etape_mots file_etape_texte file_etape_valeur file_etape_avant(texte) file_apercu
file_a_corriger file_creer_fait(titre) file_corriger_fait(sujet) file_corriger file_corriger_champ file_avant
file_apres file_repondre_apercu(nombre) file_repondre_personne file_repondre_fait file_trop_long(nombre,limite)
file_plus_tard file_jete file_brouillon_perdu file_rien_a_annuler file_role_retire file_sans_question
inline_danger inline_lien(adresse) bouton_ouvrir_bot bouton_poser_question question_ici
arnaque_lien arnaque_imitation(nom,site) arnaque_hidden arnaque_hidden_nom(nom,site) arnaque_number arnaque_short
arnaque_odd arnaque_unknown arnaque_official(nom,site) arnaque_officiel_suite arnaque_a_faire arnaque_trop_tard
arnaque_pas_ouvert
relais_lequel relais_consigne relais_etapes relais_pieces relais_etape_faite(numero,etape)
relais_etape_a_faire(numero,etape) relais_papier_manque(numero,papier) relais_papier_la(numero,papier)
bouton_etape_faite(numero) bouton_etape_a_faire(numero) bouton_papier_manque(numero) bouton_papier_la(numero)
bouton_relais bouton_donner_code relais_code(titre) relais_code_suite(date) relais_etat(titre) relais_change
relais_un_papier(nombre) relais_papiers(nombre) relais_papiers_complets(nombre) relais_suite relais_mode relais_perdu
menu_relais
reglages_etapes reglages_une_etape reglages_langue(langue) reglages_choisir_langue langue_selon_message
bouton_une_etape bouton_toutes_les_etapes bouton_langue bouton_francais bouton_retour_reglages
etape_progres(numero,total) bouton_etape_avant bouton_etape_apres
donnees_une_etape donnees_etapes donnees_langue(langue) reponse_en_francais bouton_lire_en_francais langue_choisie
"""


def _parse(keys: str) -> dict[str, frozenset[str]]:
    found = re.findall(r"([a-z_0-9]+)(?:\(([a-z_,]+)\))?", keys)
    return {name: frozenset(values.split(",")) if values else frozenset() for name, values in found}


REQUIRED: dict[str, frozenset[str]] = _parse(_KEYS)


class MissingTextError(AccesDroitsError):
    """The code asked for a text that knowledge/textes.yaml does not hold."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The bot's sentences by key."""

    entries: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """The text of `key` with its values filled in."""
        try:
            text = self.entries[key]
        except KeyError:
            raise MissingTextError(f"le texte « {key} » manque dans textes.yaml") from None
        return _PLACEHOLDER.sub(lambda found: str(values.get(found.group(1), found.group())), text)


def placeholders(text: str) -> frozenset[str]:
    """The names between braces in a text."""
    return frozenset(_PLACEHOLDER.findall(text))
