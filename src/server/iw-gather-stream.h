/* iw-gather-stream.h: a stream that puts small writes together into whole segments and records of
 * TLS.
 *
 * soup writes a chunk's length, the chunk and its end each for itself, and the end of the last in
 * two pieces. A record that ends behind a length makes CouchDB's replicator wait half a minute for
 * what it has not asked for; a row of a feed costs three. So what is written is held back until
 * told to go, or until a record is full.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define IW_TYPE_GATHER_STREAM (iw_gather_stream_get_type ())
G_DECLARE_FINAL_TYPE (IwGatherStream, iw_gather_stream, IW, GATHER_STREAM, GIOStream)

/* Keeps @base, whose output must be pollable; closes it when it is closed. Writes that do not block
 * are one thread's, as is all below; writes that block may be another's while that one waits.
 * (transfer full) */
IwGatherStream *iw_gather_stream_new (GIOStream *base);

/* Whether writes that do not block are held back. What is held back goes when that ends, as soon as
 * it can. A write that blocks is that of a body's end: it is held back until an empty line is
 * whole. */
void iw_gather_stream_set_gathering (IwGatherStream *self, gboolean on);

G_END_DECLS
