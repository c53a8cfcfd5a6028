// PouchDB as a client of our server, both ways: arguments: the folder with node_modules, the server's address with
// name and password, a folder for its LevelDB databases. NODE_EXTRA_CA_CERTS names the server's certificate.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';

const [modules, url, folder] = process.argv.slice(2);
const PouchDB = createRequire(path.join(modules, 'x.js'))('pouchdb');
const tests = [];
const test = (name, run) => tests.push({ name, run });

let number = 0;
async function pair(name) {
  number += 1;
  const remote = new PouchDB(`${url}/${name}-${number}`);
  const local = new PouchDB(path.join(folder, `${name}-${number}`));
  await remote.info(); // makes it
  return { local, remote, name: `${name}-${number}` };
}

async function all(db) {
  const rows = (await db.allDocs({ include_docs: true, conflicts: true, attachments: true })).rows;
  return rows.map((row) => row.doc).map((doc) => JSON.parse(JSON.stringify(doc)));
}

// Documents, winners, conflicts and attachments are the same, whatever order members come in.
async function assertSame(a, b) {
  const strip = (docs) => docs.map((doc) => {
    for (const attachment of Object.values(doc._attachments ?? {})) {
      delete attachment.revpos;
    }
    doc._conflicts?.sort();
    return doc;
  });
  assert.deepEqual(strip(await all(a)), strip(await all(b)));
}

