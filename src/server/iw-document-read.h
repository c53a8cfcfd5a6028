/* iw-document-read.h: documents as GET asks for them. In a reader's thread, but for reading the question. */
#pragma once

#include "iw-paged-answer.h"

G_BEGIN_DECLS

/* The parameters of GET /{db}/{docid}; also what _bulk_get asks of each. */
typedef struct
{
  char *rev;          /* NULL: the winner */
  char **open_revs;   /* NULL: not asked; empty with @all_revs */
  gboolean all_revs;
  char **atts_since;
  gboolean revs, revs_info, conflicts, deleted_conflicts, local_seq, attachments, latest;
} IwDocumentQuery;

/* Answered with 400 and FALSE where a parameter is malformed. */
gboolean iw_document_query_init (IwDocumentQuery *self, IwRequest *request);
void iw_document_query_clear (IwDocumentQuery *self);
/* An array of revision ids as text; NULL where it is something else. (transfer full) */
char **iw_document_read_revs (yyjson_val *array);

/* Finds the revision that is asked for and what goes along with it. IW_REQUEST_ERROR 404 "missing" or "deleted". */
typedef struct
{
  IwPeerDoc doc;
  IwWireOptions options;
  char **history, **conflicts, **deleted_conflicts, **atts_since;
  char *more;
} IwDocumentFound;
gboolean iw_document_find (IwStore *store, const char *docid, const char *rev, const IwDocumentQuery *query,
                           IwDocumentFound *found, GError **error);
void iw_document_found_clear (IwDocumentFound *found);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (IwDocumentFound, iw_document_found_clear)

/* Whether a list of documents may have its attachments within: lists are rendered in memory, and larger ones stay stubs,
 * to be asked for by themselves. */
gboolean iw_document_fits_a_list (const IwPeerDoc *doc);

/* Whether bytes of attachments go along. CouchDB's replicator waits for them for ever where a document is
 * multipart/related and none do. */
gboolean iw_document_sends_attachments (const IwDocumentFound *found);
/* Adds a part of a multipart/mixed body: multipart/related where attachments go along, else JSON. */
gboolean iw_document_add_part (IwPiecesStream *pieces, const IwDocumentFound *found, const char *boundary, GError **error);
/* A part for a revision that cannot be given. @json: what is said of it instead; copied. */
void iw_document_add_error_part (IwPiecesStream *pieces, const char *json, const char *boundary);
/* Revisions a query with open_revs asks for, latest followed; those that are not here in @missing. (transfer full) */
char **iw_document_open_revs (IwStore *store, const char *docid, const IwDocumentQuery *query, GPtrArray *missing,
                              GError **error);

G_END_DECLS
