/* iw-evidence.h: a file kept as evidence (process.md E2); in particular a machine timeline.
 *
 * The file is stored once by its SHA-256. A machine timeline's document also says how its rows are
 * read, so that every copy of the workspace can rebuild the same index from the file.
 *
 * Document: type "evidence", v 1, incident, name, sha256, length, media_type, collected_at,
 * collected_by, origin, timeline {format, mapping, zone, encoding, rows, rejected, duplicates,
 * first, last}, skew_us.
 */
#pragma once

#include <json-glib/json-glib.h>

#include "iw-time.h"

G_BEGIN_DECLS

#define IW_TYPE_EVIDENCE (iw_evidence_get_type ())
G_DECLARE_FINAL_TYPE (IwEvidence, iw_evidence, IW, EVIDENCE, GObject)

/* A new document with no id. @sha256: 64 lower-case hex digits. (transfer full) */
IwEvidence *iw_evidence_new (const char *incident, const char *name, const char *sha256, gint64 length);
/* As iw_entry_new_from_json(): @body is deep-copied; NULL with IW_MODEL_ERROR_INVALID where a field is
 * missing or wrong. incident, name, sha256 and length must be there. (transfer full) */
IwEvidence *iw_evidence_new_from_json (const char *docid, JsonObject *body, GError **error);
JsonObject *iw_evidence_to_json (IwEvidence *self);          /* (transfer full) */
const char *iw_evidence_get_id (IwEvidence *self);
void iw_evidence_set_id (IwEvidence *self, const char *docid);
const char *iw_evidence_get_incident (IwEvidence *self);
const char *iw_evidence_get_name (IwEvidence *self);         /* the file's name, shown as the source */
void iw_evidence_set_name (IwEvidence *self, const char *name);
const char *iw_evidence_get_sha256 (IwEvidence *self);       /* 64 lower-case hex digits */
gint64 iw_evidence_get_length (IwEvidence *self);            /* bytes */
gboolean iw_evidence_is_timeline (IwEvidence *self);
/* The "timeline" object: how rows are read. (transfer none), NULL where it is no timeline. */
JsonObject *iw_evidence_get_timeline (IwEvidence *self);
/* Copies @timeline; NULL makes it a plain file. */
void iw_evidence_set_timeline (IwEvidence *self, JsonObject *timeline);
/* Text members: never NULL, "" if absent; setting NULL or "" removes them. */
const char *iw_evidence_get_media_type (IwEvidence *self);   /* "image/png" */
void iw_evidence_set_media_type (IwEvidence *self, const char *media_type);
const char *iw_evidence_get_collected_by (IwEvidence *self); /* a person's name */
void iw_evidence_set_collected_by (IwEvidence *self, const char *person);
const char *iw_evidence_get_origin (IwEvidence *self);       /* where it is from */
void iw_evidence_set_origin (IwEvidence *self, const char *origin);
/* When it was collected; unset where nobody wrote it down. */
IwTime iw_evidence_get_collected_at (IwEvidence *self);
void iw_evidence_set_collected_at (IwEvidence *self, IwTime time);
/* Clock skew: added to each time of this source when shown and ordered; the file and the index keep
 * what the source wrote. µs, at most a century either way: more is cut to that. */
gint64 iw_evidence_get_skew (IwEvidence *self);
void iw_evidence_set_skew (IwEvidence *self, gint64 skew_us);

G_END_DECLS
