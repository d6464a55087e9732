/* exits: how a program of guichet ends. */
#ifndef GUICHET_BASE_EXITS_H
#define GUICHET_BASE_EXITS_H

/* DESIGN section 9, after sysexits(3). */
enum {
	EXIT_DONE = 0,
	EXIT_NO = 1,
	EXIT_USAGE = 64,
	EXIT_DATA = 65,
	EXIT_UNAVAILABLE = 69,
	EXIT_IO = 74,
	EXIT_AGAIN = 75,
	EXIT_PERMISSION = 77,
	EXIT_SETTINGS = 78
};

#endif
