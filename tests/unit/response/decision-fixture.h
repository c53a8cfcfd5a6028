/* decision-fixture.h: decisions at given minutes, good ones by default, and what they add up to. */
#pragma once

#include "iw-clock.h"
#include "iw-incident.h"
#include "iw-notice.h"

#define INCIDENT "0199a1b2-c3d4-7800-8000-000000000000"
#define MINUTE (60 * IW_USEC_PER_SEC)
#define HOUR (60 * MINUTE)
/* 2026-11-03T09:00:00Z, a Tuesday: minute 0 of the tests. */
#define START G_GINT64_CONSTANT (1793696400000000)

typedef GPtrArray Entries;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Entries, g_ptr_array_unref)

static inline Entries *
entries_new (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

static inline IwTime
at_minute (gint64 n)
{
  return (IwTime){ START + n * MINUTE, IW_PRECISION_MINUTE };
}

static inline gint64
minute (gint64 n)
{
  return START + n * MINUTE;
}

/* Gives @entry an id by its place and a time, and puts it among them. (transfer none) */
static inline IwEntry *
put (Entries *entries, gint64 n, IwEntry *entry)
{
  g_autofree char *id = g_strdup_printf (INCIDENT ":entry-%03u", entries->len);

  iw_entry_set_id (entry, id);
  iw_entry_set_occurred (entry, at_minute (n));
  iw_entry_set_recorded (entry, at_minute (n));
  iw_entry_set_actor (entry, "M. Ito");
  g_ptr_array_add (entries, entry);
  return entry;
}

static inline const char *
id_of (IwEntry *entry)
{
  return iw_entry_get_id (entry);
}

static inline IwEntry *
put_stage (Entries *entries, gint64 n, const char *to)
{
  if (g_str_equal (to, "closed"))
    return put (entries, n,
                iw_decision_new (INCIDENT, "stage", "to", to, "risk_contained", "true",
                                 "measures_implemented", "true", "verification", "looked", NULL));
  return put (entries, n, iw_decision_new (INCIDENT, "stage", "to", to, NULL));
}

static inline IwEntry *
put_severity (Entries *entries, gint64 n, const char *to)
{
  return put (entries, n, iw_decision_new (INCIDENT, "severity", "to", to, "why", "w", NULL));
}

static inline IwEntry *
put_priority (Entries *entries, gint64 n, const char *to)
{
  return put (entries, n, iw_decision_new (INCIDENT, "priority", "to", to, "why", "w", NULL));
}

static inline IwEntry *
put_declaration (Entries *entries, gint64 n)
{
  return put (entries, n,
              iw_decision_new (INCIDENT, "declaration", "access", "occurred", "duty", "legal",
                               "statement", "the log shows it", "declared_by", "A. Sato", "links",
                               INCIDENT ":evidence-1", NULL));
}

static inline IwEntry *
put_classification (Entries *entries, gint64 n, const char *to)
{
  return put (entries, n,
              iw_decision_new (INCIDENT, "classification", "to", to, "root_cause", "backup",
                               "follow_up", "tune it", "data_subjects", "end-users", "why", "w",
                               NULL));
}

static inline IwEntry *
put_impact (Entries *entries, gint64 n, const char *risk)
{
  return put (entries, n,
              iw_decision_new (INCIDENT, "impact", "functional", "low", "information", "none",
                               "recoverability", "regular", "risk", risk, NULL));
}

static inline IwEntry *
put_containment (Entries *entries, gint64 n, const char *to)
{
  return put (entries, n,
              iw_decision_new (INCIDENT, "containment", "to", to, "what", "quarantine", NULL));
}

static inline IwEntry *
put_role (Entries *entries, gint64 n, const char *role, const char *to)
{
  return put (entries, n, iw_decision_new (INCIDENT, "role", "role", role, "to", to, NULL));
}

/* Of several experts: @gone: who is replaced or relieved, "" for nobody. */
static inline IwEntry *
put_expert (Entries *entries, gint64 n, const char *to, const char *gone)
{
  return put (entries, n,
              iw_decision_new (INCIDENT, "role", "role", "expert", "to", to, "instead_of", gone,
                               NULL));
}

/* As it was written when this role had one holder. */
static inline IwEntry *
put_only_expert (Entries *entries, gint64 n, const char *to, const char *from)
{
  IwEntry *entry = put (entries, n,
                        iw_decision_new (INCIDENT, "role", "role", "expert", "from", from, "to", to,
                                         NULL));

  iw_entry_set_field (entry, "holders", NULL);
  return entry;
}

static inline IwEntry *
put_escalation (Entries *entries, gint64 n, const char *to, const char *minutes)
{
  return put (entries, n,
              iw_decision_new (INCIDENT, "escalation", "from", "Operations", "to", to, "why", "w",
                               "ask", "help", "due", minutes, NULL));
}

static inline IwEntry *
put_answer (Entries *entries, gint64 n, IwEntry *escalation, const char *to)
{
  return put (entries, n,
              iw_decision_new (INCIDENT, "acknowledgement", "subject", id_of (escalation), "to", to,
                               "why", "w", NULL));
}

/* A notice of customers unless @audience says otherwise. */
static inline IwEntry *
put_notice (Entries *entries, gint64 n, const char *notice, const char *to, const char *audience)
{
  IwEntry *entry = iw_decision_new (INCIDENT, "notice-state", "subject", notice, "audience",
                                    audience != NULL ? audience : "customers", "to", to, "method",
                                    "mail", "recipients", "Contoso", "grounds", "risk-to-others",
                                    "why", "w", "legal", "L. Lee", "executive", "E. Eng", NULL);

  if (g_str_equal (to, "approved") || g_str_equal (to, "sent"))
    iw_entry_set_field (entry, "digest",
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  return put (entries, n, entry);
}

static inline IwEntry *
put_clock (Entries *entries, gint64 n, const char *start, const char *minutes, const char *ends_on)
{
  return put (entries, n,
              iw_decision_new (INCIDENT, "clock", "name", "Authority", "clock_kind", "regulator",
                               "start", start, "duration", minutes, "ends_on", ends_on, NULL));
}

static inline IwEntry *
put_clock_end (Entries *entries, gint64 n, IwEntry *clock, const char *to)
{
  return put (entries, n,
              iw_decision_new (INCIDENT, "clock-end", "subject", id_of (clock), "to", to, "why",
                               "said so", NULL));
}

static inline IwEntry *
put_withdrawal (Entries *entries, gint64 n, const char *subject)
{
  return put (entries, n,
              iw_decision_new (INCIDENT, "withdrawal", "subject", subject, "why", "Undone", NULL));
}

static inline IwIncidentState *
fold (Entries *entries)
{
  g_autoptr (IwDecisions) decisions = iw_decisions_new (entries);

  return iw_incident_fold (decisions);
}

static inline GPtrArray *
fold_clocks (Entries *entries)
{
  g_autoptr (IwDecisions) decisions = iw_decisions_new (entries);
  g_autoptr (GPtrArray) notices = iw_notices_fold (decisions);

  return iw_clocks_fold (decisions, notices);
}

static inline void
shuffle (Entries *entries, GRand *rand)
{
  for (guint i = entries->len; i > 1; i--)
    {
      guint j = g_rand_int_range (rand, 0, i);
      gpointer swap = entries->pdata[i - 1];

      entries->pdata[i - 1] = entries->pdata[j];
      entries->pdata[j] = swap;
    }
}
