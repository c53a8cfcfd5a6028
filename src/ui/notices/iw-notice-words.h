/* iw-notice-words.h: what the pages say of notices. Pure; any one thread. */
#pragma once

#include "iw-notice-check.h"

G_BEGIN_DECLS

/* Static names of symbolic icons; always beside words. */
const char *iw_notice_status_icon (IwNoticeStatus status);
const char *iw_check_state_icon (IwCheckState state);

/* What brings a notice there, and what that means; static. */
const char *iw_notice_step_title (IwNoticeStatus to);   /* "Ask for Review…" */
const char *iw_notice_step_meaning (IwNoticeStatus to); /* a sentence */
/* The step that usually comes next; -1 where there is none. */
int iw_notice_usual_step (IwNoticeStatus from);

/* Who is meant by an audience, a sentence; static. */
const char *iw_audience_meaning (IwAudience audience);
/* "Notice to Customers (Deutsch)". (transfer full) */
char *iw_notice_suggest_title (IwAudience audience, const char *language);
/* "Customers · Deutsch · 3 recipients", "Regulator · English · Data Protection Commission": who is
 * to get it, or of one that was sent, who got it. (transfer full) */
char *iw_notice_summary (JsonObject *notice, const IwNoticeState *state, IwSituation *situation);
/* Approved, and the text is still the one that was. */
gboolean iw_notice_is_cleared (const IwNoticeState *state, JsonObject *notice);
/* Approved, and the text is another one since. */
gboolean iw_notice_is_stale (const IwNoticeState *state, JsonObject *notice);
/* "In Review", "Approved, changed since". (transfer full) */
char *iw_notice_state_words (const IwNoticeState *state, JsonObject *notice);
/* How a recipient is reached: "K. Berg, k.berg@contoso.example"; "" if there is no way. (transfer
 * full) */
char *iw_notice_contact_words (const IwScopeItem *item);
/* The customers that a notice goes to: its recipients as far as they are affected.
 * (element-type IwScopeItem) (transfer container) */
GPtrArray *iw_notice_recipients (JsonObject *notice, IwSituation *situation);
/* What the languages of affected customers ask for: "Customers read: English 3, Deutsch 1"; NULL
 * where nothing is known of them. (transfer full) */
char *iw_notice_languages_words (IwSituation *situation);

G_END_DECLS
