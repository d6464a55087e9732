/* overview_page: the page from its head to its foot. */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "centre/overview_own.h"

const char overview_style[] =
	":root{color-scheme:light dark;--ink:#1b1b1b;--paper:#fff;"
	"--line:#767676;--bar:#00508c;--loud:#9a1b00}"
	"@media(prefers-color-scheme:dark){:root{--ink:#f2f2f2;"
	"--paper:#161616;--line:#8f8f8f;--bar:#7ab8f5;--loud:#ff9d85}}"
	"body{font:1.05rem/1.5 sans-serif;color:var(--ink);"
	"background:var(--paper);max-width:62rem;margin:0 auto;"
	"padding:1rem}h1{font-size:1.6rem}h2{font-size:1.25rem;"
	"margin-top:2.2rem;border-bottom:1px solid var(--line)}"
	"table{border-collapse:collapse;margin:.5rem 0}"
	"caption{text-align:left;font-weight:bold;padding:.3rem 0}"
	"th,td{padding:.25rem .8rem;border-bottom:1px solid var(--line);"
	"text-align:left}td.n,dd{font-variant-numeric:tabular-nums}"
	"td.n{text-align:right}"
	"dl{display:grid;gap:.6rem;margin:0;"
	"grid-template-columns:repeat(auto-fill,minmax(11rem,1fr))}"
	"dl div{border:1px solid var(--line);padding:.5rem .8rem}"
	"dt{font-size:.95rem}dd{margin:0;font-size:1.6rem}"
	".loud{border-width:3px;border-color:var(--loud)}"
	"figure{margin:1rem 0}svg{width:100%;height:auto;display:block}"
	"rect{fill:var(--bar)}svg path{stroke:var(--line)}"
	"text{fill:var(--ink);font:13px sans-serif}"
	"a{color:inherit}a:focus,summary:focus{outline:3px solid var(--bar)}"
	"nav a{margin-right:1rem}.scroll{overflow-x:auto}";

static void
put_time(struct html *h, uint64_t ms)
{
	char at[CLOCK_TEXT], day[9], hour[6];

	if (ms == 0) {
		html_put(h, "jamais");
		return;
	}
	clock_text(ms, at);
	clock_day(ms, day);
	clock_hour(ms, hour);
	html_put(h, "<time datetime=\"%s\">%.2s/%.2s/%.4s à %s</time>", at,
	    day + 6, day + 4, day, hour);
}

static void
put_head(struct html *h, const struct overview *o)
{
	html_put(h, "<!DOCTYPE html><html lang=\"fr\"><head>"
	    "<meta charset=\"utf-8\"><meta name=\"viewport\""
	    " content=\"width=device-width, initial-scale=1\"><title>"
	    "Centre guichet : supervision</title>"
	    "<link rel=\"stylesheet\" href=\"style.css\"></head><body>"
	    "<header><h1>Centre guichet : supervision%s</h1><p>Vu le ",
	    o->ask.training ? " (formation)" : "");
	put_time(h, o->ask.now_ms);
	html_put(h, ". <a href=\"?\">Regarder de nouveau</a></p>"
	    "<nav aria-label=\"Sur cette page\">"
	    "<a href=\"#troubles\">À voir</a>"
	    "<a href=\"#jours\">Par jour</a><a href=\"#lieux\">Par département"
	    "</a><a href=\"#postes\">Postes</a></nav></header><main>");
}

/* A number of the first rank; loud when somebody should look. */
static void
put_figure(struct html *h, const char *name, uint64_t n, bool loud)
{
	html_put(h, "<div%s><dt>", loud ? " class=\"loud\"" : "");
	html_text(h, name);
	html_put(h, "%s</dt>", loud ? " (à voir)" : "");
	html_count(h, "dd", n);
	html_put(h, "</div>");
}

