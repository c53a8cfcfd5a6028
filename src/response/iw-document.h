/* iw-document.h: a document as read from the store: id, revision, body. Immutable, counted. Any thread. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _IwDocument IwDocument;

/* @rev may be NULL. @body: kept, must not be changed afterwards. (transfer full) */
IwDocument *iw_document_new (const char *docid, const char *rev, JsonObject *body);
/* The same with @body handed over. (transfer full) */
IwDocument *iw_document_new_take (const char *docid, const char *rev, JsonObject *body);
IwDocument *iw_document_ref (IwDocument *self);
void iw_document_unref (IwDocument *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwDocument, iw_document_unref)
const char *iw_document_get_id (IwDocument *self);
const char *iw_document_get_rev (IwDocument *self); /* as it was given, maybe NULL */
JsonObject *iw_document_get_body (IwDocument *self);          /* (transfer none) */
const char *iw_document_get_type_name (IwDocument *self);     /* its "type"; "" if absent */
/* A string or number member as text; "" where it is absent or of another type. */
const char *iw_document_get_text (IwDocument *self, const char *member);
char **iw_document_get_list (IwDocument *self, const char *member); /* (transfer full), never NULL */
/* What it is called: "name", else "title", else "value", else "subject", else the id. */
const char *iw_document_get_name (IwDocument *self);

G_END_DECLS
