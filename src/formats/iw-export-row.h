/* iw-export-row.h: what the writers of an export get, and the writers; private to this folder. */
#pragma once

#include "iw-entry.h"
#include "iw-export-source.h"

G_BEGIN_DECLS

/* One row of the timeline: an entry, or an event with its source. */
typedef struct
{
  IwTime time;      /* corrected for skew */
  const char *desc; /* what it is the time of */
  const char *message;
  IwEntry *entry; /* NULL for an event */
  const IwEvent *event;
  IwExportSource *source;
  const IwRecord *record;
  const IwEventTexts *texts;
} IwExportRow;

/* The columns of a Timesketch file: its own, those of entries, those of all sources. */
typedef struct
{
  GPtrArray *names;    /* (char *) */
  GHashTable *numbers; /* (char *) -> number; the names are those of @names */
  guint first_entry;   /* of the entry columns */
  guint original_time, evidence_name, evidence_row; /* G_MAXUINT where there are no events */
  gboolean has_entries;
  char **cells; /* of the present row; borrowed or in @owned */
  GPtrArray *owned;
} IwExportPlan;

/* @sources: (element-type IwExportSource); their targets are set. (transfer full) */
IwExportPlan *
iw_export_plan_new (gboolean has_entries, GPtrArray *sources);
void
iw_export_plan_free (IwExportPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwExportPlan, iw_export_plan_free)
/* Fills plan->cells, NULL for empty ones. */
void
iw_export_plan_fill (IwExportPlan *plan, const IwExportRow *row);

/* "2026-11-02T03:04:05+00:00" with the digits that the time's precision has. (transfer full) */
char *
iw_export_datetime (IwTime time);

/* The writers append to @out: what stands above the rows, then row by row, each with its line break.
 * Lines of CSV end in CRLF. @plan: the same for all rows of a file; writing one fills it anew. */
void
iw_export_timesketch_csv_header (IwExportPlan *plan, GString *out);
void
iw_export_timesketch_csv (IwExportPlan *plan, const IwExportRow *row, GString *out);
/* An object a line, without empty members but for the four that Timesketch asks for. */
void
iw_export_timesketch_jsonl (IwExportPlan *plan, const IwExportRow *row, GString *out);
/* The ten columns that DFIR-IRIS imports; times are UTC. */
void
iw_export_iris_header (GString *out);
void
iw_export_iris (const IwExportRow *row, GString *out);
/* Times are in @zone (NULL: UTC), which the header names as it is at @us, µs. */
void
iw_export_markdown_header (GTimeZone *zone, gint64 us, GString *out);
void
iw_export_markdown (const IwExportRow *row, GTimeZone *zone, GString *out);

G_END_DECLS
