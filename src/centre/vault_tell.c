/* vault_tell: what a record says of its dossier, in the dossier's row. */
#include "centre/vault_own.h"

static uint64_t
count_of(const char list[RPPS_LIST][RPPS_TEXT])
{
	uint64_t n = 0;

	while (n < RPPS_LIST && list[n][0] != '\0')
		n++;
	return n;
}

#define WORD(name, word) word,
static const char *const subjects[] = { SUBJECTS(WORD) };
static const char *const methods[] = { CONSENT_METHODS(WORD) };
static const char *const alerts[] = { ALERTS(WORD) };
static const char *const confirmations[] = { CONFIRMATIONS(WORD) };
#undef WORD

static const char *
contact_word(const char *contact, const char *vouch)
{
	return contact[0] == '\0' ? "" : vouch[0] == '\0' ? "unverified" :
	    "verified";
}

/* What a record says of its dossier, in parts: a new one is told all of it as
 * it is made. Of each part the columns, a mark and a letter for each, and the
 * values. */
#define ACT_COLUMNS "changed_ms, subject, represented"
#define ACT_MARKS   "?, ?, ?"
#define ACT_BINDS   "utu"
#define ACT_VALUES(act, rec)						\
	(act)->at_ms, subjects[(rec)->subject.status],			\
	(uint64_t)(rec)->representative.there

#define CONSENT_COLUMNS							\
	"consent_ms, method, notice_id, notice_version, notice_lang,"	\
	" notice_sha"
#define CONSENT_MARKS "?, ?, ?, ?, ?, ?"
#define CONSENT_BINDS "uttttt"
#define CONSENT_VALUES(rec)						\
	(rec)->consent.at_ms, methods[(rec)->consent.method],		\
	(rec)->notice.id, (rec)->notice.version,			\
	(rec)->notice.lang, (rec)->notice.sha

/* All of them: what came last holds. */
#define CHOICES_COLUMNS							\
	"samu_opposed, break_glass_opposed, masked, sensitive,"		\
	" allowed, blocked, doctor, emergency, alerts, confirmation"
#define CHOICES_MARKS "?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
#define CHOICES_BINDS "uuuuuuuutt"
#define CHOICES_VALUES(rec)						\
	(uint64_t)(rec)->access.samu_opposed,				\
	(uint64_t)(rec)->access.break_glass_opposed,			\
	(uint64_t)(rec)->access.masked,					\
	(uint64_t)(rec)->access.sensitive,				\
	count_of((rec)->access.allowed),				\
	count_of((rec)->access.blocked),				\
	(uint64_t)((rec)->doctor.rpps[0] != '\0'),			\
	(uint64_t)((rec)->emergency.name[0] != '\0'),			\
	alerts[(rec)->news.alerts],					\
	confirmations[(rec)->news.confirmation]

/* Whether there is one, and whether a code was read there: never which. */
#define CONTACT_COLUMNS "mobile, email"
#define CONTACT_MARKS	"?, ?"
#define CONTACT_BINDS	"tt"
#define CONTACT_VALUES(rec)						\
	contact_word((rec)->contact.mobile, (rec)->verified.mobile),	\
	contact_word((rec)->contact.email, (rec)->verified.email)

#define TELL(part)							\
	"(" part##_COLUMNS ") = (" part##_MARKS ") WHERE number = ?"

enum err
vault_tell_act(struct vault *v, const struct act *act,
    const struct record *rec, uint64_t number)
{
	return db_do(v->db, "UPDATE dossier SET acts = acts + 1, " TELL(ACT),
	    ACT_BINDS "u", ACT_VALUES(act, rec), number);
}

enum err
vault_tell_consent(struct vault *v, const struct record *rec, uint64_t number)
{
	return db_do(v->db, "UPDATE dossier SET " TELL(CONSENT),
	    CONSENT_BINDS "u", CONSENT_VALUES(rec), number);
}

enum err
vault_tell_choices(struct vault *v, const struct record *rec, uint64_t number)
{
	return db_do(v->db, "UPDATE dossier SET " TELL(CHOICES),
	    CHOICES_BINDS "u", CHOICES_VALUES(rec), number);
}

enum err
vault_tell_contact(struct vault *v, const struct record *rec, uint64_t number)
{
	return db_do(v->db, "UPDATE dossier SET " TELL(CONTACT),
	    CONTACT_BINDS "u", CONTACT_VALUES(rec), number);
}

/* With what every new one has. */
#define NEW_COLUMNS							\
	"id, person, rid, state, master, data_key, opened_ms, keyed_ms"
#define NEW_MARKS "?, ?, ?, ?, ?, ?, ?, ?"
#define NEW_BINDS "bbbuubuu"
#define NEW_VALUES(v, act, place, wrapped)				\
	(const void *)(place)->id, (size_t)DOSSIER_ID_LEN,		\
	(const void *)(place)->person, (size_t)PERSON_LEN,		\
	(const void *)(act)->rid.b, (size_t)RID_LEN,			\
	(uint64_t)(place)->state, (uint64_t)(v)->keys->master_number,	\
	(const void *)(wrapped)->p, (wrapped)->len,			\
	(place)->state == DOSSIER_OPENED ? (act)->at_ms : 0,		\
	(act)->at_ms

enum err
vault_insert(struct vault *v, const struct act *act,
    const struct dossier_place *place, const struct buf *wrapped)
{
	return db_do(v->db, "INSERT INTO dossier (" NEW_COLUMNS ")"
	    " VALUES (" NEW_MARKS ")", NEW_BINDS,
	    NEW_VALUES(v, act, place, wrapped));
}

enum err
vault_insert_told(struct vault *v, const struct act *act,
    const struct dossier_place *place, const struct buf *wrapped,
    const struct record *rec)
{
	return db_do(v->db, "INSERT INTO dossier (" NEW_COLUMNS ", "
	    ACT_COLUMNS ", " CONSENT_COLUMNS ", " CHOICES_COLUMNS ", "
	    CONTACT_COLUMNS ", account, acts) VALUES (" NEW_MARKS ", "
	    ACT_MARKS ", " CONSENT_MARKS ", " CHOICES_MARKS ", "
	    CONTACT_MARKS ", ?, 1)", NEW_BINDS ACT_BINDS CONSENT_BINDS
	    CHOICES_BINDS CONTACT_BINDS "u",
	    NEW_VALUES(v, act, place, wrapped), ACT_VALUES(act, rec),
	    CONSENT_VALUES(rec), CHOICES_VALUES(rec), CONTACT_VALUES(rec),
	    (uint64_t)rec->account.wanted);
}
