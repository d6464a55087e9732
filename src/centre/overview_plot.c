/* overview_plot: bars in SVG, and the same numbers in a table. */
#include <stdio.h>

#include "centre/overview_own.h"

/* The plot of days, in units of SVG. */
#define WIDE	660
#define TALL	110
#define TOP	18 /* room for the number over the highest bar */
#define STEP	(WIDE / OVERVIEW_DAYS)
#define BAR	(STEP - 5)
#define ROOM_UNDER 20

/* The plot of places. */
#define ROW	24
#define NAME	48
#define LONG	540

/* "21/11" of AAAAMMJJ. */
static void
write_day(uint32_t day, char out[6])
{
	(void)snprintf(out, 6, "%02u/%02u", day % 100, day / 100 % 100);
}

static uint64_t
highest(const uint64_t *n, size_t many)
{
	uint64_t most = 0;

	for (size_t i = 0; i < many; i++)
		if (n[i] > most)
			most = n[i];
	return most;
}

/* Something is seen of the smallest number. */
static unsigned
scale(uint64_t n, uint64_t most, unsigned room)
{
	unsigned bar;

	if (n == 0 || most == 0)
		return 0;
	bar = (unsigned)(n * room / most);
	return bar == 0 ? 1 : bar;
}

/* One scale for all channels, so that they can be compared. */
static uint64_t
most_of_all(const struct overview *o)
{
	uint64_t most = 0, n;

	for (int c = 0; c < CHANNEL_COUNT; c++)
		if ((n = highest(o->opened[c], OVERVIEW_DAYS)) > most)
			most = n;
	return most;
}

static void
put_bar(struct html *h, int d, uint32_t day, uint64_t n, uint64_t most,
    bool label)
{
	unsigned tall = scale(n, most, TALL);
	int x = d * STEP + 2, y = TOP + TALL - (int)tall;
	char words[6];

	write_day(day, words);
	html_put(h, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%u\">"
	    "<title>%s : %llu</title></rect>", x, y, BAR, tall, words,
	    (unsigned long long)n);
	if (!label)
		return;
	html_put(h, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">",
	    x + BAR / 2, y - 5);
	html_number(h, n);
	html_put(h, "</text>");
}

static void
put_days(struct html *h, const struct overview *o)
{
	static const struct {
		int day, x;
		const char *anchor;
	} named[] = { { 0, 0, "start" },
		{ OVERVIEW_DAYS / 2, OVERVIEW_DAYS / 2 * STEP + STEP / 2,
		    "middle" },
		{ OVERVIEW_DAYS - 1, WIDE, "end" } };
	char words[6];

	for (int i = 0; i < 3; i++) {
		write_day(o->day[named[i].day], words);
		html_put(h, "<text x=\"%d\" y=\"%d\""
		    " text-anchor=\"%s\">%s</text>", named[i].x,
		    TOP + TALL + ROOM_UNDER - 4, named[i].anchor, words);
	}
	html_put(h, "<path d=\"M0 %d.5H%d\"/>", TOP + TALL, WIDE);
}

static void
table_days(struct html *h, const struct overview *o, enum channel c)
{
	char words[6];

	html_put(h, "<details><summary>Les nombres, jour par jour</summary>"
	    "<table><caption>Dossiers ouverts, canal %s</caption><thead><tr>"
	    "<th scope=\"col\">Jour</th><th scope=\"col\">Dossiers</th></tr>"
	    "</thead><tbody>", channel_words(c));
	for (int d = OVERVIEW_DAYS - 1; d >= 0; d--) {
		write_day(o->day[d], words);
		html_put(h, "<tr>");
		html_cell(h, "th scope=\"row\"", words);
		html_count(h, "td", o->opened[c][d]);
		html_put(h, "</tr>");
	}
	html_put(h, "</tbody></table></details>");
}

