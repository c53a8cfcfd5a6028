/* iw-entry-form.h: the entry dialog's logic without a widget: what the entry was, what is typed
 * now, how times were understood, what is wrong.
 *
 * An immutable, counted value: setters return another one. Every field is text, as it is typed:
 * "observation", "2026-11-02 14:05", "10 min ago", "true", "tag one, tag two". Any one thread.
 */
#pragma once

#include "iw-entry.h"

G_BEGIN_DECLS

typedef enum
{
  IW_FIELD_KIND,     /* iw_entry_kind_to_string() */
  IW_FIELD_TEXT,     /* Markdown */
  IW_FIELD_OCCURRED, /* times: as the quick-add line reads them, or RFC 3339 and its truncations */
  IW_FIELD_END,
  IW_FIELD_DISCOVERED,
  IW_FIELD_ZONE, /* IANA name or offset: what times typed without a zone are in */
  IW_FIELD_ACTOR,
  IW_FIELD_TEAM,
  IW_FIELD_SOURCE,
  IW_FIELD_CONFIDENCE, /* iw_confidence_to_string() */
  IW_FIELD_KEY,        /* "true" or "" */
  IW_FIELD_TAGS,       /* separated by commas */
  IW_FIELD_LINKS,      /* a line for each: row, space, document id */
  IW_N_FIELDS
} IwEntryField;

typedef struct _IwEntryForm IwEntryForm;

/* @entry: the one to edit; copied. @zone: what times are shown and read in where the entry has no
 * zone of its own. @now: µs, what "10 min ago" counts from. (transfer full) */
IwEntryForm *iw_entry_form_new (IwEntry *entry, GTimeZone *zone, gint64 now);
/* Several at once: (element-type IwEntry), none of them a decision. Fields that differ begin empty
 * and are written only once they are changed. (transfer full) */
IwEntryForm *iw_entry_form_new_bulk (GPtrArray *entries, GTimeZone *zone, gint64 now);
IwEntryForm *iw_entry_form_ref (IwEntryForm *self);
void iw_entry_form_unref (IwEntryForm *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwEntryForm, iw_entry_form_unref)

/* @self with @field as @text (NULL is ""). Setting the zone writes times that were not typed over
 * anew in it, the instants being the same. (transfer full) */
IwEntryForm *iw_entry_form_set (IwEntryForm *self, IwEntryField field, const char *text);
/* @self with the link at @index taken away. (transfer full) */
IwEntryForm *iw_entry_form_remove_link (IwEntryForm *self, guint index);

const char *iw_entry_form_get (IwEntryForm *self, IwEntryField field); /* never NULL */
/* (element-type IwEntryLink) (transfer full) */
GArray *iw_entry_form_get_links (IwEntryForm *self);
gboolean iw_entry_form_is_bulk (IwEntryForm *self);
/* Whether the entries of a bulk edit differ in @field, and it has not been changed. */
gboolean iw_entry_form_is_mixed (IwEntryForm *self, IwEntryField field);
gboolean iw_entry_form_is_field_changed (IwEntryForm *self, IwEntryField field);
gboolean iw_entry_form_is_changed (IwEntryForm *self);

/* What is wrong with @field, as a sentence that says what to do; NULL if nothing. (transfer none)
 */
const char *iw_entry_form_get_problem (IwEntryForm *self, IwEntryField field);
/* How a time was understood, or what is odd about it without being wrong; NULL for fields and times
 * that need no explanation. (transfer none) */
const char *iw_entry_form_get_hint (IwEntryForm *self, IwEntryField field);
/* Whether it can be saved: no problem in any field. */
gboolean iw_entry_form_is_valid (IwEntryForm *self);
/* The time a field was understood as; unset where it is empty or not understood. */
IwTime iw_entry_form_get_time (IwEntryForm *self, IwEntryField field);

/* @entry with the changed fields written into it: @self's own entry, or one of a bulk edit. For a
 * new entry (no id) all fields are written. (transfer full) */
IwEntry *iw_entry_form_apply (IwEntryForm *self, IwEntry *entry);

/* The changed fields as text that outlives the program, and back; a draft that is damaged or says
 * nothing gives @self again. (transfer full) */
char *iw_entry_form_to_draft (IwEntryForm *self, const char *rev);
/* The revision that a draft was typed on; NULL where it does not say. (transfer full) */
char *iw_entry_form_get_draft_rev (const char *draft);
IwEntryForm *iw_entry_form_restore_draft (IwEntryForm *self, const char *draft);

G_END_DECLS
