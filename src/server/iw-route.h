/* iw-route.h: the table of all endpoints: one place that says what there is and who may use it; tests enumerate it by
 * roles (must: an account without the role is refused on every endpoint).
 */
#pragma once

#include "iw-request.h"

G_BEGIN_DECLS

typedef enum
{
  IW_NEEDS_NOBODY,   /* also without signing in */
  IW_NEEDS_ACCOUNT,  /* signed in */
  IW_NEEDS_MEMBER,   /* a member of the database; others get 404 as for a database that does not exist */
  IW_NEEDS_WRITER,   /* a member whose role writes (not reader, not auditor) */
  IW_NEEDS_DB_ADMIN, /* an admin of the database, or of the server */
  IW_NEEDS_ADMIN,    /* an admin of the server */
} IwNeeds;

typedef enum
{
  IW_BODY_NONE,   /* a body is read and thrown away, up to 64 KiB */
  IW_BODY_SMALL,  /* up to 1 MiB */
  IW_BODY_LARGE,  /* up to the server's limit (64 MiB unless set): _bulk_docs */
  IW_BODY_STREAM, /* the handler is called before the body, up to the server's limit for attachments, and takes it
                     piece by piece: iw_request_receive() */
} IwBody;

typedef void (*IwHandler) (IwRequest *request); /* (transfer full) */

typedef struct
{
  const char *method;  /* "GET" also answers HEAD */
  const char *pattern; /* "/", "/_up", "/{db}/_changes", "/{db}/{docid}/{attachment...}" */
  IwNeeds needs;
  IwBody body;
  IwHandler handler;
} IwRoute;

/* Each file iw-routes-*.c has one, ended by one without a method. Databases whose name begins with "_" have no routes
 * but those of iw_routes_users: what matches {db} is the name of another. */
extern const IwRoute iw_routes_server[];
extern const IwRoute iw_routes_session[];
extern const IwRoute iw_routes_users[];
extern const IwRoute iw_routes_database[];
extern const IwRoute iw_routes_documents[];
extern const IwRoute iw_routes_bulk[];
extern const IwRoute iw_routes_changes[];
extern const IwRoute iw_routes_attachments[];
extern const IwRoute iw_routes_local[];

/* All of them. */
const IwRoute *const *iw_routes_get (guint *n_tables);

/* The route for a method and a path; NULL and *allowed (a list for 405) where the path is known but not the method;
 * NULL and NULL where nothing is (404). @parts (out, transfer full): names → unescaped values; NULL unless a route is
 * returned. @allowed (out, transfer full). More special patterns win, whatever their methods: DELETE of
 * "/{db}/_security" is 405 and no document's. A slash at the end counts for nothing. @path: as it came, escaped. */
const IwRoute *iw_routes_find (const char *method, const char *path, GHashTable **parts, char **allowed);

G_END_DECLS
