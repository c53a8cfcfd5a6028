/* iw-sync-words.h: sync in words: errors, documents, fingerprints. Pure; any thread. */
#pragma once

#include "iw-peer.h"
#include "iw-sync-status.h"

G_BEGIN_DECLS

/* An error of the server or the store as a sentence for the user. (transfer full) */
char *iw_sync_words_error (const GError *error);

/* What a document is: "Decision: Severity", "Task"; @body may be NULL. (transfer full) */
char *iw_sync_words_kind (const char *docid, JsonObject *body);
/* What it is called, in one line; "" where it has no name. @body may be NULL. (transfer full) */
char *iw_sync_words_title (JsonObject *body);
/* Written once: it cannot be edited. */
gboolean iw_sync_words_is_decision (JsonObject *body);
/* Why it is parked, a sentence. (transfer full) */
char *iw_sync_words_reason (const IwParked *parked);
/* "Hana Levi, 3 Nov 2026 03:04:11": who wrote this version, and when; "" if that is not known. (transfer full) */
char *iw_sync_words_written (JsonObject *body, GTimeZone *zone);
/* The body without members that start with "_", as text that people can read. (transfer full) */
char *iw_sync_words_json (JsonObject *body);

/* A SHA-256 (64 hex digits) in groups that can be compared by eye, or over the telephone, four lines.
 * (transfer full) */
char *iw_sync_words_fingerprint (const char *hash);

/* A symbolic icon for how sync stands; static. */
const char *iw_sync_words_icon (const IwSyncStatus *status);
/* What needs the user: "2 documents were refused", one a line; "" if nothing does. (transfer full) */
char *iw_sync_words_attention (const IwSyncStatus *status);

G_END_DECLS
