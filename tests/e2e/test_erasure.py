#!/usr/bin/env python3
"""Erasure (GDPR Article 17): what one copy erases is gone from the server and from every other copy, down to the bytes."""
import base64
import hashlib
import json
import pathlib
import ssl
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

from harness import NOT_FOUND, REFUSED, USAGE, contains, equal, main

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / 'peers'))
import peers  # noqa: E402

SECRET = 'Jane-Doe-of-4-Privet-Drive'


class Client:
    def __init__(self, box, server, name, user):
        self.box, self.dir, self.user = box, box.dir / name, user
        pin = hashlib.sha256(ssl.PEM_cert_to_DER_cert(server.certificate.read_text())).hexdigest()
        self.run('sync', 'setup', server.url, '--user', user, '--pin', pin, '--password-stdin', stdin=peers.PASSWORD)

    def run(self, *words, **options):
        return self.box.run('--workspace', self.dir, '--author', self.user, *words, **options)

    def sync(self, **options):
        return self.run('--json', 'sync', '--password-stdin', stdin=peers.PASSWORD, **options).json

    def erase(self, *docids, **options):
        return self.run('--json', 'erase', *docids, '--why', 'Article 17', '--password-stdin', stdin=peers.PASSWORD, **options)


def ask(server, method, path, body=None, user='admin'):
    context = ssl.create_default_context(cafile=str(server.certificate))
    request = urllib.request.Request(f'{server.url}{path}', method=method, data=None if body is None else json.dumps(body).encode(),
                                     headers={'Content-Type': 'application/json', 'Authorization': 'Basic ' +
                                              base64.b64encode(f'{user}:{peers.PASSWORD}'.encode()).decode()})
    try:
        with urllib.request.urlopen(request, context=context, timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def holding(folder, text):
    """The files below a folder in which the bytes are."""
    found = []
    for path in pathlib.Path(folder).rglob('*'):
        if path.is_file() and text.encode().lower() in path.read_bytes().lower():
            found.append(str(path.relative_to(folder)))
    return found


def wait_for_none(folder, text):
    """The server compacts when nobody has written for a moment."""
    for _ in range(150):
        if not holding(folder, text):
            return
        time.sleep(0.1)
    equal(holding(folder, text), [])


class Team:
    def __init__(self, box):
        self.server = peers.Server(box.dir / 'server')
        self.server.dir.mkdir()
        self.server.init()
        self.server.adduser('hana')
        self.server.start()

    def __enter__(self):
        return self.server

    def __exit__(self, *_):
        self.server.stop()


def entry_of(client, incident, text):
    rows = client.run('--json', 'show', incident).json['timeline']
    return next(row['_id'] for row in rows if text in row.get('text', ''))


def test_reaches_every_copy(box):
    with Team(box) as server:
        one = Client(box, server, 'one', 'admin')
        two = Client(box, server, 'two', 'hana')
        stale = Client(box, server, 'stale', 'admin')
        incident = one.run('new', 'Mail sent astray').out.strip()
        one.run('add', incident, f'03:05 mail of {SECRET} went out')
        one.run('add', incident, '03:10 the mail was called back')
        one.run('evidence', 'add', incident, box.file('mail.txt', f'From: {SECRET}\n'))
        one.sync(), two.sync(), stale.sync()
        entry = entry_of(two, incident, SECRET)
        evidence = one.run('--json', 'evidence', 'list', incident).json[0]['_id']
        for folder in one.dir, two.dir, stale.dir, server.data:
            assert len(holding(folder, SECRET)) >= 2, folder
        # Not by somebody who may not, and nothing is lost by trying.
        contains(two.erase(entry, code=REFUSED).err, 'Only an administrator')
        assert holding(two.dir, SECRET)
        equal(one.erase(entry, evidence).json['erased'], [entry, evidence])
        equal(holding(one.dir, SECRET), [])
        one.sync()
        wait_for_none(server.data, SECRET)
        two.run('add', incident, '03:20 meanwhile')
        equal(two.sync()['erased'], 2)
        equal(holding(two.dir, SECRET), [])
        # One that has not heard of it, and sends what it has.
        body = {'_id': entry, '_rev': '1-abc', 'type': 'entry', 'v': 1, 'incident': incident, 'kind': 'observation',
                'text': SECRET, 'modified_by': 'admin', 'created_by': 'admin'}
        equal(ask(server, 'POST', '/incidents/_bulk_docs', {'new_edits': False, 'docs': [body]}), (201, []))
        equal(ask(server, 'GET', f'/incidents/{urllib.parse.quote(entry, safe="")}')[0], 404)
        equal(stale.sync()['erased'], 2)
        equal(holding(stale.dir, SECRET), [])
        wait_for_none(server.data, SECRET)
        # From the start.
        fresh = Client(box, server, 'fresh', 'hana')
        fresh.sync()
        equal(holding(fresh.dir, SECRET), [])
        for client in one, two, stale, fresh:
            client.sync()
            texts = [row.get('text', '') for row in client.run('--json', 'show', incident).json['timeline']]
            assert any('called back' in text for text in texts) and any('meanwhile' in text for text in texts), texts
            client.run('check')


def test_purge_at_the_server(box):
    """An operator purges as on any CouchDB; workspaces follow."""
    with Team(box) as server:
        one = Client(box, server, 'one', 'hana')
        incident = one.run('new', 'Mail sent astray').out.strip()
        one.run('add', incident, f'03:05 mail of {SECRET} went out')
        one.sync()
        entry = entry_of(one, incident, SECRET)
        path = f'/incidents/{urllib.parse.quote(entry, safe="")}'
        rev = ask(server, 'GET', path)[1]['_rev']
        equal(ask(server, 'POST', '/incidents/_purge', {entry: [rev]}, user='hana')[0], 403)
        equal(ask(server, 'POST', '/incidents/_purge', {entry: [rev]})[1]['purged'], {entry: [rev]})
        rows = ask(server, 'GET', '/incidents/_all_docs?include_docs=true')[1]['rows']
        told = [row['doc'] for row in rows if ':erasure-' in row['id']]
        equal([doc['ids'] for doc in told], [[entry]])
        equal(told[0]['modified_by'], 'admin')
        wait_for_none(server.data, SECRET)
        equal(one.sync()['erased'], 1)
        equal(holding(one.dir, SECRET), [])


def test_not_beyond_its_scope(box):
    """Neither another incident's documents, nor by somebody who is no administrator."""
    with Team(box) as server:
        one = Client(box, server, 'one', 'hana')
        a, b = (one.run('new', title).out.strip() for title in ('A', 'B'))
        one.run('add', b, '03:05 stays')
        one.sync()
        entry = entry_of(one, b, 'stays')
        erasure = {'type': 'erasure', 'v': 1, 'ids': [entry], 'modified_by': 'hana', 'created_by': 'hana'}
        path = '/incidents/' + urllib.parse.quote(f'{a}:erasure-0199a1b2-c3d4-7800-8000-00000000000e', safe='')
        equal(ask(server, 'PUT', path, erasure, user='hana')[0], 403)
        equal(ask(server, 'PUT', path, erasure)[0], 201)
        equal(one.sync()['erased'], 0)
        entry_of(one, b, 'stays')


def test_without_a_server(box):
    incident = box.new()
    box.run('add', incident, f'03:05 mail of {SECRET} went out')
    entry = next(row['_id'] for row in box.json('show', incident)['timeline'] if SECRET in row.get('text', ''))
    bundle = box.dir / 'before.iwbundle'
    box.run('bundle', 'export', bundle, incident)
    box.run('erase', entry, code=USAGE)
    box.run('erase', f'{incident}:incident', '--why', 'x', code=USAGE)
    box.run('erase', f'{incident}:entry-none', '--why', 'x', code=NOT_FOUND)
    contains(box.run('erase', entry, '--why', 'Article 17').out, 'Erased: 1 document.')
    equal(holding(box.workspace, SECRET), [])
    box.run('erase', entry, '--why', 'x', code=NOT_FOUND)
    box.run('bundle', 'import', bundle, '--allow-unsigned')
    equal([row for row in box.json('show', incident)['timeline'] if SECRET in row.get('text', '')], [])
    box.run('check')
    # A file may come from anybody: what it says is erased is not.
    after, other = box.dir / 'after.iwbundle', box.dir / 'other'
    box.run('bundle', 'export', after, incident)
    for file in bundle, after:
        box.run('--workspace', other, 'bundle', 'import', file, '--allow-unsigned')
    assert holding(other, SECRET) and not holding(other, ':erasure-')


main(__name__)