void
overview_plot_days(struct html *h, const struct overview *o, enum channel c)
{
	uint64_t most = highest(o->opened[c], OVERVIEW_DAYS), sum = 0;
	bool labelled = false, label;

	for (int d = 0; d < OVERVIEW_DAYS; d++)
		sum += o->opened[c][d];
	html_put(h, "<figure><figcaption>Canal %s : ", channel_words(c));
	html_number(h, sum);
	html_put(h, " en %d jours</figcaption><svg viewBox=\"0 0 %d %d\""
	    " role=\"img\" aria-label=\"Dossiers ouverts par jour, canal %s\">",
	    OVERVIEW_DAYS, WIDE, TOP + TALL + ROOM_UNDER, channel_words(c));
	for (int d = 0; d < OVERVIEW_DAYS; d++) {
		label = !labelled && most > 0 && o->opened[c][d] == most;
		labelled |= label;
		put_bar(h, d, o->day[d], o->opened[c][d], most_of_all(o),
		    label);
	}
	put_days(h, o);
	html_put(h, "</svg>");
	table_days(h, o, c);
	html_put(h, "</figure>");
}

/* A row of the picture: its name, its bar, its number. */
static void
put_row(struct html *h, unsigned i, const char *name, uint64_t n,
    uint64_t most)
{
	unsigned y = i * ROW, wide = scale(n, most, LONG);

	html_put(h, "<text x=\"%d\" y=\"%u\" text-anchor=\"end\">",
	    NAME - 6, y + 16);
	html_text(h, name);
	html_put(h, "</text><rect x=\"%d\" y=\"%u\" width=\"%u\""
	    " height=\"%d\"/><text x=\"%u\" y=\"%u\">", NAME, y + 3, wide,
	    ROW - 6, NAME + wide + 6, y + 16);
	html_number(h, n);
	html_put(h, "</text>");
}

/* No department in the record, or none that was read. */
static const char *
name_of(const struct place *p)
{
	return p->department[0] == '\0' ? "?" : p->department;
}

static void
table_places(struct html *h, const struct overview *o)
{
	html_put(h, "<details><summary>Tous les départements</summary><table>"
	    "<caption>Dossiers ouverts par département, en %d jours</caption>"
	    "<thead><tr><th scope=\"col\">Département</th>"
	    "<th scope=\"col\">Dossiers</th></tr></thead><tbody>",
	    OVERVIEW_DAYS);
	for (unsigned i = 0; i < o->places; i++) {
		html_put(h, "<tr>");
		html_cell(h, "th scope=\"row\"", name_of(&o->place[i]));
		html_count(h, "td", o->place[i].n);
		html_put(h, "</tr>");
	}
	html_put(h, "</tbody></table></details>");
}

void
overview_plot_places(struct html *h, const struct overview *o)
{
	unsigned shown = o->places < OVERVIEW_PLACES ? o->places
						     : OVERVIEW_PLACES;
	uint64_t rest = 0, most;

	if (o->places == 0) {
		html_put(h, "<p>Aucun dossier ouvert en %d jours.</p>",
		    OVERVIEW_DAYS);
		return;
	}
	for (unsigned i = shown; i < o->places; i++)
		rest += o->place[i].n;
	most = rest > o->place[0].n ? rest : o->place[0].n;
	html_put(h, "<figure><figcaption>Dossiers ouverts par département,"
	    " en %d jours</figcaption><svg viewBox=\"0 0 %d %u\" role=\"img\""
	    " aria-label=\"Dossiers ouverts par département\">",
	    OVERVIEW_DAYS, WIDE, (shown + (rest > 0)) * ROW);
	for (unsigned i = 0; i < shown; i++)
		put_row(h, i, name_of(&o->place[i]), o->place[i].n, most);
	if (rest > 0)
		put_row(h, shown, "autres", rest, most);
	html_put(h, "</svg>");
	table_places(h, o);
	html_put(h, "</figure>");
}
