/* iw-sample-private.h: what the files of the sample share. */
#pragma once

#include "iw-entry.h"
#include "iw-situation.h"
#include "iw-store.h"

G_BEGIN_DECLS

/* What is at hand while one incident of the sample is made. */
typedef struct
{
  IwStore *store;
  gint64 base; /* the midnight that times count from */
  const char *incident;
  GHashTable *names;    /* what things are called in the texts -> document id */
  GPtrArray *entries;   /* (element-type IwEntry) so far */
  GPtrArray *documents; /* (element-type IwDocument) of the incident so far */
  GPtrArray *directory; /* (element-type IwDocument) people and teams */
  GPtrArray *written;   /* (element-type IwDocument) that are still to be stored */
  GCancellable *cancellable;
} IwSampleBuilder;

/* A file of the sample. (transfer full) */
GBytes *iw_sample_read (const char *name, GError **error);

/* A string member; NULL where it is absent. */
const char *iw_sample_text (JsonObject *object, const char *name);

/* A time of the sample's texts ("D-1 03:04:11", "D-4") against @base, a midnight in µs UTC. FALSE
 * where it is none. */
gboolean iw_sample_parse_time (const char *text, gint64 base, IwTime *out);

/* The time of a member; unset where it is absent. */
IwTime iw_sample_time (IwSampleBuilder *self, JsonObject *object, const char *name);

/* @log with dates in place of its "<milliseconds>". (transfer full) */
GString *iw_sample_date_log (const char *log, gint64 base, gboolean naive);

/* A machine timeline, a file of evidence. */
gboolean iw_sample_add_timeline (IwSampleBuilder *self, JsonObject *timeline, GError **error);
gboolean iw_sample_add_file (IwSampleBuilder *self, JsonObject *file, GError **error);

/* One of the "entries": what a person wrote ("kind"), a decision ("decide") or a document
 * ("document"). */
gboolean iw_sample_add_entry (IwSampleBuilder *self, JsonObject *json, GError **error);

/* A decision or document, made by the form that people fill in: what no form lets through cannot
 * stand in the sample either. */
gboolean iw_sample_fill_in (IwSampleBuilder *self, JsonObject *json, GError **error);
/* One of the directory. */
gboolean iw_sample_add_to_directory (IwSampleBuilder *self, JsonObject *json, GError **error);

G_END_DECLS
