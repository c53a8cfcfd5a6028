/* iw-state-facts.h: what the line under an incident's name says: the fold in a few words (ui.md),
 * each with where it leads. Values and pure functions; any one thread.
 */
#pragma once

#include "iw-queries.h"
#include "iw-situation.h"

G_BEGIN_DECLS

/* How a word stands out, always beside an icon or words that say the same. */
typedef enum
{
  IW_STATE_PLAIN,
  IW_STATE_SEVERITY, /* the icon has the severity's colour */
  IW_STATE_WARNING,
  IW_STATE_OVERDUE,
  IW_STATE_MUTED,
} IwStateTone;

typedef struct
{
  const char *id; /* "severity", "clock": static, in the order shown */
  char *text;
  char *tip;        /* for its tooltip and a screen reader: what a click does, or more about it */
  const char *icon; /* NULL: none; static */
  IwStateTone tone;
  const char *action; /* of the incident page; NULL: no button */
  char *target;       /* its string parameter */
  gboolean first;     /* stays in narrow windows */
} IwStateFact;
void iw_state_fact_free (IwStateFact *fact);

/* One step of the response on the path of five. */
typedef struct
{
  IwStage stage;
  char *text; /* short: "Stabilise" */
  char *tip;  /* its name and the NIST phase it belongs to (P1) */
  gboolean now;
  gboolean reachable; /* the form for it can be opened */
} IwStateStep;

/* A word for each stage, so that five stand side by side. Static. */
const char *iw_stage_short_label (IwStage stage);

/* @steps: of IW_N_STAGES. @reachable: a set of 1 << IwStage. Free the texts with
 * iw_state_steps_clear(). */
void iw_state_steps_fill (IwStateStep *steps, IwStage stage, guint reachable);
void iw_state_steps_clear (IwStateStep *steps);
/* The stages that a form of @situation can lead to, the one in force among them. */
guint iw_state_reachable (IwSituation *situation);

/* What is known before the situation was read, so that the first frame says it.
 * (element-type IwStateFact) (transfer full) */
GPtrArray *iw_state_facts_from_row (const IwIncidentRow *row, gint64 now, GTimeZone *zone);
/* The whole. @row: for the age. */
GPtrArray *
iw_state_facts_new (IwSituation *situation, const IwIncidentRow *row, gint64 now, GTimeZone *zone);

G_END_DECLS
