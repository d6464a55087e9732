/* made: a whole record of each kind, for the tests that need one. */
#ifndef GUICHET_TESTS_ENVELOPE_MADE_H
#define GUICHET_TESTS_ENVELOPE_MADE_H

#include <stdio.h>
#include <string.h>

#include "envelope/record.h"

#define MADE_COPY(to, from) (void)snprintf((to), sizeof(to), "%s", (from))

/* The demonstration person of facts about test cards, who says yes. */
static inline void
make_record(struct record *r)
{
	record_wipe(r);
	r->kind = RECORD_OPEN;
	for (uint8_t i = 0; i < RID_LEN; i++)
		r->rid.b[i] = i;
	r->training = true;
	r->made_ms = 1795271525000;
	r->terminal = 7;
	MADE_COPY(r->place.profile, "pharmacie");
	MADE_COPY(r->place.site_id, "2A0000017");
	MADE_COPY(r->place.site_name, "Pharmacie d'essai");
	MADE_COPY(r->place.department, "75");
	MADE_COPY(r->operator.id, "899000000012");
	MADE_COPY(r->operator.name, "PATTROIS DOMINIQUE");
	MADE_COPY(r->operator.profession, "pharmacien");
	MADE_COPY(r->identity.family, "ESSAI");
	MADE_COPY(r->identity.given, "ALAINBIS \xC3\x89LO\xC3\x8FSE");
	MADE_COPY(r->identity.birth, "19421901");
	MADE_COPY(r->identity.nir, "1421962965167");
	MADE_COPY(r->identity.key, "94");
	MADE_COPY(r->identity.country, "FR");
	r->identity.key_right = true;
	r->identity.epoch = 3;
	r->identity.read_ms = 1795271400000;
	MADE_COPY(r->notice.id, "dmp");
	MADE_COPY(r->notice.version, "1");
	MADE_COPY(r->notice.lang, "fr");
	memset(r->notice.sha, 'a', sizeof(r->notice.sha) - 1);
	r->notice.shown_s = 42;
	r->notice.whole = true;
	r->consent.given = true;
	r->consent.method = CONSENT_ORAL;
	MADE_COPY(r->consent.wording, "J'accepte \xC2\xAB l'ouverture \xC2\xBB.");
	MADE_COPY(r->consent.face, "curses");
	r->consent.at_ms = 1795271460000;
	r->certified.given = true;
	MADE_COPY(r->certified.operator_id, "899000000012");
	r->certified.at_ms = 1795271470000;
	r->access.samu_opposed = true;
	r->access.sensitive = true;
	MADE_COPY(r->access.allowed[0], "99700024450");
	MADE_COPY(r->access.allowed[1], "99900063480");
	MADE_COPY(r->access.blocked[0], "99900038839");
	MADE_COPY(r->doctor.rpps, "99700024450");
	MADE_COPY(r->doctor.name, "PATBQUATRE LAURENCE");
	MADE_COPY(r->emergency.name, "ESSAI CAMILLE");
	MADE_COPY(r->emergency.relation, "s\xC5\x93ur");
	MADE_COPY(r->emergency.phone, "0100000000");
	r->news.alerts = ALERTS_FIRST;
	r->news.confirmation = CONFIRM_EMAIL;
	MADE_COPY(r->contact.mobile, "0600000000");
	MADE_COPY(r->contact.email, "essai@exemple.invalid");
	r->account.wanted = true;
	MADE_COPY(r->account.identifier, "4821KFTP");
	MADE_COPY(r->account.verifier, "$argon2id$v=19$m=65536,t=2,p=1$"
	    "c2VsIGRlIHRlc3QhISE$c29tbWUgZGUgY29udHJvbGUgZGUgdGVzdCEhISEhISE");
}

/* The same person, at another act. */
static inline void
make_kind(struct record *r, enum record_kind kind)
{
	make_record(r);
	r->kind = kind;
	r->regime = kind == RECORD_OPPOSE ? REGIME_MES : REGIME_DMP;
	if (!record_has(kind, "notice"))
		memset(&r->notice, 0, sizeof(r->notice));
	if (!record_has(kind, "access")) {
		memset(&r->access, 0, sizeof(r->access));
		memset(&r->doctor, 0, sizeof(r->doctor));
		memset(&r->emergency, 0, sizeof(r->emergency));
		memset(&r->news, 0, sizeof(r->news));
	}
	if (!record_has(kind, "contact")) {
		memset(&r->contact, 0, sizeof(r->contact));
		memset(&r->account, 0, sizeof(r->account));
	}
	if (record_has(kind, "close")) {
		MADE_COPY(r->close.motive, CLOSE_MOTIVE);
		r->close.warned = true;
	}
}

/* Born in 2016, and spoken for by a mother. */
static inline void
make_minor(struct record *r)
{
	memset(r->identity.given, 0, sizeof(r->identity.given));
	MADE_COPY(r->identity.given, "CAMILLE");
	MADE_COPY(r->identity.birth, "20160229");
	r->grantor = GRANTOR_REPRESENTATIVE;
	r->subject.status = SUBJECT_MINOR;
	r->subject.assent = ASSENT_YES;
	r->representative.there = r->representative.present = true;
	MADE_COPY(r->representative.family, "ESSAI");
	MADE_COPY(r->representative.given, "DOMINIQUE");
	r->representative.role = ROLE_MTH;
	MADE_COPY(r->representative.phone, "0600000001");
	MADE_COPY(r->representative.email, "mere@exemple.invalid");
}

#endif
