/* iw-order.h: keys that sort as text, so that moving one thing in a list writes that one alone.
 *
 * A key is a fraction in base 36 (digits, then letters), without its "0." and without trailing
 * zeros: between any two different keys there is another. Two people who move things at the same
 * time change different documents and merge; a salt keeps two keys made for the same gap apart.
 * Pure; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Longer keys, and those with other characters, are foreign: they are never built upon. */
#define IW_ORDER_MAX_LENGTH 200

gboolean iw_order_is_key (const char *text); /* not NULL; FALSE also for "" */
/* A key after @before and before @after. NULL or "": no bound on that side. NULL where there is
 * none: a bound is no key, or @before does not sort before @after. @salt: any text that differs
 * between two who might do the same, such as an id; NULL for none. (transfer full) */
char *iw_order_between (const char *before, const char *after, const char *salt);
/* The keys to write so that the thing at @from comes to stand at @to. @orders: the keys as the
 * things stand now, in that order. A NULL in the result leaves that one alone. Only the one that
 * moves is written, unless its new neighbours have no key between them (both new, or equal): then
 * all are given new ones. (array length=n) (transfer full): free with iw_order_keys_free() */
char **iw_order_move (const char *const *orders, guint n, guint from, guint to, const char *salt);
void iw_order_keys_free (char **keys, guint n);

G_END_DECLS
