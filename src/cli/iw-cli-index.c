/* iw-cli-index.c: machine timelines that came from elsewhere, made readable here. */
#include "config.h"

#include "iw-cli-index.h"

#include <glib/gi18n-lib.h>

#include "iw-cli-output.h"
#include "iw-event-index.h"
#include "iw-queries.h"
#include "iw-timeline-import.h"

static gboolean
lacks_index (IwStore *store, IwEvidence *evidence)
{
  const char *dir = iw_store_get_dir (store);
  g_autoptr (IwEventIndex) index = NULL;

  if (!iw_evidence_is_timeline (evidence) ||
      !iw_blobs_exists (dir, iw_evidence_get_sha256 (evidence)))
    return FALSE;
  index = iw_event_index_open (dir, iw_evidence_get_id (evidence), NULL);
  return index == NULL;
}

static void
build (IwCli *cli, IwStore *store, IwEvidence *evidence, GHashTable *unfit)
{
  const char *docid = iw_evidence_get_id (evidence);
  IwCliProgress progress = { .what = iw_evidence_get_name (evidence) };
  g_autofree char *name = iw_cli_clean (iw_evidence_get_name (evidence));
  g_autoptr (GError) error = NULL;
  gboolean ok;

  ok = iw_timeline_import_rebuild (store, docid, iw_cli_progress, &progress, cli->cancellable,
                                   &error);
  iw_cli_progress_end (&progress);
  if (ok || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* Translators: the name of a file with machine events, and the reason. */
  iw_cli_complain (_ ("The events of “%s” cannot be shown here: %s"), name, error->message);
  g_hash_table_add (unfit, g_strdup (docid));
}

void
iw_cli_index (IwCli *cli, IwStore *store, GHashTable *unfit)
{
  IwIncidentsFilter filter = { .stage = -1, .severity = -1, .classification = -1 };
  g_autoptr (GPtrArray) incidents =
      iw_query_incidents (store, &filter, IW_INCIDENTS_BY_MODIFIED, TRUE, 0, G_MAXUINT, NULL);

  for (guint i = 0; incidents != NULL && i < incidents->len; i++)
    {
      const IwIncidentRow *row = incidents->pdata[i];
      g_autoptr (GPtrArray) all = iw_query_evidence (store, row->incident, NULL);

      for (guint j = 0; all != NULL && j < all->len; j++)
        if (!g_cancellable_is_cancelled (cli->cancellable) &&
            !g_hash_table_contains (unfit, iw_evidence_get_id (all->pdata[j])) &&
            lacks_index (store, all->pdata[j]))
          build (cli, store, all->pdata[j], unfit);
    }
}
