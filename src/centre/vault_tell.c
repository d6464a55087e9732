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

/* What a record says of its dossier, in parts: a new one is told all of it at
 * once. Of each part the columns, their letters, and the values. */
#define ACT_COLUMNS							\
	"acts = acts + 1, changed_ms = ?, subject = ?, represented = ?"
#define ACT_BINDS "utu"
#define ACT_VALUES(act, rec)						\
	(act)->at_ms, subjects[(rec)->subject.status],			\
	(uint64_t)(rec)->representative.there

#define CONSENT_COLUMNS							\
	"consent_ms = ?, method = ?, notice_id = ?,"			\
	" notice_version = ?,"						\
	" notice_lang = ?, notice_sha = ?"
#define CONSENT_BINDS "uttttt"
#define CONSENT_VALUES(rec)						\
	(rec)->consent.at_ms, methods[(rec)->consent.method],		\
	(rec)->notice.id, (rec)->notice.version,			\
	(rec)->notice.lang, (rec)->notice.sha

/* All of them: what came last holds. */
#define CHOICES_COLUMNS							\
	"samu_opposed = ?, break_glass_opposed = ?, masked = ?,"	\
	" sensitive = ?, allowed = ?, blocked = ?, doctor = ?,"		\
	" emergency = ?, alerts = ?, confirmation = ?"
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
#define CONTACT_COLUMNS "mobile = ?, email = ?"
#define CONTACT_BINDS "tt"
#define CONTACT_VALUES(rec)						\
	contact_word((rec)->contact.mobile, (rec)->verified.mobile),	\
	contact_word((rec)->contact.email, (rec)->verified.email)

enum err
vault_tell_act(struct vault *v, const struct act *act,
    const struct record *rec, uint64_t number)
{
	return db_do(v->db, "UPDATE dossier SET " ACT_COLUMNS
	    " WHERE number = ?", ACT_BINDS "u", ACT_VALUES(act, rec), number);
}

enum err
vault_tell_consent(struct vault *v, const struct record *rec, uint64_t number)
{
	return db_do(v->db, "UPDATE dossier SET " CONSENT_COLUMNS
	    " WHERE number = ?", CONSENT_BINDS "u", CONSENT_VALUES(rec),
	    number);
}

enum err
vault_tell_choices(struct vault *v, const struct record *rec, uint64_t number)
{
	return db_do(v->db, "UPDATE dossier SET " CHOICES_COLUMNS
	    " WHERE number = ?", CHOICES_BINDS "u", CHOICES_VALUES(rec),
	    number);
}

enum err
vault_tell_contact(struct vault *v, const struct record *rec, uint64_t number)
{
	return db_do(v->db, "UPDATE dossier SET " CONTACT_COLUMNS
	    " WHERE number = ?", CONTACT_BINDS "u", CONTACT_VALUES(rec),
	    number);
}

enum err
vault_tell_all(struct vault *v, const struct act *act,
    const struct record *rec, uint64_t number)
{
	return db_do(v->db, "UPDATE dossier SET " ACT_COLUMNS ", "
	    CONSENT_COLUMNS ", " CHOICES_COLUMNS ", "
	    CONTACT_COLUMNS ", account = ? WHERE number = ?",
	    ACT_BINDS CONSENT_BINDS CHOICES_BINDS CONTACT_BINDS "uu",
	    ACT_VALUES(act, rec), CONSENT_VALUES(rec), CHOICES_VALUES(rec),
	    CONTACT_VALUES(rec),
	    (uint64_t)rec->account.wanted, number);
}
