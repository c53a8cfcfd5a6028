/* iw-form-private.h: what the sources of IwForm share. */
#pragma once

#include "iw-form.h"

#include "iw-form-kind-private.h"

G_BEGIN_DECLS

struct _IwForm
{
  gatomicrefcount refs;
  const IwFormKind *kind;
  IwSituation *situation; /* NULL for what belongs to the workspace */
  IwDocument *document;   /* that is edited; NULL for a new one */
  char *base;             /* the revision of it that what was typed began from */
  char *author;           /* "" if unknown */
  GHashTable *original;   /* (utf8 utf8) what is not in it is ""; shared, never changed */
  GHashTable *values;     /* the same for the present */
};

/* The zone that times without one are in. (transfer full) */
GTimeZone *iw_form_get_zone (IwForm *self);
/* How the form's TIME field @text is read; unset where it is not understood. @unread: (out) (optional)
 * (transfer full): why. */
IwTime iw_form_read_time (IwForm *self, const char *text, gint64 now, char **unread);
/* As typed by a form: an IwFieldGetter over an IwForm. */
const char *iw_form_getter (gpointer form, const char *field);

/* ---- defaults (iw-form-defaults.c) ---- */

/* What a new form begins with: sets into @values. */
void iw_form_fill_defaults (IwForm *self, const char *subject, GHashTable *values);
/* What is in force of what the form changes: the "from" that belongs to its present values; NULL where the
 * kind has none. Static or owned by the situation, valid while the form is. */
const char *iw_form_get_from (IwForm *self);
/* The severity and priority that the impact in the form makes; NULL while it is not filled in. */
IwProposal *iw_form_propose (IwForm *self);

/* ---- values as documents have them (iw-form-values.c) ---- */

typedef struct
{
  IwForm *form;      /* (not owned) */
  GHashTable *texts; /* what is asked for, and what the program knows */
  IwTime occurred;   /* of a decision */
} IwFormValues;

/* Reads all that is asked for; what is not understood goes to @problems. */
void iw_form_values_init (IwFormValues *values, IwForm *form, gint64 now, GPtrArray *problems);
void iw_form_values_clear (IwFormValues *values);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (IwFormValues, iw_form_values_clear)
/* An IwFieldGetter; also knows IW_DECISION_SUBJECT_NAME. */
const char *iw_form_values_get (gpointer values, const char *field);

/* ---- problems ---- */

/* What only the situation tells (iw-form-rules.c and its neighbours). */
void iw_form_check_references (IwForm *self, IwFormValues *values, GPtrArray *problems);
void iw_form_check_situation (IwForm *self, IwFormValues *values, GPtrArray *problems);
void iw_form_check_notice_state (IwForm *self, IwFormValues *values, GPtrArray *problems);
void iw_form_check_notice (IwForm *self, IwFormValues *values, GPtrArray *problems);

/* Whether two names are of the same person: without regard to case and outer space. */
gboolean iw_form_same_name (const char *a, const char *b);
/* What such names have in common. (transfer full) */
char *iw_form_fold_name (const char *name);

G_END_DECLS
