/* drip: what the hand on the plug tells, in memory that is shared. */
#ifndef GUICHET_TESTS_FAULT_DRIP_H
#define GUICHET_TESTS_FAULT_DRIP_H

struct told {
	unsigned fell;	     /* 1 once the moment has come */
	unsigned long first; /* bytes out when the first paper was answered */
};

#endif
