/* iw-entry-private.h: what the sources of IwEntry share. */
#pragma once

#include "iw-entry.h"

G_BEGIN_DECLS

struct _IwEntry
{
  GObject parent_instance;

  char *docid;
  char *rev;
  JsonObject *body; /* the truth; all else is read from it when asked for */

  /* Made at need and dropped by each change. */
  gboolean times_known;
  IwTime occurred;
  IwTime sort_time;      /* 0 and UNKNOWN where none is set */
  GArray *links;         /* (element-type IwEntryLink) */
  GArray *link_places;   /* (element-type guint) where in "links" each one stands */
  char **tags;
  GHashTable *fields;    /* numbers as text, by name */
};

/* Drops what was read from the document; called by each change. */
void iw_entry_forget (IwEntry *self);

/* Whether @body is an entry that this version can show. */
gboolean iw_entry_check_body (JsonObject *body, GError **error);

G_END_DECLS
