# run.awk: the TAP of many tests in, a line each and what went wrong out.
#
# tests/run marks where a test begins and how it ended with lines that start
# with the byte 1.

function outcome(kind) {
	count[kind]++
	total[kind]++
}

# What is wrong with a test beyond its "not ok" lines; "" when nothing is.
function trouble(status) {
	if (status == 124 || status == 137)
		return "still ran after " limit " seconds"
	if (status > 128)
		return "ended by signal " (status - 128)
	if (planned != "" && ran != planned)
		return "announced " planned " tests and ran " ran
	if (status != 0 && count["failed"] == 0)
		return "ended with status " status
	if (ran == 0)
		return "ran no test"
	return ""
}

function summary(n,    text) {
	text = n["passed"] + 0 " passed, " n["failed"] + 0 " failed"
	if (n["skipped"] > 0)
		text = text ", " n["skipped"] " skipped"
	return text
}

/^\001file / {
	name = substr($0, 7)
	split("", count)
	split("", shown)
	lines = ran = 0
	planned = ""
	next
}

/^\001end / {
	why = trouble($2)
	if (why != "") {
		outcome("failed")
		shown[lines++] = "not ok - " name " " why
	}
	took = $3 > 0 ? ", " $3 " s" : ""
	printf "%-40s %s%s\n", name, summary(count), took
	fflush() # who looks on sees which test takes its time
	# A test that failed is shown whole, less what passed.
	if (count["failed"] > 0)
		for (i = 0; i < lines; i++)
			print "    " shown[i]
	else
		for (i = 0; i < lines; i++)
			if (tolower(shown[i]) ~ /# *skip/)
				print "    " shown[i]
	next
}

/^\001done/ {
	print summary(total)
	if (keep != "")
		print summary(total) >keep
	exit (total["failed"] > 0 || total["passed"] + 0 == 0)
}

/^1\.\.[0-9]+/ {
	planned += substr($0, 4)
	next
}

/^(not )?ok / && tolower($0) ~ /# *skip/ {
	ran++
	outcome("skipped")
	shown[lines++] = $0
	next
}

/^ok / {
	ran++
	outcome("passed")
	next
}

/^not ok / {
	ran++
	outcome("failed")
}

$0 != "" { shown[lines++] = $0 }
