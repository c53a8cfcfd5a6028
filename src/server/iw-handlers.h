/* iw-handlers.h: the handlers of documents' routes that have files of their own; see the tables in iw-routes-*.c. */
#pragma once

#include "iw-route.h"

G_BEGIN_DECLS

/* The document's id as the path says it, checked; answered with 400 and NULL where it is none. (transfer full) */
char *iw_handler_get_docid (IwRequest *request);
/* The revision an edit goes on from: ?rev=, else If-Match; *rev NULL where none is told. Answered with 400 and FALSE
 * where it is malformed. (transfer full) */
gboolean iw_handler_get_rev (IwRequest *request, char **rev);
/* {"ok":true,"id":…,"rev":…} with ETag; Location as well with 201. @attachment: NULL where it is the document that was
 * written. */
void iw_handler_answer_written (IwRequest *request, guint status, const char *docid, const char *attachment,
                                const char *rev);
/* The address of what was made: an attachment, a document (@attachment NULL), or a database (@docid NULL, too). */
void iw_handler_set_location (IwRequest *request, const char *db, const char *docid, const char *attachment);

/* Each takes @request and answers it (iw-request.h). Named after method and path: _bulk_docs, _bulk_get, …. */
void iw_handle_document_get (IwRequest *request);
void iw_handle_document_put (IwRequest *request);
void iw_handle_document_post (IwRequest *request);
void iw_handle_document_delete (IwRequest *request);

void iw_handle_bulk_docs (IwRequest *request);
void iw_handle_bulk_get (IwRequest *request);
void iw_handle_all_docs_get (IwRequest *request);
void iw_handle_all_docs_post (IwRequest *request);
void iw_handle_design_docs (IwRequest *request);
void iw_handle_revs_diff (IwRequest *request);
void iw_handle_missing_revs (IwRequest *request);
void iw_handle_purge (IwRequest *request);

G_END_DECLS
