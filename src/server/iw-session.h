/* iw-session.h: signed cookies that say who has signed in and until when. Nothing is kept on the server: the signature
 * covers what the account's password was, so that a new password ends all sessions. Pure; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define IW_SESSION_COOKIE "AuthSession"
#define IW_SESSION_KEY_LENGTH 32

/* @key: IW_SESSION_KEY_LENGTH bytes. @secret: the account's password hash. @until: µs. (transfer full) */
char *iw_session_make (const guint8 *key, const char *name, const char *secret, gint64 until);
/* Reads what it says; nothing of it is true before iw_session_is_genuine(). FALSE where it is no such text.
 * @name (transfer full) */
gboolean iw_session_read (const char *text, char **name, gint64 *until);
/* Whether it was signed with @key for the account whose secret @secret is; in constant time. It may be over. */
gboolean iw_session_is_genuine (const guint8 *key, const char *text, const char *secret);

/* The value of our cookie in a Cookie header; NULL where there is none. (transfer full) */
char *iw_session_from_header (const char *header);
/* A Set-Cookie header. @text NULL or "": takes the cookie away. (transfer full) */
char *iw_session_to_header (const char *text, guint seconds, gboolean tls);

G_END_DECLS
