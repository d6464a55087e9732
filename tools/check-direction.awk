# check-direction.awk: three kinds of lines in, TAP out.
#
#	arrow A B C		a path down, of tools/arrow.txt
#	on NAME A B		the Makefile links NAME with A and B
#	include FILE LINE WHAT	FILE includes "WHAT"

function complain(words) {
	print "not ok - " words
	bad++
}

# src/STAGE/file.c, screens/file.c, or src/PROGRAM.c
function stage_of(path,    part, n) {
	n = split(path, part, "/")
	if (part[1] != "src")
		return part[1]
	sub(/[.][ch]$/, "", part[2])
	return part[2]
}

# What a stage may use grows until nothing is added.
function close_arrow(    a, b, c, grown) {
	do {
		grown = 0
		for (a in stage)
			for (b in stage)
				for (c in stage)
					if (may[a, b] && may[b, c] &&
					    !may[a, c])
						grown = may[a, c] = 1
	} while (grown)
	for (a in stage)
		if (may[a, a])
			complain("the arrow leads from " a " back to it")
}

# A stage must be linked with all that it may use, and nothing else.
function compare_stage(name,    s) {
	for (s in stage)
		if (may[name, s] && !on[name, s])
			complain("ON_" name " of the Makefile lacks " s)
		else if (!may[name, s] && on[name, s])
			complain("ON_" name " of the Makefile has " s \
			    ", which the arrow does not allow")
}

# A program chooses its stages, and each brings what it stands on.
function compare_program(name,    s, t) {
	for (s in stage)
		for (t in stage)
			if (on[name, s] && may[s, t] && !on[name, t])
				complain("ON_" name " of the Makefile has " \
				    s " and lacks " t)
}

$1 == "arrow" {
	for (i = 2; i <= NF; i++) {
		stage[$i]
		if (i < NF)
			may[$i, $(i + 1)] = 1
	}
}

$1 == "on" {
	if (!made++)
		close_arrow()
	linked[$2]
	for (i = 3; i <= NF; i++)
		on[$2, $i] = 1
	if ($2 in stage)
		compare_stage($2)
	else
		compare_program($2)
}

$1 == "include" {
	seen++
	from = stage_of($2)
	to = $4
	where = $2 ":" $3
	if (!(from in linked))
		complain(where ": the Makefile has no ON_" from)
	else if (to !~ /^[a-z]+\//)
		complain(where " includes \"" to "\" without its stage")
	else {
		sub(/\/.*/, "", to)
		if (to != from && !on[from, to])
			complain(where ": " from " may not use " to)
	}
}

END {
	for (s in stage)
		if (made && !(s in linked))
			complain("the Makefile has no ON_" s)
	if (!made)
		complain("the Makefile tells no ON_ lines")
	if (!bad)
		print "ok - " seen + 0 " includes follow the arrow"
	exit (bad > 0)
}
