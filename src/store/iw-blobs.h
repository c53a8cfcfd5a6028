/* iw-blobs.h: evidence files by SHA-256 in blobs/ of a workspace. Streamed, verified on read.
 *
 * Any thread: functions take the workspace's folder, not a connection.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Called now and then with bytes done; any thread the work runs in. */
typedef void (*IwProgressFunc) (gint64 done, gint64 total, gpointer data);

/* Copies @input into staging/ while hashing, in pieces, and fsyncs. Returns the staged file's path
 * (transfer full); the caller commits or unlinks it. @sha256 gets 64 hex digits + NUL. @total: the bytes
 * expected, for @progress; 0 where it is not known. Memory does not grow with the size, and a large file does
 * not push others out of the page cache. IW_STORE_ERROR_FULL where the disk has no room for it, at once if
 * @total says so; nothing is left of the staged file then, nor when it is cancelled. */
char *iw_blobs_stage (const char *dir, GInputStream *input, gint64 total, IwProgressFunc progress, gpointer data,
                      GCancellable *cancellable, char sha256[65], gint64 *length, GError **error);
/* The same; @md5 gets the protocol's digest: 24 characters of base64 + NUL. */
char *iw_blobs_stage_full (const char *dir, GInputStream *input, gint64 total, IwProgressFunc progress, gpointer data,
                           GCancellable *cancellable, char sha256[65], char md5[25], gint64 *length, GError **error);
/* Moves a staged file to its place, durable when it returns. Where that blob exists its hash is looked
 * at: an intact one stays and the staged file is just removed, a damaged one is replaced. */
gboolean iw_blobs_commit (const char *dir, const char *staged, const char *sha256, GError **error);
/* blobs/ab/abcd...; need not exist. (transfer full) */
char *iw_blobs_path (const char *dir, const char *sha256);
gboolean iw_blobs_exists (const char *dir, const char *sha256); /* its content is not looked at */
/* The MD5 sum of a blob, as base64; reads it all. (transfer full), NULL on error */
char *iw_blobs_md5 (const char *dir, const char *sha256, GCancellable *cancellable, GError **error);
/* Reads it all and compares: IW_STORE_ERROR_DAMAGED_BLOB where it differs. */
gboolean iw_blobs_verify (const char *dir, const char *sha256, GCancellable *cancellable, GError **error);

G_END_DECLS
