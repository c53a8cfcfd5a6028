/* iw-situation-private.h: what the sources of IwSituation share. */
#pragma once

#include "iw-situation.h"

G_BEGIN_DECLS

struct _IwSituation
{
  gatomicrefcount refs;
  char *incident;
  GTimeZone *zone;
  char **refused; /* docids of decisions that a server did not take */
  gint64 now;
  GPtrArray *entries;    /* (element-type IwEntry), as given */
  GPtrArray *documents;  /* (element-type IwDocument), incident's and directory's */
  GHashTable *by_id;     /* (utf8 IwDocument) */
  GHashTable *entry_ids; /* (utf8 IwEntry) */
  IwDecisions *decisions;
  IwIncidentState *state;
  GPtrArray *notices;      /* (element-type IwNoticeState) of those decided upon */
  GHashTable *all_notices; /* (utf8 IwNoticeState) those never decided upon too */
  GPtrArray *drafts;       /* (element-type IwNoticeState) the latter */
  GPtrArray *escalations;
  GPtrArray *clocks;
  GPtrArray *scope;
  IwMatrix *matrix;
  GHashTable *approvals; /* (utf8 IwEntry) evidence -> what lets it out now */
  GHashTable
      *handling; /* (utf8 GPtrArray of IwEntry) evidence -> what was done with it, in order */
};

/* Fills in @approvals and @handling. */
void iw_situation_fold_evidence (IwSituation *self);

G_END_DECLS
