# check-requirements.awk: the rows of tests/requirements.tsv, each looked at.
# results: what the last run said; times: when the sources of tests were last
# changed; new: where README with its summary goes.

function complain(words) {
	print "not ok - " words
	bad++
}

function wanted(id) {
	want[id] = 1
	order[++nwanted] = id
}

# The rows: functions 1 to 125 and eleven contradictions, and the rules of
# DMP compatibility, as their sources number them.
function expect(    i, n, rule) {
	for (i = 1; i <= 125; i++)
		wanted(i "")
	for (i = 1; i <= 11; i++)
		wanted("8.12/" i)
	n = split("EX_GEN-1400 EX_GEN-1250 EX_GEN-1530 EX_GEN-1265 " \
	    "EX_GEN-1230 EX_GEN-1430 EX_1.2-1010 EX_1.1-1010 EX_1.2-1030 " \
	    "EX_1.1-1050 EX_1.X-1200 EX_1.X-1300 EX_GEN-1470 EX_1.5-1032 " \
	    "REC_1.5-1100 EX_GEN-1550 EX_GEN-1560 EX_AIR-080 INSi-1.02 " \
	    "INSi-1.03 1.1-070", rule, " ")
	for (i = 1; i <= n; i++)
		wanted(rule[i])
}

# What tests/run kept: FILE, passed | failed | skipped | ran, WORDS. What a test
# said before it was changed says nothing.
function read_results(    line, cell, at) {
	while ((getline line < times) > 0) {
		split(line, cell, "\t")
		sub(/\.c$/, "", cell[2])
		at[cell[2]] = cell[1]
	}
	while ((getline line < results) > 0) {
		split(line, cell, "\t")
		sub(/: [0-9]+(, not [0-9]+)?$/, "", cell[3])
		sub(/ \(status [0-9]+(, not [0-9]+)?\)$/, "", cell[3])
		if (cell[2] == "ran" && cell[3] >= at[cell[1]] + 0)
			ran[cell[1]] = 1
		# Of several of one name the worst holds.
		else if (said[cell[1], cell[3]] != "failed")
			said[cell[1], cell[3]] = cell[2]
	}
}

# The text of a file, "" when it is not there.
function text_of(path,    line, text) {
	if (path in kept)
		return kept[path]
	while ((getline line < path) > 0)
		text = text line "\n"
	return kept[path] = text
}

# Where the words of a test must stand. The cases of one stage may share a
# header.
function source_of(file,    path, text, part) {
	if (file ~ /\.sh$/) {
		path = file
		sub(/\.sh$/, ".py", path)
		return text_of(file) text_of(path)
	}
	text = text_of(file ".c")
	path = file
	sub(/\/[^\/]*$/, "", path)
	while (match(text, /#include "tests\/[a-z]+\/[a-z_]+\.h"/)) {
		part = part text_of(substr(text, RSTART + 10, RLENGTH - 11))
		text = substr(text, 1, RSTART - 1) substr(text, RSTART + RLENGTH)
	}
	return text part
}

# One "FILE: WORDS": 1 when it passed or was not part of the run.
function look(id, test,    at, file, words) {
	at = index(test, ": ")
	file = substr(test, 1, at - 1)
	words = substr(test, at + 2)
	tests++
	if (file !~ /^tests\/(e2e\/[a-z-]+\.sh|[a-z]+\/[a-z0-9_]+)$/)
		complain(id ": " test " is no FILE: WORDS")
	else if (source_of(file) == "")
		complain(id ": there is no " file)
	else if (!index(source_of(file), words))
		complain(id ": " file " has no test \"" words "\"")
	else if (!(file in ran))
		return 1
	else if (said[file, words] == "")
		complain(id ": \"" words "\" of " file " did not run")
	else if (said[file, words] == "failed")
		complain(id ": \"" words "\" of " file " failed")
	else
		return said[file, words] == "passed"
	return 0
}

function look_at_tests(id, cell,    n, i, test, good) {
	n = split(cell, test, / \| /)
	for (i = 1; i <= n; i++)
		good += look(id, test[i])
	if (n > 0 && good == 0 && !bad)
		print "ok - requirement " id " # skip its tests were skipped"
	return n
}

# The rows of a scope, one a line.
function list(scope,    i, id, text) {
	for (i = 1; i <= nwanted; i++) {
		id = order[i]
		if (scope_of[id] == scope)
			text = text "- " asks[id] " (" id "): " why[id] ".\n"
	}
	return text
}

# Out of scope: the numbers behind each reason.
function list_out(    i, id, n, reason, first, ids, text) {
	for (i = 1; i <= nwanted; i++) {
		id = order[i]
		if (scope_of[id] != "out")
			continue
		if (why[id] in ids) {
			ids[why[id]] = ids[why[id]] ", " id
		} else {
			first[++n] = why[id]
			ids[why[id]] = id
		}
	}
	for (i = 1; i <= n; i++)
		text = text "- " first[i] ": " ids[first[i]] ".\n"
	return text
}

function summary() {
	return nwanted " rows: " count["in"] + 0 " done, " \
	    count["later"] + 0 " later, " count["out"] + 0 \
	    " out of scope.\n\nLater, in whole or in part:\n\n" \
	    list("later") "\nOut of scope:\n\n" list_out()
}

# README with the summary as it must be; its two marks stay.
function look_at_readme(    line, inside, is, text, marks, must) {
	must = summary()
	while ((getline line < readme) > 0) {
		if (line == "<!-- end requirements -->")
			inside = 0
		if (inside)
			is = is line "\n"
		else
			text = text line "\n"
		if (line == "<!-- requirements -->") {
			inside = 1
			marks++
			text = text must
		}
	}
	if (marks != 1)
		complain("README.md has no mark <!-- requirements -->")
	else if (is != must)
		complain("README.md does not say what the rows say: " \
		    "tools/check-requirements --write")
	if (marks == 1)
		printf "%s", text >new
}

BEGIN {
	FS = "\t"
	expect()
	read_results()
}

/^#/ || $0 == "" {
	next
}

NF != 5 {
	complain("line " FNR " has " NF " cells, not 5")
	next
}

!($1 in want) {
	complain("there is no requirement " $1)
	next
}

$1 in scope_of {
	complain("requirement " $1 " stands there twice")
	next
}

{
	scope_of[$1] = $3
	asks[$1] = $2
	why[$1] = $4
	count[$3]++
	if ($2 == "")
		complain($1 " does not say what it asks")
	if ($3 != "in" && $3 != "later" && $3 != "out")
		complain($1 " is in no scope: " $3)
	if ($3 != "in" && $4 == "")
		complain($1 " does not say why it is " $3)
	if (!look_at_tests($1, $5) && $3 == "in")
		complain("requirement " $1 " has no test")
}

END {
	for (i = 1; i <= nwanted; i++)
		if (!(order[i] in scope_of))
			complain("requirement " order[i] " has no row")
	look_at_readme()
	if (!bad)
		print "ok - " nwanted " requirements have " tests " tests"
	exit (bad > 0)
}
