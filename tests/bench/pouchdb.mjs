// PouchDB (LevelDB) as a client: node pouchdb.mjs MODULES FOLDER fill N SIZE | push URL | pull URL. Prints JSON.
// BENCH_AUTHORIZATION: the header's value; NODE_EXTRA_CA_CERTS names the server's certificate.
import { createRequire } from 'node:module';
import path from 'node:path';

const [modules, folder, mode, ...rest] = process.argv.slice(2);
const PouchDB = createRequire(path.join(modules, 'x.js'))('pouchdb');
const local = new PouchDB(folder);
const words = 'the mail gateway asked the proxy for page and got an answer that nobody expected ';

function text(i, size) {
  let out = '';
  for (let at = i * 7; out.length < size; at = 0) {
    out += words.slice(at % words.length);
  }
  return out.slice(0, size);
}

function body(i, size) {
  const minute = String(Math.floor(i / 60) % 60).padStart(2, '0');
  const time = `2026-11-03T03:${minute}:${String(i % 60).padStart(2, '0')}.${String(i % 1000000).padStart(6, '0')}Z`;
  const incident = '01900000-0000-7000-8000-00000000000a';
  const doc = { created_at: time, created_by: 'hana', incident, kind: 'observation', modified_by: 'hana', occurred_at: time, source: 'proxy',
    text: '', type: 'entry', v: 1 };
  doc.text = text(i, size - JSON.stringify(doc).length);
  doc._id = `${incident}:entry-01900000-0000-7000-8000-${(Math.imul(i, 2654435761) >>> 0).toString(16).padStart(12, '0')}`;
  return doc;
}

if (mode === 'fill') {
  const [n, size] = rest.map(Number);
  for (let i = 0; i < n; i += 1000) {
    await local.bulkDocs(Array.from({ length: Math.min(1000, n - i) }, (_, j) => body(i + j, size)));
  }
} else {
  const remote = new PouchDB(rest[0], {
    skip_setup: true,
    fetch: (url, options) => {
      options.headers.set('Authorization', process.env.BENCH_AUTHORIZATION);
      return PouchDB.fetch(url, options);
    },
  });
  const batch = rest[1] ? { batch_size: Number(rest[1]) } : {};
  const begin = performance.now();
  const done = mode === 'push' ? await local.replicate.to(remote, batch) : await local.replicate.from(remote, batch);
  console.log(JSON.stringify({ seconds: (performance.now() - begin) / 1000, docs: done.docs_written,
    failed: done.doc_write_failures }));
}
await local.close();
