/* iw-words.h: parts of sentences about decisions, that pages, hand-over texts and messages share.
 *
 * In the user's language. Pure functions; any one thread.
 */
#pragma once

#include "iw-situation.h"

G_BEGIN_DECLS

/* A time to the minute, in @zone (NULL: UTC): "3 Nov 2026 03:06"; the zone is said once, elsewhere.
 * "" for 0. (transfer full) */
char *iw_words_time (gint64 us, GTimeZone *zone);
/* Who decided: the actor, else who wrote it; "" if it does not say. (transfer none) */
const char *iw_words_who (IwEntry *entry);
/* "3 Nov 2026 03:06, A. Sato". (transfer full) */
char *iw_words_when_who (IwEntry *entry, GTimeZone *zone);
/* What a choice of a form is called: ("detection", "to", "exercise") is "Exercise". The value
 * itself where there is no such choice, "" for NULL. (transfer none) */
const char *iw_words_choice (const char *form, const char *field, const char *value);
/* The same of the field of an entry. */
const char *iw_words_entry_choice (IwEntry *entry, const char *form, const char *field);
/* Several of them, of a field that is a set: "End Users, Employees". (transfer full) */
char *iw_words_entry_set (IwEntry *entry, const char *form, const char *field);
/* A field of an entry as text, "" if it is absent; entry may be NULL. (transfer none) */
const char *iw_words_field (IwEntry *entry, const char *field);
/* What a document is called, for a field that names some. (transfer full) */
typedef char *(*IwNameFunc) (const char *docid, gpointer data);
/* What a field of a decision holds, for people: choices by their labels, times in @zone, spans in
 * words, documents by @name, lists a line each; "" where it is empty. (transfer full) */
char *iw_words_value (IwEntry *entry,
                      const IwFormField *field,
                      GTimeZone *zone,
                      IwNameFunc name,
                      gpointer data);
/* The first line of what an entry says, without marks of Markdown. (transfer full) */
char *iw_words_first_line (IwEntry *entry);
/* "3 confirmed, 2 suspected" of a kind of what is affected; "" where there are none. (transfer
 * full) */
char *iw_words_scope (IwSituation *situation, IwScopeKind kind);
/* When the stage in force began, µs; 0 without decisions. */
gint64 iw_words_stage_since (const IwIncidentState *state);

G_END_DECLS
