/* list: the same rows for people and for programs. */
#include "base/clock.h"
#include "ctl/list.h"

void
list_row(struct list *l, const char *names)
{
	if (l->rows++ == 0 && !l->c->json)
		fprintf(l->c->out, "%s\n", names);
}

void
list_end(const struct list *l, const char *none)
{
	if (l->rows == 0 && !l->c->json)
		fprintf(l->c->out, "%s\n", none);
}

void
list_text(json_t *o, const char *name, const char *value)
{
	(void)json_object_set_new(o, name, json_string(value));
}

void
list_number(json_t *o, const char *name, uint64_t value)
{
	(void)json_object_set_new(o, name, json_integer((json_int_t)value));
}

void
list_bool(json_t *o, const char *name, bool value)
{
	(void)json_object_set_new(o, name, json_boolean(value));
}

void
list_time(json_t *o, const char *name, uint64_t ms)
{
	char text[CLOCK_TEXT];

	clock_text(ms, text);
	(void)json_object_set_new(o, name,
	    ms == 0 ? json_null() : json_string(text));
}

enum err
list_object(const struct list *l, json_t *o)
{
	struct buf b;
	enum err r;

	buf_init(&b);
	if ((r = json_write(o, &b)) == ERR_OK &&
	    (r = buf_put_u8(&b, '\n')) == ERR_OK &&
	    fwrite(b.p, 1, b.len, l->c->out) != b.len)
		r = err_about(ERR_FILE_WRITE, "stdout");
	buf_clear(&b);
	json_decref(o);
	return r;
}
