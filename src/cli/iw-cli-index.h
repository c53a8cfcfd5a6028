/* iw-cli-index.h: machine timelines that came from elsewhere, made readable here. */
#pragma once

#include "iw-cli.h"

G_BEGIN_DECLS

/* Builds the index of each timeline whose file is here and whose index is not. What cannot be read is said, and
 * no failure of the caller. Stops by cli->cancellable.
 * @unfit: (inout) (element-type utf8) evidence that was said to be unreadable, and is not tried again. */
void iw_cli_index (IwCli *cli, IwStore *store, GHashTable *unfit);

G_END_DECLS
