// What PouchDB has of a database after it replicated it: arguments: the folder with node_modules, the database's
// address with name and password. Prints {"documents": {id: [winner, body]}, "leaves": [[id, revision, deleted]]}.
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const [modules, url] = process.argv.slice(2);
const PouchDB = createRequire(path.join(modules, 'x.js'))('pouchdb');
const folder = mkdtempSync(path.join(tmpdir(), 'pouchdb-'));

function body(doc) {
  return Object.fromEntries(Object.entries(doc).filter(([name]) => !name.startsWith('_')));
}

try {
  const db = new PouchDB(path.join(folder, 'copy'));
  const done = await db.replicate.from(new PouchDB(url, { skip_setup: true }));
  if (!done.ok || done.doc_write_failures > 0) {
    throw new Error(`the replication failed: ${JSON.stringify(done)}`);
  }
  const view = { documents: {}, leaves: [] };
  for (const { id } of (await db.changes({ style: 'all_docs' })).results) {
    for (const { ok } of await db.get(id, { open_revs: 'all' })) {
      view.leaves.push([id, ok._rev, ok._deleted === true]);
    }
  }
  for (const { id, doc } of (await db.allDocs({ include_docs: true })).rows) {
    view.documents[id] = [doc._rev, body(doc)];
  }
  await db.close();
  console.log(JSON.stringify(view));
} finally {
  rmSync(folder, { recursive: true });
}
