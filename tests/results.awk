# results.awk: the lines of other tests as they were, then those of FILE.
#
# The first file is the old results, the second what FILE printed; see
# tests/run. The last line of FILE says when.

FNR == 1 {
	input++
}

input == 1 && FILENAME == ARGV[1] {
	if (index($0, file "\t") != 1)
		print
	next
}

/^(not )?ok / {
	kind = /^ok / ? "passed" : "failed"
	if (tolower($0) ~ /# *skip/)
		kind = "skipped"
	sub(/^(not )?ok *[0-9]* *(- )?/, "")
	sub(/^# *SKIP */, "") # cmocka's
	sub(/ *# *skip.*/, "")
	print file "\t" kind "\t" $0
}

END {
	print file "\tran\t" now
}
