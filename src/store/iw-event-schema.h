/* iw-event-schema.h: the tables of an event index. Private to src/store.
 *
 * An index is derived data: another version of it is rebuilt from the file, never migrated.
 */
#pragma once

/* Raise with every change of tables, tokenizer or meaning. */
#define IW_EVENT_SCHEMA_VERSION 1

/* Times by rank, IW_EVENT_BLOCK of them in a row as little-endian 64-bit numbers: two blocks fill a page,
 * and finding a time never touches the events themselves. */
#define IW_EVENT_BLOCK 1000
#define IW_EVENT_PAGE_SIZE 16384

#define IW_EVENT_MESSAGE_MAX 500 /* characters */
#define IW_EVENT_STRING_MAX 200

/* meta: version, evidence, n, first, last, duplicates, rejected; times: the first time of every
 * block. string: each distinct desc, origin, host and actor once; event holds their ids, NULL for
 * "". */
#define IW_EVENT_TABLES                                                                            \
  "CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;"                                 \
  "CREATE TABLE block (id INTEGER PRIMARY KEY, times BLOB NOT NULL);"                              \
  "CREATE TABLE string (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);"                       \
  "CREATE TABLE event (rank INTEGER PRIMARY KEY, time INTEGER NOT NULL, precision INTEGER NOT "    \
  "NULL,"                                                                                          \
  "  row INTEGER NOT NULL, line INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT "    \
  "NULL,"                                                                                          \
  "  duplicate INTEGER NOT NULL, descr INTEGER, origin INTEGER, host INTEGER, actor INTEGER,"      \
  "  message TEXT NOT NULL);"                                                                      \
  "CREATE TABLE duplicate (rank INTEGER PRIMARY KEY);"                                             \
  "CREATE TABLE actor (string INTEGER PRIMARY KEY, n INTEGER NOT NULL);"                           \
  "CREATE TABLE reject (id INTEGER PRIMARY KEY, row INTEGER NOT NULL, line INTEGER NOT NULL,"      \
  "  field TEXT NOT NULL, reason TEXT NOT NULL, value TEXT NOT NULL);"                             \
  "CREATE VIRTUAL TABLE text USING fts5 (words, content = '', columnsize = 0, tokenize = 'iw');"

/* Made when all events are in: an index that is sorted once is faster than one that grows. */
#define IW_EVENT_INDEXES                                                                           \
  "CREATE INDEX event_row ON event (row);"                                                         \
  "CREATE INDEX event_actor ON event (actor) WHERE actor IS NOT NULL;"                             \
  "INSERT INTO actor SELECT actor, count(*) FROM event WHERE actor IS NOT NULL GROUP BY actor;"
