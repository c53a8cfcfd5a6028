/* iw-veris.h: incidents recorded in VERIS (https://verisframework.org, schema 1.3 and 1.4), one
 * JSON object a line or an array of them.
 *
 * Each record becomes an incident with what VERIS says of it: how it was detected, its
 * classification, its impact, assets, data affected and a timeline with the precision the record
 * has. The record itself is kept whole in the incident's "veris" member, so that nothing is lost
 * that has no place here. Synchronous; any one thread.
 */
#pragma once

#include <gio/gio.h>

#include "iw-import-issue.h"
#include "iw-situation.h"
#include "iw-store.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 rows;
  gint64 good;       /* became incidents */
  gint64 duplicates; /* the same record again, here or earlier in the file: left out */
  gint64 rejected;
  gint64 documents; /* written for the good ones */
} IwVerisCounts;

/* One record. VERIS does not verify that an incident is over, so each stays open unless
 * @verification (may be NULL) is given: what the importing person verified, which closes all of
 * them (process.md P4).
 *
 * @record: kept by the incident's document. @context: ids and the present. @author: who imports,
 * not NULL.
 * @row, @line: for @issues (element-type IwImportIssue), to which dates that do not exist and
 * values that are of the wrong type are added. (element-type IwDocument) (transfer full), the
 * incident first; NULL where the record is refused, with an issue that is marked so. */
GPtrArray *iw_veris_convert (JsonObject *record,
                             IwMatrix *matrix,
                             const IwContext *context,
                             const char *author,
                             const char *verification,
                             gint64 row,
                             gint64 line,
                             GPtrArray *issues);

/* A whole file, gzip or not, as one user action: all good records or, after an error, none. Records
 * that are here already (by their incident_id and content) are counted and left out; one that has
 * the id of another record and says something else becomes an incident of its own, with an issue.
 * @dry_run: count, write nothing. Errors: those of the import, the store, G_IO_ERROR_CANCELLED. */
gboolean iw_veris_import (IwStore *store,
                          GFile *file,
                          const char *author,
                          const char *verification,
                          gboolean dry_run,
                          IwVerisCounts *counts,
                          GPtrArray *issues,
                          IwProgressFunc progress,
                          gpointer data,
                          GCancellable *cancellable,
                          GError **error);

G_END_DECLS
