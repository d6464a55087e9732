/*
 * record: what one act at a desk says (opening, closing, …): session → the
 * JSON document, and strictly back at the centre.
 *
 * One flat struct of bounded texts, so that one call wipes it; it lives in
 * locked memory (record_new). The document is src/PROTOCOL section 2: unknown
 * members, absent members and unknown versions are refused, and each kind has
 * its parts, no fewer and no more.
 */
#ifndef GUICHET_ENVELOPE_RECORD_H
#define GUICHET_ENVELOPE_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/crypt.h"
#include "base/settings.h"
#include "envelope/rid.h"
#include "envelope/rpps.h"
#include "envelope/vouch.h"

#define RECORD_VERSION 1

/* X(NAME, "word") each. */
#define RECORD_KINDS(X)							\
	X(OPEN, "open") X(REISSUE, "reissue")				\
	X(PREFERENCES, "preferences") X(CLOSE, "close")			\
	X(REOPEN, "reopen") X(OPPOSE, "oppose")
#define CONSENT_METHODS(X)						\
	X(SCREEN, "screen") X(ORAL, "oral-attested") X(PAPER, "signed-paper")

/* Who says yes: the person, or who represents them. */
#define GRANTORS(X)							\
	X(PATIENT, "patient") X(REPRESENTATIVE, "representative")
#define SUBJECTS(X)							\
	X(ADULT, "adult") X(MINOR, "minor") X(PROTECTED, "protected")

/* Measures of protection (facts/domain.md 1.7), NONE unless protected. The
 * last column: does another person decide? */
#define MEASURES(X)							\
	X(NONE, "none", 0) X(SAUVEGARDE, "sauvegarde", 0)		\
	X(CURATELLE, "curatelle", 0)					\
	X(CURATELLE_PLUS, "curatelle-renforcée", 0)		\
	X(ASSISTANCE, "habilitation-assistance", 0)			\
	X(TUTELLE, "tutelle", 1)					\
	X(REPRESENTATION, "habilitation-representation", 1)
#define ASSENTS(X)							\
	X(NOT_ASKED, "not-asked") X(YES, "yes") X(NO, "no")		\
	X(NOT_ABLE, "not-able")

/* The words of HL7 v3-RoleCode that a representative may have
 * (facts/domain.md 3.3). */
#define ROLES(X)							\
	X(MTH) X(FTH) X(GUARD) X(STPMTH) X(STPFTH) X(GRMTH) X(GRFTH)	\
	X(AUNT) X(UNCLE) X(SIS) X(BRO) X(POWATT) X(RESPRSN)
#define ALERTS(X) X(NONE, "none") X(FIRST, "first") X(EACH, "each")
#define CONFIRMATIONS(X)						\
	X(NONE, "none") X(SMS, "sms") X(EMAIL, "email") X(POST, "post")

#define RECORD_ENUM(name, word) RECORD_##name,
enum record_kind { RECORD_KINDS(RECORD_ENUM) RECORD_KIND_COUNT };
#undef RECORD_ENUM
#define CONSENT_ENUM(name, word) CONSENT_##name,
enum consent_method { CONSENT_METHODS(CONSENT_ENUM) };
#undef CONSENT_ENUM
#define GRANTOR_ENUM(name, word) GRANTOR_##name,
enum grantor { GRANTORS(GRANTOR_ENUM) };
#undef GRANTOR_ENUM
#define SUBJECT_ENUM(name, word) SUBJECT_##name,
enum subject_status { SUBJECTS(SUBJECT_ENUM) };
#undef SUBJECT_ENUM
#define MEASURE_ENUM(name, word, decides) MEASURE_##name,
enum protection { MEASURES(MEASURE_ENUM) MEASURE_COUNT };
#undef MEASURE_ENUM
#define ASSENT_ENUM(name, word) ASSENT_##name,
enum assent { ASSENTS(ASSENT_ENUM) };
#undef ASSENT_ENUM
#define ROLE_ENUM(name) ROLE_##name,
enum role { ROLES(ROLE_ENUM) ROLE_COUNT };
#undef ROLE_ENUM
#define ALERTS_ENUM(name, word) ALERTS_##name,
enum alerts { ALERTS(ALERTS_ENUM) };
#undef ALERTS_ENUM
#define CONFIRM_ENUM(name, word) CONFIRM_##name,
enum confirmation { CONFIRMATIONS(CONFIRM_ENUM) };
#undef CONFIRM_ENUM

#define RPPS_LIST 8 /* numbers at most in each list of professionals */

struct record {
	enum record_kind kind;
	enum regime regime;
	enum grantor grantor;
	struct rid rid;
	bool training;
	uint64_t made_ms; /* wall time of the save */
	uint32_t terminal;

	struct {
		char profile[16], site_id[32], site_name[128], department[4];
	} place;
	struct {
		char id[32], name[64], profession[32];
	} operator;

