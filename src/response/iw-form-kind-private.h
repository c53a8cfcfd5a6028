/* iw-form-kind-private.h: what the tables of form kinds and their checks share. */
#pragma once

#include "iw-form-kind.h"

G_BEGIN_DECLS

#define IW_REQUIRED IW_FORM_FIELD_REQUIRED
#define IW_HIDDEN IW_FORM_FIELD_HIDDEN
#define IW_AHEAD IW_FORM_FIELD_AHEAD

/* The tables, each in the file of its topic. */
extern const IwFormKind iw_kind_stage, iw_kind_containment;
extern const IwFormKind iw_kind_detection, iw_kind_assessment;
extern const IwFormKind iw_kind_classification, iw_kind_declaration;
extern const IwFormKind iw_kind_impact, iw_kind_severity, iw_kind_priority;
extern const IwFormKind iw_kind_role, iw_kind_activity;
extern const IwFormKind iw_kind_escalation, iw_kind_acknowledgement, iw_kind_liaison;
extern const IwFormKind iw_kind_clock, iw_kind_clock_end;
extern const IwFormKind iw_kind_notice_state, iw_kind_notice;
extern const IwFormKind iw_kind_scope_state, iw_kind_scope_item;
extern const IwFormKind iw_kind_custody, iw_kind_marking, iw_kind_approval, iw_kind_release;
extern const IwFormKind iw_kind_indicator, iw_kind_asset, iw_kind_sweep;
extern const IwFormKind iw_kind_task, iw_kind_task_state;
extern const IwFormKind iw_kind_team, iw_kind_person;
extern const IwFormKind iw_kind_withdrawal;

/* The activities of iw-board.h as choices; filled before anyone can see the table. */
void iw_kind_activity_fill_choices (void);

/* ---- problems (iw-problem.c) ---- */

/* @place: static. @message: (transfer full) */
void iw_problems_add_at (GPtrArray *problems, const char *field, const char *place, char *message);
/* "Reason is missing.", with the field's label. */
void iw_problems_add_missing (GPtrArray *problems, const IwFormKind *kind, const char *field);
gboolean iw_problems_have_field (GPtrArray *problems, const char *field);

/* ---- checks (iw-form-check.c) ---- */

/* Each field that is asked for, then the rules of the kind. @get gives values as the document has them. */
void iw_form_kind_check (const IwFormKind *kind, IwFieldGetter get, gpointer source,
                         GPtrArray *problems);

/* ---- values ---- */

/* Whether a value says anything beyond white space. */
gboolean iw_form_value_is_empty (const char *value);
/* Whether @value is one of "a|b|c". */
gboolean iw_form_value_is_among (const char *value, const char *values);
/* The lines that say something, each without white space around it. (transfer full) */
char **iw_form_value_lines (const char *value);
/* "docid" or "docid row"; FALSE where it is neither. @docid: (out) (transfer full); @row: 0 where the line
 * names none. */
gboolean iw_form_value_parse_link (const char *line, char **docid, gint64 *row);

/* The value of a hidden choice that has but one; NULL for all other fields. */
const char *iw_form_field_get_constant (const IwFormField *field);
/* Writes a value, given as documents have it (lists a line each), into an entry. */
void iw_decision_set_field (IwEntry *entry, const IwFormField *field, const char *value);

/* ---- documents and entries as sources of fields (iw-field-source.c) ---- */

typedef struct
{
  IwEntry *entry;    /* either (not owned) */
  JsonObject *body;  /* or (not owned) */
  const IwFormKind *kind;
  GHashTable *lists; /* the lists as text, by field */
} IwFieldSource;

/* @entry or @body: kept alive by the caller; the other is NULL. */
void iw_field_source_init (IwFieldSource *source, const IwFormKind *kind, IwEntry *entry,
                           JsonObject *body);
void iw_field_source_clear (IwFieldSource *source);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (IwFieldSource, iw_field_source_clear)
/* An IwFieldGetter. */
const char *iw_field_source_get (gpointer source, const char *field);

G_END_DECLS
