package prose

import (
	"regexp"
	"slices"
)

// rules are those of each language.
var rules = map[string][]rule{
	"en": slices.Concat(terms, spelling, stilted),
	"de": slices.Concat(terms, begriffe, gestelzt),
}

// terms are written alike in every language.
var terms = []rule{
	no(`!`, "no exclamation mark"),
	{pattern: regexp.MustCompile(`(^|[\s(„“"])(id|upn|url|mfa|json|api|guid|ids|upns|urls)([\s,;:)?“”"]|\.?$|\.\s)`), instead: "in capitals"},
	no(`multi-?factor|multifaktor`, "“multi-factor” or “Multi-Faktor-Authentifizierung”").but(`multi-factor|“[^”]*”|„[^“]*“|\([^)]*\)`),
}

// spelling is that of the United States.
var spelling = []rule{
	no(`\b(un)?licenc\w+`, "license"),
	no(`\b\w*(organi|authori|recogni|initiali|seriali|minimi|maximi|customi|summari|notari|synchroni|normali|emphasi|utili)s(e|es|ed|ing|ation|ations|er)\b`, "-ize, -ization"),
	no(`\b\w*(colour|favour|behaviour|honour|neighbour|labour)\w*`, "-or"),
	no(`\b(cancell|label+l|travell|signall|modell|initiall)(ed|ing|er)\b`, "one l"),
	no(`\bprogrammes?\b`, "program"),
	no(`\bpractis(e|es|ed|ing)\b`, "practice"),
	no(`\b(centre|metre|theatre|fibre)s?\b`, "-er"),
	no(`\b(catalogue|dialogue|analogue)s?\b`, "-og"),
	no(`\b(grey|defence|offence|judgement|whilst|amongst|learnt|spelt|artefacts?|analys(e|ed|es|ing)|cheques?|ageing|towards|backwards|per cent)\b`, "as in the United States"),
}

// stilted are turns of phrase that read as a translation does, and what a person would say.
var stilted = []rule{
	no(`\bintegration accounts?\b`, "integration user"),
	no(`\bplease\b|\boops\b|\bsorry\b|\bunfortunately\b|\bsimply\b`, "leave it out"),
	no(`\b(is|are|was|were|be|been|being)( \w+)? (waited|awaited) ?(for)?\b|\b(is|are) no longer waited\b|\bawaited\b`, "say who waits, or “has expired”"),
	no(`\bst(ands?|ood|anding)\b`, "is, are, shows"),
	no(`\bby itself\b|\bby themselves\b`, "automatically, alone, or leave it out"),
	no(`\b(is|are|was|were) to (be|become|do|have)\b|\bto become of\b`, "must be, will be, or say who does it"),
	no(`\b(gets?|got) by\b`, "works around it"),
	no(`\bbest (is|first|way first)\b`, "prefer …; “in order of preference”"),
	no(`\b(can't|cannot|can not|never|not|no|nothing|nobody|none)\b[^.,;:]*\bwithout\b`, "say what is needed: “needs …”"),
	no(`\b(not|never|nothing|nobody|none|no|neither)\b( \w+){0,2} (un(known|necessary|likely|usual|used|read)|impossible)\b`, "no double negative"),
	no(`\bnot (un\w+|in(valid|active|complete|correct)|impossible)\b`, "no double negative").but(`not (under\w*|until|unless|unique|unlock\w*)\b`),
	no(`\b(is|are|was) met\b`, "happens, is used"),
	no(`\btaking (it|them|that)? ?in\b|\btakes (it|them) in\b|\btaken in\b`, "storing, stores, stored"),
	no(`\bwhatever\b|\bwhosoever\b|\bwhoever\b|\bwherever\b`, "who, what, where, or “any”"),
	no(`\b(does|do|did) not (tell|say) (the|a|an|that|its)\b|\btells (the|a|its)\b`, "show, name, contain"),
	no(`\bof (its|their|your) own\b`, "“its own X”, “a separate X”"),
	no(`\banew\b`, "again, new"),
	no(`\bagainst (it|them|this)\b`, "say what failed"),
	no(`\bwho and what\b|\ball goes well\b|\bin none\b|\bways to it\b`, "Details; Succeeds; leave it out"),
	no(`\bnobody is here\b|\bto be asked\b`, "No terminal to ask on"),
	no(`\bcomes? of (it|this|that)\b|\bcame of (it|this|that)\b|\bwhat (comes|came|becomes|became) of\b`, "the result"),
	no(`\b(is|are|was|were) no `, "“is not a …”").but(`\b(there|here) (is|are|was|were) no |\b(is|are|was|were) no (longer|more) `),
	no(`\bgiven up\b|\bgives? (it )?up\b`, "discarded, ended"),
	no(`\btaken (out|off)\b|\btakes? (out|off)\b`, "removed, taken from"),
	no(`\bas (it|they) (is|are) (said|told|written)\b|\bit is (said|told)\b`, "say who says it"),
	no(`\bbegins? anew\b|\bbegun\b`, "start again, started"),
	no(`\b(thereby|whereby|hereby|thereof|therein|thereupon|wherein|hitherto)\b`, "leave it out"),
	no(`\b(can|could|may|might) (only )?be (told|said|asked)\b`, "say who asks or says it"),
	no(`\b(is|are|was|were) (of|from) (no|any) (use|help)\b|\bis of no\b`, "doesn't help"),
	no(`\bcalled for\b|\bheld against\b|\bspeaks? (for|against)\b`, "say it plainly"),
	no(`\bgood for\b|\bin the manner of\b`, "say it plainly"),
	no(`\bit is (neither|not) \w+ (nor|but)\b`, "say what it is"),
}

