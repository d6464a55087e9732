/* operator_file: the list of accounts as a strict document. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/secret.h"
#include "base/text.h"
#include "desk/operator_own.h"
#include "envelope/field.h"

#define LIST_VERSION 1
#define LIST_ROOM    ((size_t)64 * 1024)

#define AT(member)                                                            \
	offsetof(struct account, member), sizeof(((struct account *)0)->member)

static const struct field fields[] = {
	{ "boot", &field_text, AT(boot), NULL },
	{ "fails", &field_u32, AT(fails), NULL },
	{ "id", &field_text, AT(who.id), NULL },
	{ "name", &field_text, AT(who.name), NULL },
	{ "profession", &field_text, AT(who.profession), NULL },
	{ "since_ms", &field_ms, AT(since_ms), NULL },
	{ "verifier", &field_text, AT(verifier), NULL },
};
enum { FIELDS = sizeof(fields) / sizeof(fields[0]) };

bool
operators_described(const struct operator *who)
{
	const char *texts[] = { who->id, who->name, who->profession };

	for (int i = 0; i < 3; i++)
		if (texts[i][0] == '\0' || !text_is_clean(texts[i]))
			return false;
	return true;
}

struct account *
operators_find(struct operators *o, const char *id)
{
	for (size_t i = 0; i < o->n; i++)
		if (strcmp(o->all[i].who.id, id) == 0)
			return &o->all[i];
	return NULL;
}

static bool
take_account(struct operators *o, const json_t *v)
{
	struct account *a = &o->all[o->n];

	secret_wipe(a, sizeof(*a));
	for (int i = 0; i < FIELDS; i++)
		if (!fields[i].kind->take(&fields[i],
		    json_object_get(v, fields[i].name),
		    (char *)a + fields[i].offset))
			return false;
	if (json_object_size(v) != FIELDS || !operators_described(&a->who) ||
	    operators_find(o, a->who.id) != NULL)
		return false;
	o->n++;
	return true;
}

static bool
take_list(struct operators *o, const json_t *doc)
{
	const json_t *list = json_object_get(doc, "operators");
	json_int_t version;
	size_t i;
	json_t *v;

	if (json_get_int(doc, "version", LIST_VERSION, LIST_VERSION,
	    &version) != ERR_OK || json_object_size(doc) != 2 ||
	    !json_is_array(list) || json_array_size(list) > OPERATORS_MAX)
		return false;
	json_array_foreach(list, i, v)
		if (!take_account(o, v))
			return false;
	return true;
}

enum err
operators_load(struct operators *o)
{
	json_t *doc = NULL;
	struct stat st;
	struct buf b;
	enum err r;

	o->n = 0;
	if (stat(o->path, &st) != 0)
		return access(o->path, F_OK) != 0 ? ERR_OK : ERR_OPERATORS;
	if ((st.st_mode & 077) != 0)
		return err_about(ERR_OPERATORS, "%s (mode)", o->path);
	if ((r = buf_init_secret(&b, LIST_ROOM)) != ERR_OK)
		return r;
	if (file_read(o->path, LIST_ROOM, &b) != ERR_OK ||
	    json_read(b.p, b.len, &doc) != ERR_OK || !take_list(o, doc))
		r = err_about(ERR_OPERATORS, "%s", o->path);
	json_decref(doc);
	buf_clear(&b);
	if (r != ERR_OK)
		o->n = 0;
	return r;
}

static json_t *
make_account(const struct account *a)
{
	json_t *v = json_object();

	for (int i = 0; i < FIELDS; i++)
		if (json_object_set_new(v, fields[i].name,
		    fields[i].kind->make(&fields[i],
		    (const char *)a + fields[i].offset)) != 0) {
			json_decref(v);
			return NULL;
		}
	return v;
}

static int
by_name(const void *a, const void *b)
{
	const struct account *x = a, *y = b;

	return strcmp(x->who.name, y->who.name);
}

enum err
operators_save(struct operators *o)
{
	json_t *doc = json_object(), *list = json_array();
	enum err r = ERR_MEMORY;
	struct buf b;

	qsort(o->all, o->n, sizeof(o->all[0]), by_name);
	buf_init(&b);
	for (size_t i = 0; i < o->n; i++)
		if (json_array_append_new(list, make_account(&o->all[i])) !=
		    0)
			goto out;
	if (json_object_set(doc, "operators", list) != 0 ||
	    json_object_set_new(doc, "version",
	    json_integer(LIST_VERSION)) != 0)
		goto out;
	if ((r = json_write(doc, &b)) == ERR_OK &&
	    (r = buf_put_u8(&b, '\n')) == ERR_OK)
		r = file_replace(o->path, b.p, b.len, 0600);
out:
	json_decref(list);
	json_decref(doc);
	buf_clear(&b);
	return r;
}

enum err
operators_lock(struct operators *o, int *fd)
{
	enum err r;

	*fd = open(o->lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (*fd == -1)
		return err_about(ERR_FILE_WRITE, "%s", o->lock);
	r = flock(*fd, LOCK_EX) == 0 ? operators_load(o)
	    : err_about(ERR_FILE_WRITE, "%s", o->lock);
	if (r != ERR_OK)
		(void)close(*fd);
	return r;
}

enum err
operators_unlock(int fd, enum err r)
{
	(void)close(fd);
	return r;
}
