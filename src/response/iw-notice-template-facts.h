/* iw-notice-template-facts.h: what an incident knows, in the words of a notice's language. Pure;
 * any thread. */
#pragma once

#include "iw-notice-template.h"
#include "iw-situation.h"

G_BEGIN_DECLS

/* Only what is known is in it; lists are Markdown lists or joined by commas, times are in the
 * incident's zone, which is named. (element-type utf8 utf8) (transfer full) */
GHashTable *iw_notice_facts_new (IwSituation *situation, const char *language);
/* As it is kept in a notice document, "facts": what was filled in last. (transfer full) */
JsonObject *iw_notice_facts_to_json (GHashTable *facts);
/* @json may be NULL or anything: what is no text is left out. (transfer full) */
GHashTable *iw_notice_facts_from_json (JsonObject *json);

/* A notice document to begin with: its type, audience, language, subject, body, facts and (to
 * customers) the affected customers as recipients. @title: what the list calls it. (transfer full)
 */
JsonObject *iw_notice_document_new (IwSituation *situation,
                                    IwAudience audience,
                                    const char *language,
                                    const char *title);
/* The same with today's facts where the old ones stand untouched. @n_updated, @n_edited: as in
 * IwNoticeRefill, subject and body together. (transfer full) */
JsonObject *iw_notice_document_refill (JsonObject *notice,
                                       IwSituation *situation,
                                       guint *n_updated,
                                       guint *n_edited);
/* Whether that would change anything: the facts have moved on since the text was written. */
gboolean iw_notice_document_is_behind (JsonObject *notice, IwSituation *situation);

/* Of the document; internal where it says none. */
IwAudience iw_notice_document_audience (JsonObject *notice);

G_END_DECLS