	/* As on the card, unaltered (EX_GEN-1265). */
	struct {
		char family[256], given[256], birth[9], nir[14], key[3];
		char country[8];
		bool key_right, altered;
		/* The card's bytes in hex where a name could not be shown as
		 * it stood, else "". For the dossier: nobody shows them. */
		char family_raw[511], given_raw[511];
		uint32_t epoch;	  /* the insertion in which it was read */
		uint64_t read_ms; /* when */
	} identity;

	/* Who it is about, in law. */
	struct {
		enum subject_status status;
		enum protection measure;
		enum assent assent; /* of who is represented */
		char assistant[128]; /* name of who assists; "" */
	} subject;

	/* The only one who can be recorded; for minors, and adults for whom
	 * another decides. The document has it only when it is `there`. */
	struct {
		bool there;
		char family[128], given[128];
		enum role role;
		char phone[24], email[256]; /* one of them at least */
		bool present; /* stands at the desk */
	} representative;

	/* What was shown before the question was put: opening, reopening and
	 * opposing only. */
	struct {
		char id[32], version[16], lang[16], sha[65]; /* BLAKE2b hex */
		uint32_t shown_s; /* seconds on the screen */
		bool whole;	  /* every page of it was shown */
	} notice;

	/* The yes to the one sentence that asks for the act, of each kind. */
	struct {
		bool given;
		enum consent_method method;
		char wording[512]; /* the sentence agreed to, as shown */
		char face[16];	   /* curses, line, answers */
		uint64_t at_ms;
	} consent;

	/* The sheet that was signed, by the number printed on it; there when
	 * the method is CONSENT_PAPER, and the operator keeps it. */
	struct {
		bool there;
		struct rid number;
	} form;

	/* Seconds that each part of the journey took, for those who measure
	 * the desk: they name nobody. */
	struct {
		bool there;
		uint32_t card_s, information_s, consent_s, choices_s, review_s;
	} steps;

	/* The operator's own word that it was so (EX_1.1-1010). At a borne
	 * nobody is there to give it: false, and the moment 0. */
	struct {
		bool given;
		char operator_id[32];
		uint64_t at_ms;
	} certified;

	/*
	 * Preferences: opening and preferences only, always all of them. Two
	 * separate oppositions, both off unless the person says so; lists of
	 * RPPS numbers that end at the first "".
	 */
	struct {
		bool samu_opposed, break_glass_opposed;
		bool masked;	/* new documents are masked */
		bool sensitive; /* what is sensitive is locked */
		char allowed[RPPS_LIST][RPPS_TEXT];
		char blocked[RPPS_LIST][RPPS_TEXT];
	} access;
	struct {
		char rpps[RPPS_TEXT], name[128]; /* both "": not declared */
	} doctor; /* the médecin traitant */
	struct {
		char name[128], relation[32], phone[24]; /* "": none */
	} emergency; /* whom to call; no representative */
	struct {
		enum alerts alerts; /* at a professional's accesses */
		enum confirmation confirmation;
	} news;

	/* Opening, reopening and reissue only. */
	struct {
		char mobile[24], email[256]; /* "" when not given */
	} contact;

	/* With contact: the centre's word (envelope/vouch.h), in hex, that a
	 * code reached it; the document has it only when it is `there`. */
	struct {
		bool there;
		char mobile[VOUCH_TEXT], email[VOUCH_TEXT]; /* "": unverified */
	} verified;

	/* With contact. No channel, no account (EX_1.X-1300); a reissue has
	 * both always. */
	struct {
		bool wanted;
		char identifier[9]; /* as shown, without blanks */
		char verifier[VERIFIER_LEN];
	} account;

	/* Closing only: nobody has to say why. */
	struct {
		char motive[256]; /* CLOSE_MOTIVE unless they do */
		bool warned; /* was told what becomes unreachable, ten years */
	} close;
};

#define CLOSE_MOTIVE "demande du patient"

/* Does another person decide for this one: a minor, or that measure? */
bool record_is_represented(const struct record *r);

/* Is that part of the document ("contact", "close", …) one of that kind? */
bool record_has(enum record_kind kind, const char *part);

/* The word of a kind in the document; static storage. */
const char *record_kind_word(enum record_kind kind);

/* Zeroed, in locked memory; NULL when there is none. Free wipes. */
struct record *record_new(void);
void record_free(struct record *r);
void record_wipe(struct record *r);

/*
 * Append the document, at most RECORD_ROOM bytes. Give a secret buffer of
 * that size. Parts that the kind has not are passed over. ERR_RECORD_FORM when
 * a member cannot be said (a text that is not clean, a hash that is none, a
 * list with a hole), ERR_MEMORY, ERR_TOO_LONG.
 */
#define RECORD_ROOM ((size_t)16 * 1024)
enum err record_write(const struct record *rec, struct buf *out);

/*
 * Read a document. ERR_RECORD_VERSION for another version, ERR_RECORD_FORM
 * for anything not exactly of this form; the subject names the member, never
 * its value. *out is wiped on failure.
 */
enum err record_read(const void *p, size_t n, struct record *out);

#endif
