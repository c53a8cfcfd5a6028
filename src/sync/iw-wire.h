/* iw-wire.h: documents as they go over the wire, for the client, the server and bundles alike
 * (CouchDB, "Replication", "Document API"). Pure functions over texts; any thread.
 *
 * Everything read here is hostile: each function holds what it reads to its limits and says what is wrong.
 */
#pragma once

#include "iw-canonical.h"
#include "iw-multipart.h"
#include "iw-peer.h"

G_BEGIN_DECLS

#define IW_WIRE_MAX_ATTACHMENTS 1000
#define IW_WIRE_MAX_HISTORY 100000 /* ids in _revisions; more is refused */

/* What an IW_STORE_ERROR_INVALID of these functions (and of iw_peer_put()) is called on the wire: messages begin with
 * CouchDB's name and ": " ("doc_validation: …", "illegal_docid: …", "missing_stub: …"). @reason: the rest of it, inside
 * @error. "bad_request" where the message names nothing; NULL where @error is something else. */
const char *iw_wire_error_name (const GError *error, const char **reason);

/* An id as CouchDB takes it: not empty, no "_" at its beginning but "_design/…" and "_local/…". */
gboolean iw_wire_check_docid (const char *docid, GError **error);
/* N of "N-hash"; 0 where @rev is not of this form. */
gint64 iw_wire_rev_generation (const char *rev);
gboolean iw_wire_is_hash (const char *text); /* 1 to 64 letters, digits and ._~ */
/* The 24 characters of a digest; (transfer full) */
char *iw_wire_md5 (const guint8 digest[16]);
/* Whether CouchDB keeps this type gzipped (unless told otherwise): its digest may then be of other bytes. */
gboolean iw_wire_is_compressible (const char *content_type);

/* A document with what underscores say of it. Owns everything but points into nothing. */
typedef struct
{
  char *docid;            /* NULL where there was no _id */
  char *rev;              /* _rev, NULL where there was none */
  char **revs;            /* from _revisions (which counts more than _rev), else { rev }; NULL where neither is there */
  gboolean deleted;
  char *body;             /* canonical, without underscore members */
  GPtrArray *attachments; /* (element-type IwWireAttachment); NULL where it has none */
} IwWireDoc;

typedef struct
{
  IwAttachment attachment; /* sha256 NULL until its bytes are stored; md5 NULL where the digest is none of ours to check */
  gboolean stub;
  gboolean follows;        /* bytes come in a part of a multipart body */
  gboolean encoded;        /* "encoding": the digest is of other bytes than those we are given */
  GBytes *data;            /* inline base64, decoded; else NULL */
} IwWireAttachment;

void iw_wire_attachment_free (IwWireAttachment *attachment); /* NULL is fine */
void iw_wire_doc_free (IwWireDoc *doc); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwWireDoc, iw_wire_doc_free)

/* Reads one document. Unknown underscore members are INVALID ("doc_validation" as CouchDB has it); those that CouchDB
 * gives in answers (_conflicts, _revs_info, _local_seq …) are dropped. @max_inline: bytes of inline attachments. */
IwWireDoc *iw_wire_read_doc (yyjson_val *value, gsize max_inline, GError **error);
IwWireDoc *iw_wire_read_doc_text (const char *text, gsize length, gsize max_inline, GError **error);
/* Puts inline attachments into blobs/ of @dir and fills in their sha256 (stubs and those that follow stay). A digest that
 * is not that of the bytes is INVALID (but for types that CouchDB compresses). Blocking. */
gboolean iw_wire_store_inline (IwWireDoc *doc, const char *dir, GError **error);
/* Points a revision for iw_peer_put() at @doc; valid as long as @doc. @attachments: a caller's array that is filled
 * and kept by it. */
void iw_wire_doc_to_rev (IwWireDoc *doc, GPtrArray *attachments, IwPeerRev *rev);

/* What to write besides the body. */
typedef struct
{
  char **history;        /* writes _revisions; NULL: none */
  char **conflicts;      /* _conflicts and */
  char **deleted_conflicts; /* _deleted_conflicts: written where not NULL and not empty */
  gint64 local_seq;      /* _local_seq; 0: none */
  const char *more;      /* further members as text, each with a comma before it ("_revs_info"); NULL: none */
  const char *dir;       /* where blobs are: attachments inline, as base64; NULL: as stubs */
  gboolean follows;      /* attachments as "follows": a multipart body */
  char **atts_since;     /* attachments no newer than a revision here (by revpos) stay stubs; ancestors of the
                            revision alone; NULL: all are wanted */
  gboolean sha256;       /* attachments tell that, too: a member of ours, for bundles */
} IwWireOptions;

/* Appends one document: {"_id":…,"_rev":…,body…,"_attachments":…}. @options NULL: body and stubs.
 * FALSE where a blob cannot be read. */
gboolean iw_wire_append_doc (GString *out, const IwPeerDoc *doc, const IwWireOptions *options, GError **error);
/* The same, but inline attachments are read when @pieces is: memory does not grow with them. */
gboolean iw_wire_add_doc (IwPiecesStream *pieces, const IwPeerDoc *doc, const IwWireOptions *options, GError **error);
/* A multipart/related body: the document, then the attachments that are wanted, in the order of _attachments, since
 * CouchDB goes by that. @options->dir is needed. */
gboolean iw_wire_add_related (IwPiecesStream *pieces, const IwPeerDoc *doc, const IwWireOptions *options,
                              const char *boundary, GError **error);
char *iw_wire_make_boundary (void); /* (transfer full) */
/* Whether it is a part of a multipart body by @options (may be NULL): wanted, and not empty. An empty one is written
 * inline, since a CouchDB that is sent parts without a byte alone waits for what it never reads. */
gboolean iw_wire_has_part (const IwAttachment *attachment, const IwWireOptions *options);
/* Appends the value of "_revisions" as CouchDB writes it: {"start":N,"ids":[…]}. */
void iw_wire_append_revisions (GString *out, const char *const *history);

/* {"error":…,"reason":…} with a line break at its end, as CouchDB writes it. (transfer full) */
char *iw_wire_error_text (const char *error, const char *reason);

G_END_DECLS
