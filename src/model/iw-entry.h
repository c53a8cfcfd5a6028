/* iw-entry.h: one entry on an incident's timeline (process.md E1).
 *
 * An IwEntry wraps the JSON document and gives typed access to it. Fields this version does not
 * know stay in the document untouched (architecture.md "Documents"). Not thread-safe; values may be
 * handed from one thread to another.
 *
 * Document fields: type "entry", v 1, incident, kind, occurred_at, occurred_end, occurred_zone,
 * discovered_at, recorded_at, actor, team, source, confidence, text, key, from, to, why (decision
 * entries, see iw-incident.h), links [{"evidence": docid, "row": n} | {"document": docid}], tags [string],
 * created_at, created_by, modified_at, modified_by.
 */
#pragma once

#include <json-glib/json-glib.h>

#include "iw-time.h"

G_BEGIN_DECLS

#define IW_TYPE_ENTRY (iw_entry_get_type ())
G_DECLARE_FINAL_TYPE (IwEntry, iw_entry, IW, ENTRY, GObject)

/* What an entry is. People choose among the first five; the decision kinds are written by forms and
 * are never edited (architecture.md, idea 1). The text form in documents is the nick in lower case
 * ("observation", "severity", ...). */
typedef enum
{
  IW_ENTRY_OBSERVATION,
  IW_ENTRY_ACTION,
  IW_ENTRY_COMMUNICATION,
  IW_ENTRY_DECISION,
  IW_ENTRY_NOTE,
  /* decisions with a meaning to the fold */
  IW_ENTRY_STAGE,
  IW_ENTRY_CLASSIFICATION,
  IW_ENTRY_SEVERITY,
  IW_ENTRY_PRIORITY,
  IW_ENTRY_DETECTION,       /* process.md D1, D2 */
  IW_ENTRY_ASSESSMENT,      /* D3 */
  IW_ENTRY_IMPACT,          /* C4, C5 */
  IW_ENTRY_CONTAINMENT,     /* P3: in parallel with Diagnose */
  IW_ENTRY_ROLE,            /* R3 */
  IW_ENTRY_ACTIVITY,        /* R2 */
  IW_ENTRY_ESCALATION,      /* R4 */
  IW_ENTRY_ACKNOWLEDGEMENT, /* R4 */
  IW_ENTRY_LIAISON,         /* R6 */
  IW_ENTRY_CLOCK,           /* N1 */
  IW_ENTRY_CLOCK_END,       /* N1 */
  IW_ENTRY_NOTICE,          /* N2, N3: the state of a notice */
  IW_ENTRY_SCOPE,           /* E5 */
  IW_ENTRY_CUSTODY,         /* E2 */
  IW_ENTRY_MARKING,         /* E3 */
  IW_ENTRY_APPROVAL,        /* E3 */
  IW_ENTRY_RELEASE,         /* E3: evidence left the workspace */
  IW_ENTRY_SWEEP,           /* D4 */
  IW_ENTRY_TASK,            /* S1: the state of a task */
  IW_ENTRY_WITHDRAWAL,      /* of an earlier decision: what undo writes */
  IW_ENTRY_UNKNOWN, /* written by a newer version: shown, kept, not editable */
  IW_N_ENTRY_KINDS
} IwEntryKind;

/* How sure the author is; "unset" is shown as nothing. */
typedef enum
{
  IW_CONFIDENCE_UNSET,
  IW_CONFIDENCE_LOW,
  IW_CONFIDENCE_MEDIUM,
  IW_CONFIDENCE_HIGH,
  IW_CONFIDENCE_CONFIRMED,
  IW_N_CONFIDENCES
} IwConfidence;

/* A link from an entry to a row of an evidence file (@row >= 1, counted in records) or, with
 * @row 0, to a document. */
typedef struct
{
  char *docid;
  gint64 row;
} IwEntryLink;

const char *iw_entry_kind_to_string (IwEntryKind kind);      /* static: "observation" */
IwEntryKind iw_entry_kind_from_string (const char *text);    /* UNKNOWN where it is not known */
const char *iw_entry_kind_label (IwEntryKind kind);          /* translated: "Observation"; static */
/* Written once: no edit, no bulk edit. TRUE also for UNKNOWN. */
gboolean iw_entry_kind_is_decision (IwEntryKind kind);
const char *iw_confidence_to_string (IwConfidence confidence); /* "high", "" for unset; static */
IwConfidence iw_confidence_from_string (const char *text); /* UNSET where it is not known */
const char *iw_confidence_label (IwConfidence confidence);   /* translated; "" for unset */

/* A new entry with no id: kind, incident (a UUID) and text. (transfer full) */
IwEntry *iw_entry_new (const char *incident, IwEntryKind kind, const char *text);

