"""French words that belong to no subject: pronouns, auxiliaries, and how they are written in messages.

Only closed classes stand here (the language's, not the services'): spellings of content words are knowledge and
live in `knowledge/vocabulaire/`. The danger rules rely on this table even when the knowledge base is broken.
"""

from __future__ import annotations

CLITICS = {
    "l": "le", "d": "de", "j": "je", "c": "ce", "m": "me", "n": "ne", "s": "se", "t": "te", "y": "y",
    "qu": "que", "k": "que", "jusqu": "jusque", "lorsqu": "lorsque", "puisqu": "puisque", "quelqu": "quelque",
    "presqu": "presque", "g": "je ai", "ch": "je", "z": "ils",
}  # fmt: skip

# Written form (as typed, or without accents) → words. Read in messages of the development set and in the
# language itself; a form that is also a content word (avc, dr, ss) stays out.
_SHORTHAND = """
g=je ai|gt=je étais|ge=je|j=je|jai=je ai|jé=je ai|jeai=je ai|jaie=je ai|jè=je ai|gé=je ai|gai=je ai|jaurai=je aurai
javais=je avais|javé=je avais|javai=je avais|javez=je avais|jetais=je étais|jété=je étais|jétai=je étais|jaime=je aime
jarrive=je arrive|jariv=je arrive|jarive=je arrive|jabite=je habite|jhabite=je habite|jatend=je attend|jattends=je attends
jetait=je étais|jachète=je achète|jentend=je entend|japel=je appelle|japelle=je appelle|jappelle=je appelle|jessaye=je essaye
chui=je suis|chuis=je suis|jsuis=je suis|jsui=je suis|jsuit=je suis|shui=je suis|chu=je suis|jss=je suis|jsuiz=je suis
jsp=je sais pas|jspa=je sais pas|jsai=je sais|jsé=je sais|jsais=je sais|ché=je sais|chai=je sais|jcpas=je sais pas
jve=je veux|jveu=je veux|jvé=je vais|jvai=je vais|jpe=je peux|jpeu=je peux|jdoi=je dois|jdoit=je dois|jpense=je pense
c=ce est|cé=ce est|ces=ces|cest=ce est|cè=ce est|sé=ce est|cetait=ce était|ct=ce était|cété=ce était|cétai=ce était
cki=ce est qui|ckoi=ce est quoi|ya=il y a|yatil=il y a|yavait=il y avait|ia=il y a|i=il|iya=il y a|ila=il a
kesk=que est ce que|keske=que est ce que|kes=que est ce|keskon=que est ce que on|keskil=que est ce que il|esk=est ce que
eske=est ce que|estce=est ce|esque=est ce que|eskil=est ce que il|eskon=est ce que on|skon=ce que on|kesqe=que est ce que
esce=est ce|esse=est ce|ske=ce que|skil=ce que il|ski=ce qui|cke=ce que|keskejedoi=que est ce que je dois|qesqe=que est ce que
ke=que|k=que|q=que|ki=qui|kil=que il|kel=quelle|kelle=quelle|quel=quelle|quels=quelle|quelles=quelle|kon=que on|kan=quand
kand=quand|qd=quand|qan=quand|kant=quand|kom=comme|kome=comme|coment=comment|comen=comment|komen=comment|koman=comment
koment=comment|cmt=comment|cmnt=comment|cment=comment|commen=comment|coman=comment|comant=comment|kmt=comment|komman=comment
koi=quoi|kwa=quoi|quoua=quoi|pk=pourquoi|pkoi=pourquoi|pq=pourquoi|prk=pourquoi|prkoi=pourquoi|pourkoi=pourquoi
pourkwa=pourquoi|pcq=parce que|pcke=parce que|paske=parce que|parske=parce que|pasque=parce que|paceque=parce que
parceque=parce que|pask=parce que|pskil=parce que il|pske=parce que|paskeu=parce que|parcke=parce que|parsk=parce que
pr=pour|poure=pour|ds=dans|dan=dans|dc=donc|av=avec|ac=avec|avek=avec|avk=avec|sen=sans|sof=sauf|mé=mais|ms=mais|ptet=peut être
petetr=peut être|pe=peux|peu=peu|tt=tout|ts=tous|ttes=toutes|bcp=beaucoup|bokou=beaucoup|boku=beaucoup|bp=beaucoup|tro=trop
tjr=toujours|tjs=toujours|tjrs=toujours|toujour=toujours|tjour=toujours|jms=jamais|jamé=jamais|jamai=jamais|mnt=maintenant
mtn=maintenant|mtnt=maintenant|maintenan=maintenant|mintenan=maintenant|mintnan=maintenant|auj=aujourd'hui|ajd=aujourd'hui
ojourdui=aujourd'hui|ojd=aujourd'hui|aujourdhui=aujourd'hui|2m1=demain|dem1=demain|dmain=demain|2main=demain|ds1=dans un
apré=après|apre=après|apr=après|aprè=après|aprais=après|dpuis=depuis|depui=depuis|dpui=depuis|2puis=depuis|psk=parce que
qqn=quelqu'un|qq1=quelqu'un|kelkun=quelqu'un|kelqun=quelqu'un|quelquun=quelqu'un|kelkin=quelqu'un|kelqu1=quelqu'un
qqch=quelque chose|qqchose=quelque chose|kelkechoz=quelque chose|kelke=quelque|qq=quelque|vs=vous|ns=nous|mn=mon|ma=ma
svp=si il vous plaît|stp=si il te plaît|silvouplé=si il vous plaît|sivouplé=si il vous plaît|sivouplait=si il vous plaît
slt=salut|bjr=bonjour|bjour=bonjour|bsr=bonsoir|bonj=bonjour|cc=coucou|mrc=merci|mci=merci|cdlt=cordialement
dsl=désolé|pb=problème|pblm=problème|prblm=problème|rdv=rendez vous|rdvs=rendez vous|rv=rendez vous|randévou=rendez vous
tel=téléphone|tél=téléphone|num=numéro|nim=numéro|nb=nombre|jr=jour|jrs=jours|sem=semaine|min=minutes|h=heures|ans=ans
é=et|è=est|fo=faut|fau=faut|fodré=faudrait|foré=faudrait|fodrait=faudrait|i faut=il faut|vré=vrai|d=des|dé=des|lé=les
sa=ça|ca=ça|sait=sait|koman=comment|ou=où|oú=où|o=au|oci=aussi|ossi=aussi|osi=aussi|ocun=aucun
okun=aucun|okune=aucune|okin=aucun|otre=autre|entr=entre|p=pas|pa=pas|paz=pas|nn=non|nan=non|oui=oui|ouais=oui|wi=oui
fé=fait|fè=fait|fer=faire|fair=faire|fére=faire|fère=faire|fait=fait|jfé=je fais|jfai=je fais|jfais=je fais|tfé=tu fais
kon fé=que on fait|konfé=que on fait|konfai=que on fait|vé=vais|vè=vais|vou=vous|ve=veux|veu=veux|veu=veux|pouré=pourrais
ariv=arrive|arive=arrive|ariver=arriver|riv=arrive|aprendre=apprendre|dmande=demande|dmander=demander|dmandé=demandé
javé=je avais|avé=avez|avai=avais|avè=avais|son=son|étè=était|été=été|cherch=cherche|cherch=cherche|gratui=gratuit
resoi=reçois|resu=reçu|ressu=reçu|rçu=reçu|rsu=reçu|recu=reçu|resevoir=recevoir|recevé=recevais|touch=touche|touché=touché
"""