const until = async (what, condition) => {
  for (let i = 0; i < 400; i += 1) {
    if (await condition()) {
      return;
    }
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error(`it did not come: ${what}`);
};

test('push and pull of many documents', async () => {
  const { local, remote, name } = await pair('many');
  const docs = Array.from({ length: 1500 }, (_, i) => ({ _id: `doc-${String(i).padStart(5, '0')}`, n: i, text: 'é "x" \n' }));
  await local.bulkDocs(docs);
  const up = await local.replicate.to(remote, { batch_size: 400 });
  assert.equal(up.ok, true);
  assert.equal(up.docs_written, 1500);
  assert.equal(up.doc_write_failures, 0);
  assert.equal((await remote.info()).doc_count, 1500);
  const other = new PouchDB(path.join(folder, `${name}-other`));
  const down = await other.replicate.from(remote);
  assert.equal(down.docs_written, 1500);
  await assertSame(other, local);
  // From its checkpoint on there is nothing to do.
  const again = await local.replicate.to(remote);
  assert.equal(again.docs_read, 0);
  const more = await other.replicate.from(remote);
  assert.equal(more.docs_read, 0);
});

test('edits and deletions both ways', async () => {
  const { local, remote } = await pair('edits');
  await local.bulkDocs([{ _id: 'a', v: 1 }, { _id: 'b', v: 1 }, { _id: 'c', v: 1 }]);
  await local.sync(remote);
  await remote.put({ ...(await remote.get('a')), v: 2 });
  await local.remove(await local.get('b'));
  await remote.remove(await remote.get('c'));
  await remote.put({ _id: 'd', v: 1 });
  await local.sync(remote);
  await assertSame(local, remote);
  assert.deepEqual((await all(remote)).map((doc) => doc._id), ['a', 'd']);
  await assert.rejects(remote.get('b'), { status: 404, reason: 'deleted' });
  await assert.rejects(local.get('c'), { status: 404 });
  // A deleted one that is written again goes on from its tombstone.
  await remote.put({ _id: 'b', v: 3 });
  await local.sync(remote);
  assert.equal((await local.get('b')).v, 3);
  assert.match((await local.get('b'))._rev, /^3-/);
});

test('conflicts', async () => {
  const { local, remote } = await pair('conflicts');
  await local.put({ _id: 'a', v: 0 });
  await local.sync(remote);
  for (let i = 1; i <= 3; i += 1) {
    await local.put({ ...(await local.get('a')), v: `local ${i}` });
    await remote.put({ ...(await remote.get('a')), v: `remote ${i}` });
  }
  await local.sync(remote);
  await assertSame(local, remote);
  const doc = await remote.get('a', { conflicts: true, revs: true, revs_info: true });
  assert.equal(doc._conflicts.length, 1);
  assert.equal(doc._revisions.ids.length, 4);
  assert.equal(doc._revs_info.length, 4);
  const leaves = await remote.get('a', { open_revs: 'all' });
  assert.deepEqual(leaves.map((leaf) => leaf.ok._rev).sort(), [doc._rev, ...doc._conflicts].sort());
  // Resolved here, it is resolved there.
  await local.remove('a', doc._conflicts[0]);
  await local.put({ ...(await local.get('a')), v: 'merged' });
  await local.sync(remote);
  await assertSame(local, remote);
  const merged = await remote.get('a', { conflicts: true, deleted_conflicts: true });
  assert.equal(merged.v, 'merged');
  assert.equal(merged._conflicts, undefined);
});

test('attachments', async () => {
  const { local, remote, name } = await pair('attachments');
  const big = randomBytes(1500000);
  const digest = (bytes) => `md5-${createHash('md5').update(bytes).digest('base64')}`;
  await local.put({
    _id: 'a',
    _attachments: {
      'big.bin': { content_type: 'application/octet-stream', data: big.toString('base64') },
      'text é.txt': { content_type: 'text/plain', data: Buffer.from('hello').toString('base64') },
      empty: { content_type: 'text/plain', data: '' },
    },
  });
  await local.sync(remote);
  const doc = await remote.get('a');
  assert.equal(doc._attachments['big.bin'].digest, digest(big));
  assert.equal(doc._attachments['big.bin'].length, big.length);
  assert.ok(big.equals(await remote.getAttachment('a', 'big.bin')));
  assert.equal((await remote.getAttachment('a', 'text é.txt')).toString(), 'hello');
  // Written there directly; an edit keeps the others by their stubs.
  await remote.putAttachment('a', 'more', doc._rev, Buffer.from('more'), 'image/png');
  await remote.put({ ...(await remote.get('a')), edited: true });
  await local.sync(remote);
  await assertSame(local, remote);
  const kept = await local.get('a', { attachments: true });
  assert.deepEqual(Object.keys(kept._attachments).sort(), ['big.bin', 'empty', 'more', 'text é.txt']);
  await local.removeAttachment('a', 'big.bin', kept._rev);
  await local.sync(remote);
  await assertSame(local, remote);
  await assert.rejects(remote.getAttachment('a', 'big.bin'), { status: 404 });
  // A third one that knows nothing of it gets all of it.
  const third = new PouchDB(path.join(folder, `${name}-third`));
  await third.replicate.from(remote);
  await assertSame(third, remote);
});

test('live both ways', async () => {
  const { local, remote, name } = await pair('live');
  const other = new PouchDB(path.join(folder, `${name}-other`));
  const syncs = [local.sync(remote, { live: true, retry: true }), other.sync(remote, { live: true, retry: true })];
  const errors = [];
  syncs.forEach((sync) => sync.on('error', (error) => errors.push(error)));
  for (let i = 0; i < 20; i += 1) {
    await (i % 2 ? local : other).put({ _id: `live-${i}`, i });
  }
  const count = async (db) => (await db.allDocs()).rows.length;
  await until('all of the first', async () => (await count(local)) === 20 && (await count(other)) === 20);
  await local.remove(await local.get('live-0'));
  await until('a deletion', async () => (await count(other)) === 19);
  await other.put({ _id: 'file', _attachments: { x: { content_type: 'text/plain', data: 'eHl6' } } });
  await until('an attachment', async () => (await local.getAttachment('file', 'x').catch(() => '')).toString() === 'xyz');
  for (const sync of syncs) {
    sync.cancel();
    await new Promise((done) => sync.on('complete', done));
  }
  assert.deepEqual(errors, []);
  await assertSame(local, remote);
  await assertSame(other, remote);
});

test('a live changes feed tells each change', async () => {
  const { remote } = await pair('feed');
  const seen = [];
  const feed = remote.changes({ live: true, since: 'now', include_docs: true }).on('change', (row) => seen.push(row));
  await new Promise((done) => setTimeout(done, 300));
  for (let i = 0; i < 10; i += 1) {
    await remote.put({ _id: `x${i}`, i });
  }
  await until('ten changes', async () => seen.length >= 10);
  feed.cancel();
  assert.deepEqual(seen.map((row) => row.doc.i), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const descending = await remote.changes({ descending: true, limit: 3 });
  assert.deepEqual(descending.results.map((row) => row.id), ['x9', 'x8', 'x7']);
});

test('filters', async () => {
  const { local, remote, name } = await pair('filters');
  await remote.bulkDocs(Array.from({ length: 50 }, (_, i) => ({ _id: `f${i}`, even: i % 2 === 0 })));
  const down = await local.replicate.from(remote, { doc_ids: ['f3', 'f4', 'missing'] });
  assert.equal(down.docs_written, 2);
  assert.deepEqual((await all(local)).map((doc) => doc._id), ['f3', 'f4']);
  const other = new PouchDB(path.join(folder, `${name}-other`));
  await other.replicate.from(remote, { selector: { even: true } });
  assert.equal((await other.info()).doc_count, 25);
  const seen = [];
  const feed = remote.changes({ live: true, since: 'now', doc_ids: ['f7'] }).on('change', (row) => seen.push(row.id));
  await new Promise((done) => setTimeout(done, 300));
  await remote.put({ ...(await remote.get('f6')), x: 1 });
  await remote.put({ ...(await remote.get('f7')), x: 1 });
  await until('the one', async () => seen.length > 0);
  feed.cancel();
  assert.deepEqual(seen, ['f7']);
});

test('checkpoints and other _local documents', async () => {
  const { local, remote } = await pair('local');
  await local.put({ _id: 'a' });
  await local.replicate.to(remote);
  const put = await remote.put({ _id: '_local/mine', n: 1 });
  assert.equal(put.rev, '0-1');
  await assert.rejects(remote.put({ _id: '_local/mine', n: 2 }), { status: 409 });
  await remote.put({ _id: '_local/mine', _rev: '0-1', n: 2 });
  assert.equal((await remote.get('_local/mine')).n, 2);
  assert.equal((await remote.info()).doc_count, 1);
  await assert.rejects(local.get('_local/mine'), { status: 404 });
});

test('bulk_get, revs_diff and all_docs', async () => {
  const { remote } = await pair('bulk');
  await remote.bulkDocs([{ _id: 'a', v: 1 }, { _id: 'b', v: 1 }, { _id: 'c', v: 1 }]);
  const first = await remote.get('a');
  await remote.put({ ...first, v: 2 });
  const got = await remote.bulkGet({ docs: [{ id: 'a', rev: first._rev }, { id: 'nope', rev: '1-x' }, { id: 'b' }], revs: true });
  assert.equal(got.results[0].docs[0].ok.v, 1);
  assert.equal(got.results[1].docs[0].error.error, 'not_found');
  assert.equal(got.results[2].docs[0].ok._revisions.start, 1);
  const latest = await remote.bulkGet({ docs: [{ id: 'a', rev: first._rev }], latest: true });
  assert.equal(latest.results[0].docs[0].ok.v, 2);
  const diff = await remote.revsDiff({ a: [first._rev, '3-new'], new: ['1-x'] });
  assert.deepEqual(diff.a.missing, ['3-new']);
  assert.deepEqual(diff.new.missing, ['1-x']);
  const ids = (result) => result.rows.map((row) => row.id ?? row.error);
  assert.deepEqual(ids(await remote.allDocs({ startkey: 'b' })), ['b', 'c']);
  assert.deepEqual(ids(await remote.allDocs({ startkey: 'b', endkey: 'a', descending: true })), ['b', 'a']);
  assert.deepEqual(ids(await remote.allDocs({ endkey: 'b', inclusive_end: false })), ['a']);
  assert.deepEqual(ids(await remote.allDocs({ skip: 1, limit: 1 })), ['b']);
  assert.deepEqual(ids(await remote.allDocs({ key: 'c' })), ['c']);
  assert.deepEqual(ids(await remote.allDocs({ keys: ['c', 'zz', 'a'] })), ['c', 'not_found', 'a']);
});

console.log(`1..${tests.length}`);
for (const [i, { name, run }] of tests.entries()) {
  try {
    await run();
    console.log(`ok ${i + 1} ${name}`);
  } catch (error) {
    process.exitCode = 1;
    console.log(`not ok ${i + 1} ${name}`);
    console.log(`${error.stack ?? JSON.stringify(error)}`.replace(/^/gm, '# '));
  }
}
process.exit();