/* Wraps a document. @docid may be NULL; @body is deep-copied. NULL with IW_MODEL_ERROR_INVALID where
 * a field has the wrong type, is longer than any honest value (text: 1 MiB, others 64 KiB), or a
 * required one (incident, a UUID, and kind) is missing. A field that is null counts as absent.
 * (transfer full) */
IwEntry *iw_entry_new_from_json (const char *docid, JsonObject *body, GError **error);

/* The document, for the store. (transfer full) */
JsonObject *iw_entry_to_json (IwEntry *self);

IwEntry *iw_entry_copy (IwEntry *self); /* (transfer full) */

const char *iw_entry_get_id (IwEntry *self);       /* NULL before it is stored */
void iw_entry_set_id (IwEntry *self, const char *docid); /* NULL: not stored yet */
/* The revision that it was read at, "N-hash"; NULL where it was not read from a store. Copies have it too. */
const char *iw_entry_get_rev (IwEntry *self);
void iw_entry_set_rev (IwEntry *self, const char *rev);
const char *iw_entry_get_incident (IwEntry *self); /* a UUID */
IwEntryKind iw_entry_get_kind (IwEntry *self); /* UNKNOWN where a newer version made it */
void iw_entry_set_kind (IwEntry *self, IwEntryKind kind); /* any but UNKNOWN */
const char *iw_entry_get_text (IwEntry *self);     /* Markdown; "" if none */
void iw_entry_set_text (IwEntry *self, const char *text);
/* Times: unset where the field is absent. Setting an unset one removes it. */
IwTime iw_entry_get_occurred (IwEntry *self);
void iw_entry_set_occurred (IwEntry *self, IwTime time);
IwTime iw_entry_get_occurred_end (IwEntry *self);  /* unset where it is no range */
void iw_entry_set_occurred_end (IwEntry *self, IwTime time);
IwTime iw_entry_get_discovered (IwEntry *self);
void iw_entry_set_discovered (IwEntry *self, IwTime time);
IwTime iw_entry_get_recorded (IwEntry *self);
void iw_entry_set_recorded (IwEntry *self, IwTime time);
/* The instant the timeline orders by: occurred, else discovered, else recorded; 0 if none is set. */
gint64 iw_entry_get_sort_time (IwEntry *self);
/* How exact that one is; UNKNOWN if none is set. */
IwPrecision iw_entry_get_sort_precision (IwEntry *self);
/* Text fields: never NULL, "" if absent; setting NULL or "" removes the field. Text that is no UTF-8
 * is made so. Strings that a getter gives live until the next change of the entry. */
const char *iw_entry_get_zone (IwEntry *self);     /* the source's zone, an IANA name or offset */
void iw_entry_set_zone (IwEntry *self, const char *zone);
const char *iw_entry_get_actor (IwEntry *self);
void iw_entry_set_actor (IwEntry *self, const char *actor);
const char *iw_entry_get_team (IwEntry *self);
void iw_entry_set_team (IwEntry *self, const char *team);
const char *iw_entry_get_source (IwEntry *self);
void iw_entry_set_source (IwEntry *self, const char *source);
IwConfidence iw_entry_get_confidence (IwEntry *self);
void iw_entry_set_confidence (IwEntry *self, IwConfidence confidence);
gboolean iw_entry_get_key (IwEntry *self);         /* the key-event flag */
void iw_entry_set_key (IwEntry *self, gboolean key);
/* (element-type IwEntryLink) (transfer none); never NULL. Links of a form that only a newer version
 * knows stay in the document and are not among them. */
GArray *iw_entry_get_links (IwEntry *self);
/* @row: 0 links the document itself. @index: in what iw_entry_get_links() gives, until the next change. */
void iw_entry_add_link (IwEntry *self, const char *docid, gint64 row);
void iw_entry_remove_link (IwEntry *self, guint index);
const char *const *iw_entry_get_tags (IwEntry *self); /* NULL-terminated, never NULL */
void iw_entry_set_tags (IwEntry *self, const char *const *tags);
/* A string or number field of the document that no function above covers (a decision's "to" and
 * "from", a foreign field). NULL if absent or of another type. Setting NULL or "" removes it. */
const char *iw_entry_get_field (IwEntry *self, const char *name);
void iw_entry_set_field (IwEntry *self, const char *name, const char *value);

/* The same for a member that is a list of strings; (transfer full), never NULL. Setting an empty one
 * removes it. */
char **iw_entry_get_list (IwEntry *self, const char *name);
void iw_entry_set_list (IwEntry *self, const char *name, const char *const *values);

/* Whether both say the same: all fields but id, revision, recorded, created and modified. Times are
 * compared as times, and an empty field is as good as none. What "imports again as the same" means. */
gboolean iw_entry_equal_content (IwEntry *a, IwEntry *b);

G_END_DECLS
