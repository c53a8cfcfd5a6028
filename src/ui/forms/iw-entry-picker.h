/* iw-entry-picker.h: what a decision may cite: the incident's evidence and entries. Main thread. */
#pragma once

#include "iw-picker-page.h"
#include "iw-situation.h"

G_BEGIN_DECLS

/* Evidence first, then entries, the newest first, each with its time in @zone, its kind and its text.
 * @entries: all of the incident (element-type IwEntry); NULL: those that the situation has, which are
 * decisions, key events and what is cited. @chosen: ids. (transfer floating) */
AdwNavigationPage *iw_entry_picker_new_with_entries (IwSituation *situation,
                                                     GPtrArray *entries,
                                                     GTimeZone *zone,
                                                     const char *const *chosen);
/* "3 Nov 2026 03:04, Observation"; for evidence its size and origin. (transfer full) */
char *iw_entry_picker_describe (IwSituation *situation,
                                GPtrArray *entries,
                                GTimeZone *zone,
                                const char *docid);
/* The first line of what it says, or its name; no marks of Markdown at its beginning. (transfer
 * full) */
char *iw_entry_picker_title (IwSituation *situation, GPtrArray *entries, const char *docid);

G_END_DECLS