def _parse(table: str) -> dict[str, tuple[str, ...]]:
    pairs = (entry.split("=") for line in table.strip().splitlines() for entry in line.split("|"))
    return {form: tuple(words.split()) for form, words in pairs if " " not in form}


SHORTHAND: dict[str, tuple[str, ...]] = _parse(_SHORTHAND)

NEGATIONS = frozenset("pas plus jamais rien aucun aucune sans ni non personne".split())

# Words that say nothing of the need. Negations and question words are not among them: "plus de RSA" is not
# "RSA", and "où" asks for a place.
STOP_WORDS = frozenset(
    """
a ai aie ainsi ait alors apres as au aussi autre autres aux avais avait avant avec avez avoir avons beau
beaucoup bien bon bonjour bonsoir ca car ce cela celle celui ces cest cet cette chez chose ci comme comment
coucou d dans de deja depuis des deux dire dis dit donc dont du elle elles en encore entre es est et etaient
etais etait etant ete etre eu euh eux faire fais fait faites faudrait faut hein hop il ils je juste l la le
les leur leurs lui m ma madame maintenant mais me meme merci mes mme moi moins mon monsieur mr n ne nos notre
nous on ont ou par parce parle pendant pensez petit petite peu peut peux plait pour pourrais pourrait pouvez
pouvoir prie puis qu quand que quelle quelque qui quoi rendez s sa sais sait salut savoir se ses seulement si
soit sommes son sont sous suis sur svp t ta te tes toi ton toujours tous tout toute toutes tres trop truc
trucs tu un une va vais vas vers veuillez veut veux voila voir vois vont vos votre voudrais voulez vous
vraiment y
""".split()
)

EMOJI_WORDS = {
    "😭": "pleure", "😢": "pleure", "🆘": "au secours", "🚑": "ambulance", "🚒": "pompiers", "🚓": "police",
    "👮": "police", "🔥": "feu", "🏠": "maison", "🏥": "hôpital", "💊": "médicament", "🚌": "bus", "🚗": "voiture",
    "🚲": "vélo", "🚆": "train", "👶": "bébé", "🤰": "enceinte", "🍽": "manger", "🍞": "pain", "💶": "argent",
    "💰": "argent", "💳": "carte bancaire", "📱": "téléphone", "💻": "ordinateur", "📧": "mail", "📞": "téléphone",
    "🗑": "poubelle", "♻": "tri", "🏫": "école", "🎓": "diplôme", "🪪": "carte identité", "🛂": "passeport",
}  # fmt: skip
