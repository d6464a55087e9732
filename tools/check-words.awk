# check-words.awk: read code, the template, catalogues and notices; measure.
#
# Bytes, not letters (LC_ALL=C): NB is the blank that no line ends at.

function complain(words) {
	print "not ok - " words
	bad++
}

function begin_file() {
	finish_entry()
	lang = FILENAME
	sub(/^.*\//, "", lang)
	sub(/\.[a-z]+$/, "", lang)
	in_text = FILENAME ~ /^screens\/text\//
	if (in_text) {
		lang = FILENAME
		sub(/^screens\/text\//, "", lang)
		sub(/\/.*/, "", lang)
		in_head = 1
	}
	template = FILENAME ~ /\.pot$/
	if (FILENAME ~ /\.po$/)
		languages[lang] = 1
	easy = lang ~ /-falc$/
	french = template || lang ~ /^fr/
}

# All of a file of C in one line, for the literals in it.
function read_code(    s) {
	s = $0
	sub(/[ \t]*\\$/, "", s)
	if (FILENAME ~ /\.h$/)
		errors = errors s
	else
		lines = lines s
}

# The literals of the text, joined where C joins them, into the list, with
# the number of their error.
function take(text, list,    s, number) {
	gsub(/"[ \t]*"/, "", text)
	number = 1
	while (match(text, /"[^"]*"|X[(][A-Z_0-9]+, *[0-9]+/)) {
		s = substr(text, RSTART, RLENGTH)
		text = substr(text, RSTART + RLENGTH)
		if (s ~ /^X/)
			number = substr(s, match(s, /[0-9]+$/))
		else
			list[substr(s, 2, length(s) - 2)] = number
	}
}

# No person meets the errors of a machine, of sending and of the centre.
function is_due(l, sentence) {
	return l !~ /-falc$/ || is_error[sentence] !~ /^[12679][0-9][0-9]$/
}

function read_entry() {
	if ($0 ~ /^# personnel/)
		staff = 1
	if ($0 ~ /^msgid /)
		part = "id"
	if ($0 ~ /^msgstr /)
		part = "text"
	if ($0 ~ /^$/)
		finish_entry()
	else if (match($0, /".*"/)) {
		if (part == "id")
			id = id substr($0, RSTART + 1, RLENGTH - 2)
		else
			text = text substr($0, RSTART + 1, RLENGTH - 2)
	}
}

function finish_entry() {
	if (id != "" && template) {
		wanted[id] = 1
		typography(id, id, is_error[id] || is_line[id])
	} else if (id != "") {
		said[lang, id] = text
		typography(id, text, is_error[id] || is_line[id])
		if (staff && (!is_error[id] || text != id))
			complain(where(id) " is not for \"personnel\"")
		if (easy && !staff && text != "")
			measure(id, text)
		n_said++
	}
	id = text = part = ""
	staff = 0
}

function where(what) {
	return lang ": \"" what "\""
}

# French or English blanks and quotes. The list of errors, which is also
# logged, and what only the line face says are written with plain blanks.
function typography(what, s, plain) {
	gsub(/%[.0-9]*[a-z]+/, "x", s)
	gsub(/ [.][.][.]/, "", s)
	gsub(/\\n/, " \n", s)
	if (s ~ /\342\200\231/)
		complain(where(what) " has a curled apostrophe")
	if (s ~ /[a-z,.]  +[a-z]/)
		complain(where(what) " has two blanks together")
	if (french)
		typography_french(what, s, plain)
	else if (s ~ /[a-z)] [:;?!]/ || s ~ NB "[:;?!]" || s ~ /\302[\253\273]/)
		complain(where(what) " has French signs")
}

function typography_french(what, s, plain) {
	if (s ~ /\\"/)
		complain(where(what) " has no French quotes")
	if (!plain && (s ~ / [:;?!]/ || s ~ / \302\273/ || s ~ /\302\253 /))
		complain(where(what) " has a plain blank at a sign")
	if (s ~ /[a-z\251)][;?!]/ || s ~ /[a-z\251)]:([ \n]|$)/)
		complain(where(what) " has a sign without its blank")
	if (s ~ /(^|[ \n])(A|Etes|Etape|Ecri[a-z]*|Echap) /)
		complain(where(what) " has a capital without its accent")
}

# One idea a line, in few and everyday words.
function measure(what, s,    n, i, line) {
	explain(what, s)
	n = split(s, line, /\\n/)
	for (i = 1; i <= n; i++)
		measure_line(what, line[i])
}

function measure_line(what, s,    n, i, w, words) {
	gsub(NB, " ", s)
	n = split(s, w, / +/)
	for (i = 1; i <= n; i++)
		words += w[i] ~ /[A-Za-z0-9%\303]/
	if (words > MOST)
		complain(where(what) " has a line of " words " words")
	if (s ~ /[a-z\251)][.?!] +[A-Z\303]/)
		complain(where(what) " has two sentences in a line")
	if (s ~ /;/)
		complain(where(what) " has a semicolon")
	s = " " tolower(s) " "
	gsub(/[.,:?!()'\302\253\302\273-]/, " ", s)
	if (match(s, " (" HARD ")[a-z\251]* "))
		complain(where(what) " has the hard word" \
		    substr(s, RSTART, RLENGTH))
	if (words > 1 && match(s, " (" NUMBERS ") "))
		complain(where(what) " has a number in letters:" \
		    substr(s, RSTART, RLENGTH))
	if (s ~ / (tu|toi|ton|tes) /)
		complain(where(what) " does not say vous")
	if (s ~ PASSIVE && s !~ STATE)
		complain(where(what) " is passive")
}

# A hard word that must stay is explained in the same breath: by what stands
# behind it in brackets, or by a line that begins with it.
function explain(what, s,    n, i, w, lines) {
	gsub(NB, " ", s)
	lines = "\n" s "\n"
	gsub(/\\n/, "\n", lines)
	n = split(EXPLAINED, w, "|")
	for (i = 1; i <= n; i++)
		if (tolower(lines) ~ "[ '\n]" w[i] "[ ,.:?\n]" &&
		    tolower(lines) !~ w[i] "[^\n]*[(]" &&
		    tolower(lines) !~ "\n(avec )?(le|la|un|une) ([^ \n]+ )?" \
		    w[i] "[ ,]")
			complain(where(what) " does not explain " w[i])
}

# "name: value" up to the empty line, then the notice.
function read_text() {
	if (!in_head || $0 ~ /^(title|question|because): /)
		typography(FILENAME ":" FNR, in_head ? \
		    substr($0, index($0, ": ") + 2) : $0, 0)
	if ($0 == "")
		in_head = 0
	if (easy && (!in_head || $0 ~ /^(title|question|because): /))
		measure(FILENAME ":" FNR, in_head ? \
		    substr($0, index($0, ": ") + 2) : $0)
}

BEGIN {
	NB = "\302\240"
	MOST = 12
	HARD = "consen|facultatif|modalit|conform|susceptible|effectu|" \
	    "transmet|transmis|notamment|afin|cependant|toutefois|" \
	    "ult\303\251rieur|assistance|oppos|repr\303\251sentant|" \
	    "habilit\303\251|consult|ins\303\251r|s\303\251lection|saisi|" \
	    "cliqu|param\303\250tre|enregistr|exig|renseignement|connexion|" \
	    "acc\303\250s|logiciel|provisoirement|certifi\303\251|attest"
	NUMBERS = "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|quinze|" \
	    "vingt|trente"
	EXPLAINED = "samu|cnil|sms|identifiant|provisoire|tutelle|curatelle|" \
	    "mandataire|tuteur|traitant|mutuelle|puce"
	PASSIVE = " (est|sont|sera|seront|serez|\303\251tait|" \
	    "\303\251t\303\251|\303\252tre|\303\252tes) " \
	    "[^ ]+\303\251(e|s|es)? "
	STATE = " (oblig\303\251|bloqu\303\251e|branch\303\251e|" \
	    "allum\303\251e|li\303\251) "
}

FNR == 1 { begin_file() }
FILENAME ~ /\.[ch]$/ { read_code() }
FNR == 1 && FILENAME ~ /\.pot$/ {
	take(errors, is_error)
	take(lines, is_line)
}
FILENAME ~ /\.pot?$/ { read_entry() }
in_text { read_text() }
FILENAME ~ /^screens\/mail\// { measure(FILENAME ":" FNR, $0) }

END {
	finish_entry()
	for (l in languages)
		for (i in wanted)
			if (said[l, i] == "" && is_due(l, i))
				complain(l " does not say \"" i "\"")
	if (!bad)
		print "ok - " n_said " sentences read as they should"
	exit (bad > 0)
}
