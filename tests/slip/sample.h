/* sample: the facts of the published test identity ESSAI ALAINBIS. */
#ifndef GUICHET_TESTS_SLIP_SAMPLE_H
#define GUICHET_TESTS_SLIP_SAMPLE_H

#include "slip/slip_form.h"
#include "slip/slip_receipt.h"
#include "slip/slip_secrets.h"

__attribute__((unused)) static inline const struct slip_facts *
sample_facts(void)
{
	static const struct slip_facts facts = {
		.ref = "01JD7Q4M5N6P7Q8R9S0T1V2W3X",
		.reference = "01JD-7Q4M",
		.family = "ESSAI",
		.given = "ALAINBIS",
		.birth = "19 janvier 1942",
		.nir = "1421962965167",
		.key = "94",
		.identifier = "4821KFTP",
		.password = "aB2!k-Q#",
		.by_sms = true,
		.by_email = true,
		.site = "Pharmacie du Marché, Nantes",
		.date = "21 novembre 2026, 14:32",
		.support = "0810 331 133, du lundi au vendredi, de 8 h 30 à 17 h 30",
		.training = true,
	};

	return &facts;
}

__attribute__((unused)) static inline const struct receipt_facts *
sample_receipt(void)
{
	static const struct receipt_facts facts = {
		.ref = "01JD7Q4M5N6P7Q8R9S0T1V2W3X",
		.reference = "01JD-7Q4M",
		.kind = RECORD_OPEN,
		.family = "ESSAI", .given = "ALAINBIS",
		.birth = "jour 1, mois 19, année 1942",
		.site = "Pharmacie du Marché, Nantes",
		.operator = "Camille Officine",
		.date = "21 novembre 2026, 14:32",
		.samu_opposed = true,
		.account = true,
		.wording = "Je consens à l'ouverture de mon Dossier médical "
		    "partagé.",
		.consent_date = "21 novembre 2026, 14:30",
		.notice = "DMP-INFO 2.1 (Français)",
		.sha = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		.proof = "GC1:0123456789ABCDEF",
		.support = "0810 331 133",
		.training = true,
	};

	return &facts;
}

__attribute__((unused)) static inline const struct form_facts *
sample_form(void)
{
	static const struct form_facts facts = {
		.ref = "01JD7Q4M5N6P7Q8R9S0T1V2W3X",
		.number = "01JD-7Q4M",
		.family = "ESSAI", .given = "ALAINBIS",
		.birth = "jour 1, mois 19, année 1942",
		.site = "Pharmacie du Marché, Nantes",
		.operator = "Camille Officine",
		.date = "21 novembre 2026, 14:29",
		.wording = "Je consens à l'ouverture de mon Dossier médical "
		    "partagé.",
		.notice = "DMP-INFO 2.1 (Français)",
		.sha = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		.training = true,
	};

	return &facts;
}

#endif
