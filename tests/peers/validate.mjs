// The design document held to the table of cases, as CouchDB would run it. Arguments: design.json write-rules.json.
// Needs nothing but node.
import { readFileSync } from 'node:fs';
import vm from 'node:vm';

const [designPath, casesPath] = process.argv.slice(2);
const design = JSON.parse(readFileSync(designPath, 'utf8'));
const cases = JSON.parse(readFileSync(casesPath, 'utf8'));
// A world of its own, with nothing of node's in it.
const validate = vm.runInNewContext(`(${design.validate_doc_update})`, {});

function run(row, security) {
  const doc = { ...(row.after || {}), _id: row.docid, _rev: '2-x', _revisions: { start: 2, ids: ['x', 'y'] } };
  if (row.deleted) {
    doc._deleted = true;
  }
  const before = row.before ? { ...row.before, _id: row.docid, _rev: '1-y' } : null;
  try {
    validate(doc, before, { db: 'incidents', ...row.account }, security);
    return null;
  } catch (error) {
    return error.forbidden ?? error.unauthorized ?? `broke: ${error.stack}`;
  }
}

let number = 0;
function report(name, got, expected) {
  number += 1;
  console.log(`${got === expected ? 'ok' : 'not ok'} ${number} ${name.replace(/#/g, '')}`);
  if (got !== expected) {
    console.log(`# got ${got}, expected ${expected}`);
    process.exitCode = 1;
  }
}

// What the table of documents cannot say: who is an administrator of the database alone, and what was deleted before.
const designer = cases.find((row) => row.name === 'design by responder');
const edited = cases.find((row) => row.name === 'decision edited');
const known = designer !== undefined && edited !== undefined;
console.log(`1..${cases.length + (known ? 5 : 1)}`);
for (const row of cases) {
  report(row.name, run(row, {}), row.reason);
}
if (known) {
  report('database admin by name', run(designer, { admins: { names: ['hana'], roles: [] } }), null);
  report('database admin by role', run(designer, { admins: { names: [], roles: ['responder'] } }), null);
  report('no database admin', run(designer, { admins: { names: ['omar'], roles: ['x'] } }), designer.reason);
  report('after a deletion', run({ ...edited, before: { ...edited.before, _deleted: true } }, {}), null);
}
// Old engines know no newer language: the function is parsed by its ES5 parts alone.
const newer = /=>|`|\b(let|const|class)\s|\.\.\./.test(design.validate_doc_update.replace(/\/\/.*$/gm, ''));
report('old JavaScript', newer, false);
