/* iw-paged-answer.h: an answer made in a reader's thread, a page at a time, as the client takes it: memory does not
 * grow with what is asked for. A single page is answered with its length, more are chunks. Main thread only, but for
 * the function that makes pages.
 */
#pragma once

#include "iw-request.h"

G_BEGIN_DECLS

typedef struct
{
  GString *text;          /* appended to */
  IwPiecesStream *pieces; /* NULL; where it is set, the page is this instead of @text. Taken over */
  gboolean last;          /* to be set on the last page */
} IwPage;

/* About as long as a page should be. */
#define IW_PAGE_BYTES (256 * 1024)

/* Makes the next page. Any thread, one page at a time. FALSE on the first page is answered by iw_answer_gerror(); on
 * later ones the answer is cut. */
typedef gboolean (*IwPageFunc) (IwStore *store, IwPage *page, gpointer data, GError **error);

typedef struct
{
  guint status;
  const char *content_type; /* kept by the caller as long as @data */
  char *etag;               /* may be set while the first page is made; freed by the caller with @data */
} IwPagedHead;

/* Takes @request. @head lies in @data. @free_data runs on the main thread once all is done. */
void iw_paged_answer_start (IwRequest *request, IwPagedHead *head, IwPageFunc func, gpointer data,
                            GDestroyNotify free_data);

/* As iw_request_answer_gerror(), with the wire's names for what is INVALID. */
void iw_answer_gerror (IwRequest *request, const GError *error);
/* Sets IW_REQUEST_ERROR; FALSE. */
gboolean iw_refuse (GError **error, guint status, const char *reason);
/* Whether the client asks for multipart and says so by name: everything else gets JSON. */
gboolean iw_request_wants_multipart (IwRequest *request);
/* A header of the request; NULL where it is not there. */
const char *iw_request_get_header (IwRequest *request, const char *name);
void iw_request_set_header (IwRequest *request, const char *name, const char *value); /* of the answer; replaces */
gboolean iw_request_is_head (IwRequest *request);

G_END_DECLS
