/*
 * record: what an enrolment says: session → the JSON document, and strictly
 * back at the centre.
 *
 * One flat struct of bounded texts, so that one call wipes it; it lives in
 * locked memory (record_new). The document is src/PROTOCOL section 2: unknown
 * members, absent members and unknown versions are refused.
 */
#ifndef GUICHET_ENVELOPE_RECORD_H
#define GUICHET_ENVELOPE_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/crypt.h"
#include "envelope/rid.h"

#define RECORD_VERSION 1

#define RECORD_KINDS(X) X(OPEN, "open")
#define CONSENT_METHODS(X)						\
	X(SCREEN, "screen") X(ORAL, "oral-attested") X(PAPER, "signed-paper")

#define RECORD_ENUM(name, word) RECORD_##name,
enum record_kind { RECORD_KINDS(RECORD_ENUM) };
#undef RECORD_ENUM
#define CONSENT_ENUM(name, word) CONSENT_##name,
enum consent_method { CONSENT_METHODS(CONSENT_ENUM) };
#undef CONSENT_ENUM

struct record {
	enum record_kind kind;
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
		uint32_t epoch;	  /* the insertion in which it was read */
		uint64_t read_ms; /* when */
	} identity;

	/* What was shown before the question was put. */
	struct {
		char id[32], version[16], lang[16], sha[65]; /* BLAKE2b hex */
		uint32_t shown_s; /* seconds on the screen */
		bool whole;	  /* every page of it was shown */
	} notice;

	struct {
		bool given;
		enum consent_method method;
		char wording[512]; /* the sentence agreed to, as shown */
		char face[16];	   /* curses, line, answers */
		uint64_t at_ms;
	} consent;

	/* The operator's own word that it was so (EX_1.1-1010). */
	struct {
		bool given;
		char operator_id[32];
		uint64_t at_ms;
	} certified;

	/* Two separate oppositions, both off unless the person says so. */
	struct {
		bool samu_opposed, break_glass_opposed;
	} access;

	struct {
		char mobile[24], email[256]; /* "" when not given */
	} contact;

	/* Only with a channel; no channel, no account (EX_1.X-1300). */
	struct {
		bool wanted;
		char identifier[9]; /* as shown, without blanks */
		char verifier[VERIFIER_LEN];
	} account;
};

/* Zeroed, in locked memory; NULL when there is none. Free wipes. */
struct record *record_new(void);
void record_free(struct record *r);
void record_wipe(struct record *r);

/*
 * Append the document, at most RECORD_ROOM bytes. Give a secret buffer of
 * that size. ERR_RECORD_FORM when a member cannot be said (a text that is not
 * clean, a hash that is none), ERR_MEMORY, ERR_TOO_LONG.
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
