#include "config.h"

#include "iw-incident-item.h"

#include <glib/gi18n-lib.h>

#include "iw-clock.h"
#include "iw-words.h"

struct _IwIncidentItem
{
  GObject parent_instance;

  IwIncidentRow *row;
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IwIncidentItem, iw_incident_item, G_TYPE_OBJECT)

static void
iw_incident_item_finalize (GObject *object)
{
  iw_incident_row_free (IW_INCIDENT_ITEM (object)->row);
  G_OBJECT_CLASS (iw_incident_item_parent_class)->finalize (object);
}

static void
iw_incident_item_class_init (IwIncidentItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = iw_incident_item_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
iw_incident_item_init (IwIncidentItem *self)
{
}

IwIncidentItem *
iw_incident_item_new (const IwIncidentRow *row)
{
  IwIncidentItem *self = g_object_new (IW_TYPE_INCIDENT_ITEM, NULL);

  self->row = iw_incident_row_copy (row);
  return self;
}

const IwIncidentRow *
iw_incident_item_get_row (IwIncidentItem *self)
{
  return self->row;
}

const char *
iw_incident_item_get_incident (IwIncidentItem *self)
{
  return self->row->incident;
}

static gboolean
rows_equal (const IwIncidentRow *a, const IwIncidentRow *b)
{
  return g_strcmp0 (a->incident, b->incident) == 0 && g_strcmp0 (a->title, b->title) == 0 &&
         a->stage == b->stage && a->severity == b->severity &&
         a->classification == b->classification && a->opened_at == b->opened_at &&
         a->closed_at == b->closed_at && a->modified_at == b->modified_at &&
         a->n_entries == b->n_entries && a->priority == b->priority && a->urgent == b->urgent &&
         a->due_at == b->due_at && a->n_customers == b->n_customers &&
         g_strcmp0 (a->source, b->source) == 0 && g_strcmp0 (a->due_name, b->due_name) == 0;
}

void
iw_incident_item_set_row (IwIncidentItem *self, const IwIncidentRow *row)
{
  if (rows_equal (self->row, row))
    return;
  iw_incident_row_free (self->row);
  self->row = iw_incident_row_copy (row);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
iw_incident_item_tick (IwIncidentItem *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- in words and shapes ---- */

const char *
iw_incident_severity_icon (IwSeverity severity)
{
  switch (severity)
    {
    case IW_SEVERITY_CRITICAL:
      return "iw-severity-critical-symbolic";
    case IW_SEVERITY_HIGH:
      return "iw-severity-high-symbolic";
    case IW_SEVERITY_MEDIUM:
      return "iw-severity-medium-symbolic";
    case IW_SEVERITY_LOW:
      return "iw-severity-low-symbolic";
    case IW_SEVERITY_UNSET:
    default:
      return "iw-severity-unset-symbolic";
    }
}

const char *
iw_incident_severity_class (IwSeverity severity)
{
  switch (severity)
    {
    case IW_SEVERITY_CRITICAL:
    case IW_SEVERITY_HIGH:
      return "error";
    case IW_SEVERITY_MEDIUM:
      return "warning";
    case IW_SEVERITY_LOW:
      return "accent";
    case IW_SEVERITY_UNSET:
    default:
      return "dimmed";
    }
}

const char *
iw_incident_severity_words (IwSeverity severity)
{
  return severity == IW_SEVERITY_UNSET ? _ ("No severity") : iw_severity_label (severity);
}

const char *
iw_incident_classification_words (IwClassification classification)
{
  return classification == IW_CLASSIFICATION_UNSET ? _ ("Not classified")
                                                   : iw_classification_label (classification);
}

/* How long it was or is open, µs; clocks of several computers may disagree. */
static gint64
get_age (const IwIncidentRow *row, gint64 now)
{
  return MAX ((row->closed_at != 0 ? row->closed_at : now) - row->opened_at, 0);
}

/* Seconds are of no use here and tick too fast. */
static gboolean
is_short (gint64 age)
{
  return age < 60 * IW_USEC_PER_SEC;
}

char *
iw_incident_age_words (const IwIncidentRow *row, gint64 now)
{
  gint64 age = get_age (row, now);
  g_autofree char *span = iw_time_format_gap (age);

  if (row->opened_at == 0)
    return g_strdup ("");
  if (is_short (age))
    return g_strdup (row->closed_at != 0 ? _ ("Closed within a minute") : _ ("Opened just now"));
  if (row->closed_at != 0)
    /* Translators: %s is a span of time: "2 d". */
    return g_strdup_printf (_ ("Closed after %s"), span);
  /* Translators: %s is a span of time: "3 h 5 min". */
  return g_strdup_printf (_ ("Open for %s"), span);
}

gboolean
iw_incident_is_overdue (const IwIncidentRow *row, gint64 now)
{
  return row->closed_at == 0 && row->due_at != 0 && row->due_at < now;
}

char *
iw_incident_due_words (const IwIncidentRow *row, gint64 now)
{
  const IwClock clock = { .state = IW_CLOCK_RUNNING, .due = row->due_at };

  if (row->due_at == 0 || row->closed_at != 0)
    return g_strdup ("");
  return iw_clock_words (&clock, now);
}

char *
iw_incident_due_hint (const IwIncidentRow *row, gint64 now)
{
  g_autofree char *words = iw_incident_due_words (row, now);

  if (*words == '\0' || row->due_name == NULL || *row->due_name == '\0')
    return g_steal_pointer (&words);
  /* Translators: the name of a clock, and how it stands: "Customer notice: 41 h left". */
  return g_strdup_printf (C_ ("clock", "%1$s: %2$s"), row->due_name, words);
}

const char *
iw_incident_source_words (const char *source)
{
  return source == NULL || *source == '\0' ? _ ("Source not recorded")
                                           : iw_words_choice ("detection", "to", source);
}

/* Severity, stage and age, where nothing runs. */
static char *
age_row_words (const IwIncidentRow *row, gint64 now)
{
  g_autofree char *age = NULL;

  if (!is_short (get_age (row, now)))
    age = iw_time_format_gap (get_age (row, now));
  else if (row->closed_at == 0)
    /* Translators: the age of an incident that was opened seconds ago. */
    age = g_strdup (C_ ("age", "just now"));

  /* The stage says whether it is closed. */
  if (row->opened_at == 0 || age == NULL)
    /* Translators: severity and stage of an incident: "High · Diagnose". */
    return g_strdup_printf (C_ ("incident", "%s · %s"), iw_incident_severity_words (row->severity),
                            iw_stage_label (row->stage));
  /* Translators: severity, stage and age of an incident: "High · Diagnose · 3 h". */
  return g_strdup_printf (C_ ("incident", "%s · %s · %s"),
                          iw_incident_severity_words (row->severity), iw_stage_label (row->stage),
                          age);
}

char *
iw_incident_row_words (const IwIncidentRow *row, gint64 now)
{
  g_autofree char *due = iw_incident_due_words (row, now);

  if (*due == '\0')
    return age_row_words (row, now);
  /* Translators: severity of an incident, and what is due next: "High · 41 h left". */
  return g_strdup_printf (C_ ("incident", "%1$s · %2$s"),
                          iw_incident_severity_words (row->severity), due);
}

char *
iw_incident_row_spoken (const IwIncidentRow *row, gint64 now)
{
  g_autofree char *words = iw_incident_row_words (row, now);
  g_autofree char *hint = iw_incident_due_hint (row, now);
  GString *spoken = g_string_new (words);

  if (row->urgent)
    /* Translators: between the parts of a row that is read aloud, and one of them. */
    g_string_append_printf (spoken, C_ ("incident", ", %s"), _ ("work around the clock"));
  if (*hint != '\0')
    g_string_append_printf (spoken, C_ ("incident", ", %s"), hint);
  return g_string_free_and_steal (spoken);
}
