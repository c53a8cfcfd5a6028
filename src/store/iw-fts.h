/* iw-fts.h: how text is cut into words, the same for the index, the query and the search in memory.
 *
 * Words are runs of letters and digits in lower case, without the diacritics of Latin and Greek, at
 * most 64 bytes long. Scripts that are written without spaces (Han, Kana, Hangul, Thai, Lao, Khmer,
 * Myanmar) become overlapping pairs of characters, and the last character of a run stands for
 * itself as well, so that 認証 is found anywhere and 認 as the beginning of a pair. Full-width and
 * half-width forms are read as the plain ones.
 *
 * All functions but iw_fts_register() are pure: any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct sqlite3 sqlite3;

/* The name to write in a table's definition: fts5(text, tokenize = 'iw'). */
#define IW_FTS_TOKENIZER "iw"

/* Makes the tokenizer known to a connection. Needed before any table that uses it is touched.
 * Returns an SQLite result code. */
int iw_fts_register (sqlite3 *db);

/* Called for each word with its folded text (not NUL-terminated) and its place in the input, in
 * bytes. Anything but 0 ends the walk and is returned by it. Same as FTS5's xToken. */
typedef int (
    *IwFtsTokenFunc) (void *data, int flags, const char *token, int length, int start, int end);

/* Cuts @text (@length bytes, any bytes: what is no UTF-8 separates words).
 * @query: as a search term: the last run of an unspaced script gives pairs alone, so that it may go
 * on in the text that is searched. */
int iw_fts_tokenize (const char *text, int length, gboolean query, void *data, IwFtsTokenFunc func);

/* Whether @ch belongs to a script that is cut into pairs. */
gboolean iw_fts_is_unspaced (gunichar ch);

/* What a person typed as an FTS5 query: words all must occur, a "quoted phrase" as it stands, a
 * trailing * matches beginnings. A word that the tokenizer cuts (lsass.exe, C:\Windows) is a phrase
 * of its parts. The word that the text ends with, if it has two characters or more, matches as a
 * beginning too, because it may be half typed; a space after it ends it. Whatever is typed, the
 * result is valid. NULL where there is no word in it at all. (transfer full) */
char *iw_fts_query (const char *user_text);

/* The same query held against text in memory. */
typedef struct _IwFtsMatcher IwFtsMatcher;
IwFtsMatcher *iw_fts_matcher_new (const char *user_text); /* (transfer full); NULL where iw_fts_query() is */
void iw_fts_matcher_free (IwFtsMatcher *matcher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IwFtsMatcher, iw_fts_matcher_free)
/* Whether every word or phrase occurs in some of @texts (@n of them; NULL ones are skipped). */
gboolean iw_fts_matcher_matches (const IwFtsMatcher *matcher, const char *const *texts, guint n);

G_END_DECLS
