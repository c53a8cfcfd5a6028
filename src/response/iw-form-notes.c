/* What to know before the button is pressed. */
#include "iw-form-private.h"

#include "iw-duration.h"
#include "iw-notice-check.h"
#include "iw-quick-entry.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MINUTE (60 * IW_USEC_PER_SEC)

typedef struct
{
  GStrvBuilder *all;
  GTimeZone *zone; /* that times are said in */
} Notes;

static char *
words_of_instant (Notes *notes, gint64 us)
{
  return iw_time_format_with_zone ((IwTime){ us, IW_PRECISION_MINUTE }, notes->zone);
}

/* ---- times ---- */

static void
note_time (IwForm *self, const IwFormField *field, gint64 now, Notes *notes)
{
  IwTime time = iw_form_read_time (self, iw_form_get (self, field->name), now, NULL);
  g_autofree char *words = NULL;

  if (!iw_time_is_set (time))
    return;
  words = iw_time_format_with_zone (time, notes->zone);
  /* Translators: the label of a field (%1$s) and the time that was understood (%2$s). */
  g_strv_builder_take (notes->all, g_strdup_printf (C_ ("field and time", "%1$s: %2$s."),
                                                    iw_form_field_label (field), words));
  if (strcmp (field->name, "occurred_at") == 0 && time.us > now + MINUTE)
    g_strv_builder_add (notes->all, _ ("This time is in the future."));
}

static void
note_times (IwForm *self, gint64 now, Notes *notes)
{
  g_autoptr (GPtrArray) fields = iw_form_get_fields (self);

  for (guint i = 0; i < fields->len; i++)
    {
      const IwFormField *field = fields->pdata[i];

      if (field->input == IW_INPUT_TIME)
        note_time (self, field, now, notes);
    }
}

/* ---- what follows ---- */

/* Another person may be named than the one who holds the role; that should not be by mistake. */
static void
note_role (IwForm *self, const char *field, const char *role, Notes *notes)
{
  const char *holder = iw_situation_get_role (self->situation, role);
  const char *named = iw_form_get (self, field);
  const IwFormField *known = iw_form_kind_field (iw_form_kind_find ("role"), "role");

  if (*holder == '\0' || *named == '\0' || iw_form_same_name (holder, named))
    return;
  /* Translators: a person (%1$s) and the role (%2$s) that this person holds. */
  g_strv_builder_take (notes->all, g_strdup_printf (_ ("%1$s is %2$s of this incident."), holder,
                                                    iw_form_field_choice_label (known, role)));
}

static const IwClock *
running_notice_clock (IwForm *self)
{
  GPtrArray *clocks = iw_situation_get_clocks (self->situation);

  for (guint i = 0; i < clocks->len; i++)
    {
      const IwClock *clock = clocks->pdata[i];

      if (clock->kind == IW_CLOCK_CUSTOMER_NOTICE && clock->state == IW_CLOCK_RUNNING)
        return clock;
    }
  return NULL;
}

static void
note_declaration (IwForm *self, const IwFormValues *values, Notes *notes)
{
  const IwClock *running = running_notice_clock (self);
  gint64 due = values->occurred.us + IW_CUSTOMER_NOTICE_HOURS * 60 * MINUTE;
  g_autofree char *words = words_of_instant (notes, running != NULL ? running->due : due);

  if (running != NULL)
    /* Translators: %s is a time. */
    g_strv_builder_take (notes->all,
                         g_strdup_printf (_ ("The customer notice clock runs already and starts no "
                                             "second time: due %s."),
                                          words));
  else
    /* Translators: a number of hours (%1$d) and a time (%2$s). */
    g_strv_builder_take (
        notes->all, g_strdup_printf (_ ("Starts the %1$d-hour customer notice clock: due %2$s."),
                                     IW_CUSTOMER_NOTICE_HOURS, words));
  note_role (self, "declared_by", "incident-manager", notes);
}

static void
note_classification (IwForm *self, const IwFormValues *values, Notes *notes)
{
  if (*iw_form_get (self, "to") == '\0')
    return;
  if (running_notice_clock (self) != NULL)
    g_strv_builder_add (notes->all,
                        _ ("Stops the customer notice clock. What was declared stays on the "
                           "record."));
  if (strcmp (iw_form_get (self, "to"), "false-positive") == 0)
    g_strv_builder_add (notes->all, _ ("Also adds the follow-up as a task."));
}

static void
note_impact (IwForm *self, const IwFormValues *values, Notes *notes)
{
  g_autoptr (IwProposal) proposal = iw_form_propose (self);

  if (proposal == NULL)
    return;
  /* Translators: a severity (%1$s), a priority (%2$s), the rule that proposes them (%3$s). */
  g_strv_builder_take (notes->all,
                       g_strdup_printf (_ ("Proposed: %1$s severity, %2$s. %3$s."),
                                        iw_severity_label (proposal->severity),
                                        iw_priority_label (proposal->priority), proposal->why));
  if (iw_impact_risk_is_urgent (iw_form_get (self, "risk")))
    g_strv_builder_add (notes->all,
                        _ ("Customer data is at risk: the incident is worked around the "
                           "clock."));
}

static void
note_escalation (IwForm *self, const IwFormValues *values, Notes *notes)
{
  g_autofree char *words = NULL;
  gint64 minutes;

  if (!iw_duration_parse (iw_form_get (self, "due"), &minutes))
    return;
  words = words_of_instant (notes, values->occurred.us + minutes * MINUTE);
  /* Translators: %s is a time. */
  g_strv_builder_take (notes->all, g_strdup_printf (_ ("An answer is due %s."), words));
}