static void
put_figures(struct html *h, const struct overview *o)
{
	const struct store_counts *c = &o->counts;
	uint64_t mute = o->ages[AGE_WEEK] + o->ages[AGE_LONG];

	html_put(h, "<section aria-labelledby=\"etat\"><h2 id=\"etat\">État"
	    "</h2><dl>");
	put_figure(h, "Postes en service", c->active, false);
	put_figure(h, "Postes révoqués", c->revoked, false);
	put_figure(h, "Muets depuis plus d’un jour", mute, mute > 0);
	put_figure(h, "Enregistrements reçus", c->entries, false);
	put_figure(h, "En attente d’ouverture", c->waiting, false);
	put_figure(h, "Refusés", c->refused, c->refused > 0);
	put_figure(h, "Numéros manquants", c->gaps, c->gaps > 0);
	put_figure(h, "Alarmes", c->alarms, c->alarms > 0);
	put_figure(h, "Identifiants prêtés", c->lent, false);
	if (c->closed > 0)
		put_figure(h, "Postes fermés à l’ouverture", c->closed,
		    false);
	if (c->opening > 0)
		put_figure(h, "Postes à une clé d’ouverture ancienne",
		    c->behind, false);
	html_put(h, "</dl>");
	if (c->waiting > 0) {
		html_put(h, "<p>Le plus ancien enregistrement en attente est "
		    "arrivé le ");
		put_time(h, c->since_ms);
		html_put(h, ".</p>");
	}
	html_put(h, "</section>");
}

static void
put_reasons(struct html *h, const struct overview *o)
{
	char code[8];

	if (o->reasons == 0)
		return;
	html_put(h, "<table><caption>Enregistrements refusés, par raison"
	    "</caption><thead><tr><th scope=\"col\">Code</th><th scope=\"col\">"
	    "Raison</th><th scope=\"col\">Nombre</th></tr></thead><tbody>");
	for (unsigned i = 0; i < o->reasons; i++) {
		(void)snprintf(code, sizeof(code), "G-%03u",
		    (unsigned)o->reason[i].number % 1000);
		html_put(h, "<tr>");
		html_cell(h, "th scope=\"row\"", code);
		html_cell(h, "td", err_what(err_of_number(
		    o->reason[i].number)));
		html_count(h, "td class=\"n\"", o->reason[i].n);
		html_put(h, "</tr>");
	}
	html_put(h, "</tbody></table>");
}

static void
put_trouble(struct html *h, const struct trouble *t)
{
	html_put(h, "<tr>");
	html_cell(h, "th scope=\"row\"", t->kind);
	html_count(h, "td class=\"n\"", t->terminal);
	html_count(h, "td class=\"n\"", t->sequence);
	html_put(h, "<td>");
	put_time(h, t->at_ms);
	html_put(h, "</td>");
	html_count(h, "td class=\"n\"", t->times);
	html_put(h, "</tr>");
}

static void
put_troubles(struct html *h, const struct overview *o)
{
	unsigned hidden = o->gaps + o->alarms - o->troubles;

	html_put(h, "<section aria-labelledby=\"troubles\"><h2 id=\"troubles\">"
	    "À voir</h2>");
	put_reasons(h, o);
	if (o->troubles > 0) {
		html_put(h, "<table><caption>Suites rompues</caption><thead>"
		    "<tr><th scope=\"col\">Constat</th><th scope=\"col\">Poste"
		    "</th><th scope=\"col\">Numéro</th><th scope=\"col\">Depuis"
		    "</th><th scope=\"col\">Fois</th></tr></thead><tbody>");
		for (unsigned i = 0; i < o->troubles; i++)
			put_trouble(h, &o->trouble[i]);
		html_put(h, "</tbody></table>");
	}
	if (hidden > 0)
		html_put(h, "<p>Et %u autres : <code>guichetctl centre gaps"
		    "</code>.</p>", hidden);
	if (o->troubles == 0 && o->reasons == 0)
		html_put(h, "<p>Rien ne manque, rien n’est refusé.</p>");
	html_put(h, "</section>");
}

static void
put_acts(struct html *h, const struct overview *o)
{
	static const struct {
		enum outcome_kind kind;
		const char *words;
	} rows[] = {
		{ OUTCOME_OPENED, "Dossiers ouverts" },
		{ OUTCOME_ALREADY_OPEN, "Déjà ouverts" },
		{ OUTCOME_REISSUED, "Codes remplacés" },
		{ OUTCOME_UPDATED, "Choix changés" },
		{ OUTCOME_CLOSED, "Dossiers fermés" },
		{ OUTCOME_REOPENED, "Dossiers rouverts" },
		{ OUTCOME_OPPOSED, "Oppositions" },
		{ OUTCOME_VOIDED, "Codes annulés" },
		{ OUTCOME_REFUSED, "Enregistrements refusés" },
	};

	html_put(h, "<table><caption>Tous les actes, en %d jours</caption>"
	    "<thead><tr><th scope=\"col\">Acte</th><th scope=\"col\">Nombre"
	    "</th></tr></thead><tbody>", OVERVIEW_DAYS);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		html_put(h, "<tr>");
		html_cell(h, "th scope=\"row\"", rows[i].words);
		html_count(h, "td class=\"n\"", o->kinds[rows[i].kind]);
		html_put(h, "</tr>");
	}
	html_put(h, "</tbody></table>");
}

