/*
 * rescue: a program that dies of a fault leaves its terminal as it was, and
 * nobody on the glass or in its history.
 */
#ifndef GUICHET_DESK_RESCUE_H
#define GUICHET_DESK_RESCUE_H

/*
 * From here on, until disarmed: a fault (SIGSEGV, SIGBUS, SIGFPE, SIGILL,
 * SIGABRT) clears the terminal on stdout and sets it as it is now, then ends
 * the program as it would have. Before anything is drawn.
 */
void rescue_arm(void);
void rescue_disarm(void);

#endif