static void
note_clock (IwForm *self, const IwFormValues *values, Notes *notes)
{
  g_autofree char *words = NULL;
  gint64 minutes;
  IwTime start;

  if (!iw_duration_parse (iw_form_get (self, "duration"), &minutes) ||
      !iw_time_parse_rfc3339 (iw_form_values_get ((gpointer)values, "start"), NULL, &start))
    return;
  words = words_of_instant (notes, start.us + minutes * MINUTE);
  /* Translators: %s is a time. */
  g_strv_builder_take (notes->all, g_strdup_printf (_ ("The clock is due %s."), words));
}

static void
note_stage (IwForm *self, const IwFormValues *values, Notes *notes)
{
  const IwIncidentState *state = iw_situation_get_state (self->situation);
  GPtrArray *clocks = iw_situation_get_clocks (self->situation);

  if (strcmp (iw_form_get (self, "to"), "closed") != 0)
    {
      if (state->stage == IW_STAGE_CLOSED)
        g_strv_builder_add (notes->all, _ ("Opens the incident again."));
      return;
    }
  for (guint i = 0; i < clocks->len; i++)
    {
      const IwClock *clock = clocks->pdata[i];

      if (clock->state == IW_CLOCK_RUNNING && strcmp (clock->ends_on, "closed") == 0)
        /* Translators: %s is the name of a clock. */
        g_strv_builder_take (notes->all, g_strdup_printf (_ ("Ends the clock “%s”."), clock->name));
    }
}

/* Who writes a text is not the one to approve it; in a small team at night it may have to be. */
static void
note_approver (IwForm *self, const IwFormValues *values, Notes *notes)
{
  IwDocument *notice = iw_situation_find (self->situation, iw_form_get (self, "subject"));
  const char *author = notice != NULL ? iw_document_get_text (notice, "modified_by") : "";

  if (*author != '\0' && iw_form_same_name (author, iw_form_get (self, "actor")))
    g_strv_builder_add (notes->all,
                        _ ("You wrote this text. It is better if somebody else approves "
                           "it."));
}

/* What the law's list asks for and the text does not say: who signs should not find out afterwards.
 */
static void
note_missing (IwForm *self, Notes *notes)
{
  IwDocument *notice = iw_situation_find (self->situation, iw_form_get (self, "subject"));
  g_autoptr (GPtrArray) items =
      notice != NULL ? iw_notice_check (iw_document_get_body (notice), self->situation) : NULL;
  g_autoptr (GStrvBuilder) missing = g_strv_builder_new ();
  g_auto (GStrv) labels = NULL;
  g_autofree char *list = NULL;

  for (guint i = 0; items != NULL && i < items->len; i++)
    if (((const IwCheckItem *)items->pdata[i])->state == IW_CHECK_MISSING)
      g_strv_builder_add (missing, ((const IwCheckItem *)items->pdata[i])->label);
  labels = g_strv_builder_end (missing);
  if (labels[0] == NULL)
    return;
  /* Translators: what stands between the things that a notice lacks. */
  list = g_strjoinv (C_ ("notice check", "; "), labels);
  /* Translators: %s is a list of what the law wants a notice to say. */
  g_strv_builder_take (notes->all, g_strdup_printf (_ ("The text does not say: %s."), list));
  if (strcmp (iw_document_get_text (notice, "audience"), "regulator") == 0)
    g_strv_builder_add (notes->all,
                        _ ("What is not known yet may follow later, without undue delay "
                           "(GDPR Article 33(4))."));
}

static void
note_notice_state (IwForm *self, const IwFormValues *values, Notes *notes)
{
  const char *to = iw_form_get (self, "to");

  if (strcmp (to, "approved") == 0 || strcmp (to, "sent") == 0)
    note_missing (self, notes);
  if (strcmp (to, "approved") == 0)
    note_approver (self, values, notes);
  else if (strcmp (to, "deferred") == 0)
    {
      if (running_notice_clock (self) != NULL)
        g_strv_builder_add (notes->all, _ ("A deferral does not stop the customer notice clock."));
      note_role (self, "legal", "legal", notes);
      note_role (self, "executive", "executive", notes);
    }
  else if (strcmp (to, "sent") == 0 && running_notice_clock (self) != NULL &&
           strcmp (iw_form_values_get ((gpointer)values, "audience"), "customers") == 0)
    g_strv_builder_add (notes->all, _ ("Meets the customer notice clock."));
}

static void
note_withdrawal (IwForm *self, const IwFormValues *values, Notes *notes)
{
  g_strv_builder_add (notes->all, _ ("The decision stays on the timeline and counts no longer."));
}

typedef struct
{
  const char *kind;
  void (*note) (IwForm *self, const IwFormValues *values, Notes *notes);
} Noter;

static const Noter noters[] = {
  { "stage", note_stage },
  { "classification", note_classification },
  { "declaration", note_declaration },
  { "impact", note_impact },
  { "escalation", note_escalation },
  { "clock", note_clock },
  { "notice-state", note_notice_state },
  { "withdrawal", note_withdrawal },
};

char **
iw_form_get_notes (IwForm *self, gint64 now, GTimeZone *zone)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  g_autoptr (GTimeZone) own = NULL;
  g_autoptr (GPtrArray) problems = iw_problems_new ();
  g_auto (IwFormValues) values = { 0 };
  Notes notes;

  g_return_val_if_fail (self != NULL, NULL);

  own = iw_form_get_zone (self);
  notes = (Notes){ all, zone != NULL ? zone : own };
  iw_form_values_init (&values, self, now, problems);
  for (guint i = 0; self->situation != NULL && i < G_N_ELEMENTS (noters); i++)
    if (strcmp (noters[i].kind, self->kind->name) == 0)
      noters[i].note (self, &values, &notes);
  note_times (self, now, &notes);
  return g_strv_builder_end (all);
}