static void
put_plots(struct html *h, const struct overview *o)
{
	uint64_t other = 0;

	for (int d = 0; d < OVERVIEW_DAYS; d++)
		other += o->opened[CHANNEL_OTHER][d];
	html_put(h, "<section aria-labelledby=\"jours\"><h2 id=\"jours\">"
	    "Dossiers ouverts par jour</h2>");
	for (int c = 0; c < CHANNEL_OTHER + (other > 0); c++)
		overview_plot_days(h, o, (enum channel)c);
	put_acts(h, o);
	html_put(h, "</section><section aria-labelledby=\"lieux\">"
	    "<h2 id=\"lieux\">Par département</h2>");
	overview_plot_places(h, o);
	html_put(h, "</section>");
}

static const char *
state_words(const struct terminal *t)
{
	if (t->state != TERMINAL_ACTIVE)
		return "révoqué";
	return t->closed ? "en service, lieu fermé" : "en service";
}

static void
put_terminal(struct html *h, const struct terminal *t, uint64_t now_ms)
{
	html_put(h, "<tr>");
	html_count(h, "th scope=\"row\"", t->number);
	html_cell(h, "td", t->seat.site);
	html_cell(h, "td", state_words(t));
	html_put(h, "<td>");
	put_time(h, t->seen_ms);
	html_put(h, "</td>");
	html_cell(h, "td", age_words(age_of(t, now_ms)));
	html_count(h, "td class=\"n\"", t->sequence);
	html_put(h, "</tr>");
}

/* The way to the pages before and behind. */
static void
put_pages(struct html *h, const struct overview *o)
{
	unsigned pages = (o->seen + OVERVIEW_PAGE - 1) / OVERVIEW_PAGE;

	if (pages <= 1)
		return;
	html_put(h, "<nav aria-label=\"Pages des postes\"><p>Page %u sur %u. ",
	    o->ask.page, pages);
	if (o->ask.page > 1)
		html_put(h, "<a href=\"?page=%u#postes\">Page précédente</a>",
		    o->ask.page - 1);
	if (o->ask.page < pages)
		html_put(h, "<a href=\"?page=%u#postes\">Page suivante</a>",
		    o->ask.page + 1);
	html_put(h, "</p></nav>");
}

static void
put_ages(struct html *h, const struct overview *o)
{
	html_put(h, "<table><caption>Dernier mot des postes en service"
	    "</caption><thead><tr><th scope=\"col\">Depuis</th>"
	    "<th scope=\"col\">Postes</th></tr></thead><tbody>");
	for (int a = 0; a < AGE_COUNT; a++) {
		html_put(h, "<tr>");
		html_cell(h, "th scope=\"row\"", age_words((enum age)a));
		html_count(h, "td class=\"n\"", o->ages[a]);
		html_put(h, "</tr>");
	}
	html_put(h, "</tbody></table>");
}

static void
put_terminals(struct html *h, const struct overview *o)
{
	html_put(h, "<section aria-labelledby=\"postes\"><h2 id=\"postes\">"
	    "Postes</h2>");
	put_ages(h, o);
	html_put(h, "<div class=\"scroll\"><table><caption>Les postes, par "
	    "numéro</caption><thead><tr><th scope=\"col\">Poste</th>"
	    "<th scope=\"col\">Lieu</th><th scope=\"col\">État</th>"
	    "<th scope=\"col\">Dernier mot</th><th scope=\"col\">Il y a</th>"
	    "<th scope=\"col\">Envoyés</th></tr></thead><tbody>");
	for (unsigned i = 0; i < o->terminals; i++)
		put_terminal(h, &o->terminal[i], o->ask.now_ms);
	html_put(h, "</tbody></table></div>");
	put_pages(h, o);
	html_put(h, "</section>");
}

enum err
overview_write(struct store *s, const struct overview_ask *ask,
    struct buf *out)
{
	struct html h = { .out = out };
	struct overview *o;
	enum err r;

	if ((o = calloc(1, sizeof(*o))) == NULL)
		return ERR_MEMORY;
	o->ask = *ask;
	if ((r = overview_gather(s, o)) == ERR_OK) {
		put_head(&h, o);
		put_figures(&h, o);
		put_troubles(&h, o);
		put_plots(&h, o);
		put_terminals(&h, o);
		html_put(&h, "</main></body></html>\n");
		r = h.fault;
	}
	free(o);
	return r;
}