// begriffe are the German terms: one word for each thing.
var begriffe = []rule{
	no(`\badministrator-zustimmung|\badmin-?(zustimmung|consent)\b|\bbenutzer-zustimmung`, "Administratorzustimmung, Benutzerzustimmung"),
	no(`\btenants?\b`, "Mandant").but(`\btenant[- ]id\b|„[^“]*“|\([^)]*\)`),
	no(`\bredirect[- ]ur[il]s?\b`, "Umleitungs-URI").but(`„[^“]*“|\([^)]*\)`),
	no(`\bclientgeheimnis\w*|\bclient[- ]secrets?\b`, "geheimer Clientschlüssel").but(`„[^“]*“|\([^)]*\)`),
	no(`\b(refresh|access)[- ]?tokens?\b`, "Aktualisierungstoken, Zugriffstoken").but(`„[^“]*“|\([^)]*\)`),
	no(`\bkey[- ]vaults?\b`, "Schlüsseltresor").but(`\b(Azure Key Vault|Key Vault-Geheimnis\w+|--key-vault)\b|„[^“]*“|\([^)]*\)`),
	no(`\bintegrations-(benutzer|konto)|\bintegrationskont\w+`, "Integrationsbenutzer"),
	no(`\bvoreinstellung\w*`, "Vorgabe"),
	no(`\bmehrstufige\w* auth\w+|\bzwei-?faktor\w*|\bmfa-authentifizierung`, "Multi-Faktor-Authentifizierung"),
	no(`\bapp-registration|\bappregistrierung|\banwendungsregistrierung`, "App-Registrierung"),
	no(`\b(consent|wizard|dashboard|default browser|browser-fenster)\b`, "auf Deutsch").but(`/consent|consent\.|„[^“]*“|\([^)]*\)`),
}

// gestelzt are turns of phrase that no German product has.
var gestelzt = []rule{
	no(`\bbitte\b|\bleider\b|\bhoppla\b|\bsorry\b`, "weglassen"),
	no(`\b(steht|stehen|stand) (dem|ihm|ihr|ihnen|nichts|etwas) entgegen|\bspricht (nichts|etwas) dagegen|\bnichts (sprach|spricht|stand|steht) dagegen`, "alle Prüfungen bestanden"),
	no(`\bwird (nicht mehr |noch )?(darauf )?gewartet|\bgewartet wird`, "wer wartet, oder „ist abgelaufen“"),
	no(`\baus dem spiel|\bvon statten\b|\bvonstatten\b|\bzu (eigen|gute)\b|\balldem\b|\bhierbei\b|\bhiermit\b|\bmittels\b|\bseitens\b|\bdiesbezüglich\b|\bbezüglich\b`, "weglassen oder einfacher"),
	no(`\b(ist|sind) (zu|nicht zu) \w+en\b`, "muss, kann, oder wer es tut").but(`\b(ist|sind) zu (wenigen|vielen|beiden|allen)\b`),
	no(`\b(nicht|nie|kein\w*|nichts|niemand)\b[^.,;:]*\bohne\b`, "sagen, was nötig ist"),
	no(`\bnicht un\w+|\bkein\w* un(bekannt|möglich|nötig)\w*`, "keine doppelte Verneinung").but(`\bnicht (unter\w*|und)\b`),
	no(`\bwer und was\b|\balles geht gut\b|\bin keinem\.`, "Details; Gelingt; weglassen"),
	no(`\bwas (daraus|davon) wird\b|\bwas daraus geworden\b`, "das Ergebnis"),
	no(`\bniemand ist (hier|da)\b|\bniemand, der\b`, "kein Terminal für Fragen"),
	no(`\bauf dem die schritte stehen\b|\bbei der die schritte stehen\b`, "Seite"),
	no(`\bvon sich aus\b|\bvon selbst\b`, "automatisch, oder weglassen"),
	no(`\bneuerlich\w*|\baufs neue\b|\bwes\w*halb\b|\bderselbige\w*|\bjener\b|\bjene[ns]?\b`, "erneut, dieser"),
	no(`\bbester? (ist|zuerst|weg zuerst)\b|\bam besten zuerst\b`, "in dieser Reihenfolge"),
}
