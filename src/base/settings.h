/*
 * settings: the two files that say what a machine is, desk.conf for the
 * programs of a terminal and centre.conf for those of the centre.
 *
 * guichet.conf(5) is printed from these tables; make check compares.
 */
#ifndef GUICHET_BASE_SETTINGS_H
#define GUICHET_BASE_SETTINGS_H

#include <stdint.h>

#include "base/conf.h"
#include "base/file.h"

enum mode { MODE_PRODUCTION, MODE_TRAINING };
enum profile { PROFILE_PHARMACIE, PROFILE_BORNE, PROFILE_ACCUEIL };
/* Opening by the person's consent (until 2021), or by law, with a right to
 * oppose (Mon espace santé, since 2022). */
enum regime { REGIME_DMP, REGIME_MES };
enum log_to { LOG_TO_SYSLOG, LOG_TO_STDERR };
enum id_order { ORDER_DIGITS_LETTERS, ORDER_LETTERS_DIGITS };
enum yes_no { SET_NO, SET_YES };
enum keep_until { UNTIL_STORED, UNTIL_REPLICATED };
/* How a yes may be said; as the record knows it: envelope/record.h. */
enum said { SAID_SCREEN, SAID_ORAL, SAID_PAPER };

struct desk_settings {
	int mode;    /* enum mode */
	int profile; /* enum profile */
	int regime;  /* enum regime; settings_regime() says today's */
	long regime_from;
	int log;     /* enum log_to */
	char state[PATH_ROOM];
	long terminal;
	char site_id[32], site_name[128], department[4];
	char operator_id[32], operator_name[64], operator_profession[32];
	char centre_url[256];
	char printer[PATH_ROOM]; /* slip/printer.h */
	char texts[PATH_ROOM];
	char locales[PATH_ROOM];
	char cards[PATH_ROOM]; /* demonstration cards, training only */
	char support[128];
	int identifier_order; /* enum id_order */
	int keep_until;	      /* enum keep_until */
	long adult_age, lease_low;
	int consent_methods; /* a bit each: envelope/permit.h */
	int mobiles_abroad;  /* enum yes_no */
	int contrast;	  /* the screen begins in high contrast: enum yes_no */
	long idle_warn, idle_grace; /* seconds */
	long shift_lock;	    /* seconds */
	long sync_every;	    /* seconds */
	long sync_retries;
	long epoch_envelopes, epoch_days; /* of one signing key */
};

struct centre_settings {
	int mode;   /* enum mode */
	int regime; /* enum regime */
	long regime_from;
	int log;    /* enum log_to */
	char state[PATH_ROOM]; /* the gateway's: ledger and its keys */
	char vault[PATH_ROOM]; /* the opener's: dossiers and its keys */
	char store[512];       /* "sqlite" or "postgresql://…" */
	char listen[128];      /* ADDRESS:PORT or unix:PATH */
	char supervision[128]; /* the same for people; "": nowhere */
	char questions[128];   /* of guichet-answer; "": none is answered */
	char tls_cert[PATH_ROOM], tls_key[PATH_ROOM], tls_ca[PATH_ROOM];
	char tls_ca_key[PATH_ROOM];
	char mail[256], mail_login[PATH_ROOM], mail_from[256];
	char mail_texts[PATH_ROOM];
	char sms[256], sms_key[PATH_ROOM];
	char support[128];  /* in what people are told */
	long lease_size;    /* identifiers in a block */
	long adult_age;
	int consent_methods; /* a bit each: envelope/permit.h */
	int mobiles_abroad;  /* enum yes_no */
	long keep_days;	    /* of a retired opening key */
	long opener_every;  /* milliseconds between two looks at the ledger */
};

extern const struct conf_item desk_table[], centre_table[];

/* Fill from path (NULL: the environment and defaults alone). ERR_SET_*. */
enum err desk_load(const char *path, struct desk_settings *out);
enum err centre_load(const char *path, struct centre_settings *out);

/* The regime at a moment, in local time: the one that is set since the day
 * `from` (AAAAMMJJ, 0: always), before that day the other. */
enum regime settings_regime(int regime, long from, uint64_t at_ms);

#endif
