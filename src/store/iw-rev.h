/* iw-rev.h: revision ids "N-hash" (sync.md). Private to src/store. Pure functions, any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define IW_REV_MAX_HASH 64
#define IW_REV_MAX_GEN 999999999

typedef struct
{
  gint64 gen;
  char hash[IW_REV_MAX_HASH + 1];
} IwRev;

/* The same without a copy: @hash is the end of the text it was read from. */
typedef struct
{
  gint64 gen;
  const char *hash;
} IwRevName;

/* A positive number without leading zeros, a hyphen, 1 to 64 of what an address and a JSON string hold as it is
 * (letters, digits, ".", "_", "~"): other peers' hashes are opaque. FALSE where @text is something else. */
gboolean iw_rev_parse (const char *text, IwRev *out);
gboolean iw_rev_name_parse (const char *text, IwRevName *out);
char *iw_rev_format (gint64 gen, const char *hash); /* (transfer full) */
/* INVALID where nothing may follow a revision of that generation, since it is the last one that can be read. */
gboolean iw_rev_check_next (gint64 gen, GError **error);
/* The revision that follows @parent (NULL: the first) with this body: the same edit made twice, on
 * whatever machine, is the same revision. */
IwRev iw_rev_make (const IwRev *parent, gboolean deleted, const char *canonical_body);
/* The same with attachments (element-type IwAttachment), by name, each once and with its sha256; NULL: none. */
IwRev iw_rev_make_attached (const IwRev *parent, gboolean deleted, const char *canonical_body,
                            GPtrArray *attachments);

G_END_DECLS
