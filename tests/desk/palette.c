/* palette: how far what is written stands out from what it is written on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "desk/palette.h"

/* The eight colours of a Linux console, and xterm's 256. */
static void
rgb_of(short n, bool many, double out[3])
{
	static const unsigned levels[] = { 0, 95, 135, 175, 215, 255 };
	static const unsigned char console[8][3] = {
		{ 0, 0, 0 }, { 170, 0, 0 }, { 0, 170, 0 }, { 170, 85, 0 },
		{ 0, 0, 170 }, { 170, 0, 170 }, { 0, 170, 170 },
		{ 170, 170, 170 },
	};

	assert_true(many ? n >= 16 && n < 232 : n >= 0 && n < 8);
	for (int i = 0; i < 3; i++)
		out[i] = many ? levels[(n - 16) / (i == 0 ? 36 : i == 1 ? 6 :
		    1) % 6] : console[n][i];
}

/* x to the power of 2.4, that is x * x times the fifth root of x * x, by
 * Newton: no test needs a library for that. */
static double
power_2_4(double x)
{
	double y = x * x, root = 1;

	for (int i = 0; i < 60; i++)
		root -= (root * root * root * root * root - y) /
		    (5 * root * root * root * root);
	return y * root;
}

/* Relative luminance, as WCAG defines it. */
static double
luminance(const double rgb[3])
{
	static const double share[] = { 0.2126, 0.7152, 0.0722 };
	double sum = 0;

	for (int i = 0; i < 3; i++) {
		double c = rgb[i] / 255;

		sum += share[i] * (c <= 0.03928 ? c / 12.92 :
		    power_2_4((c + 0.055) / 1.055));
	}
	return sum;
}

static double
ratio(double a, double b)
{
	return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}

static double
light(short n, bool many)
{
	double rgb[3];

	rgb_of(n, many, rgb);
	return luminance(rgb);
}

static void
the_ratios_are_those_of_wcag(void **state)
{
	(void)state;
	assert_int_equal(1000 * ratio(light(231, true), light(16, true)),
	    21000);
	assert_int_equal(100 * ratio(light(7, false), light(0, false)), 903);
	/* #767676 is the darkest grey that white paper bears. */
	assert_int_equal(100 * ratio(luminance((double[]){ 118, 118, 118 }),
	    1), 454);
}

/* Whatever paper the terminal has. */
static void
usual_colours_are_legible_on_black_and_on_white(void **state)
{
	const struct palette *p = palette_of(false, true);
	const short seen[] = { p->accent, p->warn };

	(void)state;
	assert_int_equal(p->ink, PALETTE_OWN);
	assert_int_equal(p->paper, PALETTE_OWN);
	for (size_t i = 0; i < 2; i++) {
		assert_true(ratio(light(seen[i], true), 0) >= 4.5);
		assert_true(ratio(light(seen[i], true), 1) >= 4.5);
	}
}

/* Reversed or not; with many colours, and on a console. */
static void
high_contrast_is_seven_to_one(void **state)
{
	(void)state;
	for (int many = 0; many < 2; many++) {
		const struct palette *p = palette_of(true, many);
		const short seen[] = { p->ink, p->accent, p->warn };

		for (size_t i = 0; i < 3; i++)
			assert_true(ratio(light(seen[i], many),
			    light(p->paper, many)) >= 7);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_ratios_are_those_of_wcag),
		cmocka_unit_test(
		    usual_colours_are_legible_on_black_and_on_white),
		cmocka_unit_test(high_contrast_is_seven_to_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
