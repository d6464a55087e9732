/*
 * session: all that a screen can reach: the terminal's own facts, which stay,
 * and the person, which one call wipes.
 */
#ifndef GUICHET_DESK_SESSION_H
#define GUICHET_DESK_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/settings.h"
#include "card/bearer.h"
#include "desk/operator.h"
#include "desk/screen.h"
#include "desk/shift.h"
#include "desk/tongue.h"
#include "envelope/password.h"
#include "envelope/record.h"
#include "envelope/response.h"

/* Behind a page of the notice: its second level, or how all is kept safe. */
enum aside { ASIDE_NONE, ASIDE_MORE, ASIDE_SAFETY };

/*
 * Everything about one person, in locked memory, wiped by session_forget().
 * What was learnt from the card is void once session.epoch is no longer
 * `epoch` (DESIGN section 3).
 */
struct person {
	enum record_kind service; /* what the person came for */
	uint32_t epoch; /* the insertion all this belongs to */
	uint64_t read_ms;
	size_t nbearers;
	struct bearer bearers[BEARERS_MAX];
	bool chosen, confirmed, informed, reviewed;
	size_t notice_page;   /* of the notice, the one on the screen */
	enum aside aside;     /* what is read beside it */
	enum err leaflet;     /* what came of printing it, once tried */
	bool leaflet_tried;
	uint32_t notice_seen; /* a bit for each page shown to its end */
	const struct notice *reading; /* the notice of those pages */
	bool box;	     /* the consent's box */
	unsigned box_missed; /* times that yes was said without it */
	enum err form; /* why the sheet to sign did not come out */
	unsigned contact_tries; /* past the first, its errors are named */
	size_t which; /* of bearers, once chosen */
	char understood[4]; /* "yes", "no": to the notice's own question */
	uint64_t spent_ms[PARTS + 1]; /* by part of the journey */
	unsigned notice_s;
	uint64_t notice_from_ms; /* elapsed time when it came up */
	bool contact_no; /* said: neither mobile nor e-mail */
	bool looked; /* whether there is a dossier was asked */
	enum reach reach; /* which contact a code is asked for */
	char typed_code[16], code[CODE_LEN + 1]; /* what arrived there */
	struct response told; /* by the centre; word 0: nothing */
	bool large; /* chosen: papers in large print */
	char mobile[24], email[256];
	unsigned tries; /* of another form: past the first, errors are named */
	bool role_said; /* which the representative has */
	char phone[24]; /* theirs */
	char pin[PIN_MAX + 1]; /* an operator's: no person is served then */
	char doctor[24], allowed[24], blocked[24]; /* numbers as typed */
	bool ours;	  /* the operator is one of those allowed */
	char kin_phone[24]; /* of whom to call */
	struct record rec; /* grows as the person answers */
	bool saved;
	uint64_t sequence;
	char identifier[9];
	char password[PASSWORD_LEN + 1]; /* until printed or copied */
	uint64_t reveal_until_ms; /* elapsed: the password is uncovered */
	uint64_t look_key_ms, look_end_ms; /* of the hand that holds: look.h */
	unsigned reveals, copy_reveals; /* beside the paper; without one */
	enum err paper; /* why there is no paper; ERR_OK: none was said */
};

struct session {
	int at; /* index of the screen */
	const struct desk_settings *set;
	const struct tongues *tongues; /* NULL: only French, without a choice */
	size_t tongue;		     /* of them, the one that is spoken */
	const struct notice *notice; /* the language's, checked at start */
	const char *face;	     /* name of the face, for the record */
	bool holds; /* it tells that a key is held */

	/* Who serves: whose shift it is, or the settings' own where no shift
	 * is needed. In every record (save.c), and what certified.operator_id
	 * must be. */
	struct operator operator;
	struct shift shift;

	/* The terminal's: kept from person to person. */
	enum reader_state reader;
	char reader_name[READER_NAME_ROOM];
	enum err reader_err; /* what ails it, ERR_OK when nothing */
	uint32_t epoch; /* of the card that is in now; 0: none */
	uint64_t now_ms, elapsed_ms;
	uint64_t entered_ms; /* elapsed time when the screen came up */
	uint64_t waiting, refused, last_sent_ms; /* the queue's */
	uint64_t oldest_ms;	 /* when the first that waits was made */
	enum err trouble;	 /* why nobody may begin; ERR_OK: they may */
	uint32_t identifiers;			 /* left in the lease */
	bool closed; /* the centre has closed this place */
	uint64_t closed_ms; /* and said so first then */
	bool paper;				 /* there is a printer */
	bool asks;	/* the centre can be asked, when there is a line */
	enum err problem; /* why `problem` is shown; survives forgetting */
	bool helping;	  /* F1 is open over the screen */
	unsigned idle_left; /* seconds of the warning; 0: no warning */
	unsigned tick;	    /* for signs of life */
	char reference[RID_SHORT]; /* of the last save, to be read aloud */
	enum record_kind served; /* what was saved then */

	/* The secrets of that save, until somebody has them or they are void
	 * (desk/handover.h). */
	struct rid owed;
	bool owes, handed; /* handed: said to be in the person's hand */
	enum err receipt;  /* why there is none on paper; ERR_OK: there is */
	unsigned voided;   /* since the first page last said so */
	char voided_last[RID_SHORT];

	struct person *person; /* locked memory, never NULL */
};

/* ERR_MEMORY. */
enum err session_init(struct session *s, const struct desk_settings *set,
    const struct notice *notice);
void session_clear(struct session *s);

/* Speak that one of the languages, from the next page on; the notice becomes
 * that language's, on what the person came for. */
void session_speak(struct session *s, size_t tongue);

/* That language's notice on safety; NULL where no languages are loaded. */
const struct notice *session_safety(const struct session *s);

/* From the first call on the record that may come of this visit has its id: a
 * question to the centre names it before it is saved. */
void session_name_record(struct session *s);

/* Wipe the person; the terminal's facts stay. */
void session_forget(struct session *s);

/* No shift is needed: the operator of the settings serves. */
void session_operator_reset(struct session *s);

/* True while what was read is of the card that is in. */
bool session_card_holds(const struct session *s);

/* The bearer chosen; never called before `chosen`. */
const struct bearer *session_bearer(const struct session *s);

#endif
