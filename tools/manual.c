/* manual: print the parts of the manual that are tables in the code. */
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/manual.h"
#include "base/settings.h"

static void
print_desk(void)
{
	conf_manual(desk_table, stdout);
}

static void
print_centre(void)
{
	conf_manual(centre_table, stdout);
}

static void
print_errors(void)
{
	manual_errors(stdout);
}

static const struct part {
	const char *name;
	void (*print)(void);
} parts[] = {
	{ "desk", print_desk },
	{ "centre", print_centre },
	{ "errors", print_errors },
};

int
main(int argc, char *argv[])
{
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (argc == 2 && strcmp(argv[1], parts[i].name) == 0) {
			parts[i].print();
			return EXIT_DONE;
		}
	fprintf(stderr, "usage : manual desk|centre|errors\n");
	return EXIT_USAGE;
}
