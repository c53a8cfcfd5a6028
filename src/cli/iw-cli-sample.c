/* iw-cli-sample.c: makes the sample workspace. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "iw-cli-output.h"
#include "iw-cli.h"
#include "iw-sample.h"

IwExit
iw_cli_sample (IwCli *cli, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  IwCliProgress progress = { .what = _ ("Making the sample") };
  gboolean ok;

  if (!iw_cli_parse (cli, NULL, NULL, _ ("DIR"),
                     _ ("Makes a workspace with three made-up incidents in DIR."), &argc, &argv, 1,
                     1))
    return IW_EXIT_USAGE;
  iw_cli_catch_interrupt (cli);
  ok = iw_sample_create (argv[1], NULL, iw_cli_progress, &progress, cli->cancellable, &error);
  iw_cli_progress_end (&progress);
  if (!ok)
    return iw_cli_fail (error);
  if (cli->json)
    {
      g_autoptr (JsonObject) object = json_object_new ();

      json_object_set_string_member (object, "workspace", argv[1]);
      iw_cli_print_json (json_node_init_object (json_node_alloc (), object));
    }
  else
    printf (_ ("Made in %s. Open it with --workspace %s.\n"), argv[1], argv[1]);
  return IW_EXIT_OK;
}
