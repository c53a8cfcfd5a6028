#!/usr/bin/env python3
"""What CouchDB's own replicator asks of a server, asked of ours, as source and as target, over its real HTTPS.

Written from its documentation ("Replication protocol") and from what it was seen to send: the cookie before basic
auth, _bulk_get, documents with attachments one by one as multipart, checkpoints with their counter as a history,
continuous feeds with a timeout and without a heartbeat.
"""
import base64
import gzip
import hashlib
import http.client
import json
import pathlib
import re
import socket
import ssl
import sys
import time
import uuid
from urllib.parse import quote, urlencode

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / 'peers'))
import peers  # noqa: E402

from harness import equal, main  # noqa: E402

AGENT = {'User-Agent': 'CouchDB-Replicator/3.4.2', 'Accept': 'application/json'}
JSON = {'Content-Type': 'application/json'}
MAX_URL = 7000


class Peer:
    """One end: a database, signed in by _session."""

    def __init__(self, server, db, user='admin', password=peers.PASSWORD):
        self.server, self.user, self.password = server, user, password
        self.path = '/' + quote(db, safe='')
        self.cookie = None
        self.connect()

    def connect(self):
        context = ssl.create_default_context(cafile=str(self.server.certificate))
        self.http = http.client.HTTPSConnection('localhost', self.server.port, context=context, timeout=30)

    def sign_in(self):
        self.http.request('POST', '/_session', urlencode({'name': self.user, 'password': self.password}),
                          {'User-Agent': AGENT['User-Agent'], 'Content-Type': 'application/x-www-form-urlencoded'})
        answer = self.http.getresponse()
        answer.read()
        equal(answer.status, 200)
        parts = dict(part.strip().partition('=')[::2] for part in answer.headers['Set-Cookie'].split(';'))
        assert int(parts['Max-Age']) > 0
        self.cookie = parts['AuthSession']

    def send(self, method, path='', query=None, body=None, headers=None):
        if self.cookie is None:
            self.sign_in()
        url = self.path + '/' + path + ('?' + urlencode(query) if query else '')
        self.http.request(method, url, body, {**AGENT, 'Cookie': f'AuthSession={self.cookie}', **(headers or {})})
        return self.http.getresponse()

    def ask(self, method, path='', query=None, body=None, headers=None, status=200):
        if isinstance(body, (dict, list)):
            body, headers = json.dumps(body), {**JSON, **(headers or {})}
        answer = self.send(method, path, query, body, headers)
        data = answer.read()
        if answer.status != status:
            raise AssertionError(f'{method} {path} {query}: {answer.status}, not {status}: {data[:500]!r}')
        equal(answer.headers['Content-Type'], 'application/json')
        return json.loads(data)

    def info(self):
        info = self.ask('GET')
        assert 'update_seq' in info and 'instance_start_time' in info, info
        return info

    def local(self, name):
        answer = self.send('GET', '_local/' + quote(name, safe=''))
        found = json.loads(answer.read())
        if answer.status == 200:
            return found
        equal((answer.status, found['error']), (404, 'not_found'))
        return {'_id': '_local/' + name}

    def lines(self, **query):
        """The lines of a continuous feed until it ends, and how long that took."""
        begin = time.monotonic()
        answer = self.send('GET', '_changes', {'feed': 'continuous', 'style': 'all_docs', **query})
        equal(answer.status, 200)
        lines = [json.loads(line) for line in answer]
        return lines, time.monotonic() - begin


def doc_path(docid):
    prefix, _, name = docid.partition('/')
    return f'{prefix}/{quote(name, safe="")}' if prefix in ('_design', '_local') else quote(docid, safe='')


def split_headers(data):
    head, _, body = data.partition(b'\r\n\r\n')
    pairs = (line.split(b': ', 1) for line in head.split(b'\r\n') if line)
    return {name.decode().lower(): value.decode() for name, value in pairs}, body


def parts_of(content_type, data, kind):
    """The (headers, body) of each part."""
    start, _, boundary = content_type.partition('; boundary=')
    equal(start, 'multipart/' + kind)
    boundary = boundary.strip('"').encode()
    pieces = (b'\r\n' + data).split(b'\r\n--' + boundary)
    assert pieces[-1].startswith(b'--'), data[-200:]
    return [split_headers(piece[2:]) for piece in pieces[1:-1]]


def open_revs(source, docid, revs, since):
    """Documents with the bytes of their attachments as they came, by name."""
    query = {'revs': 'true', 'open_revs': json.dumps(revs), 'latest': 'true'}
    if since:
        query['atts_since'] = json.dumps(since)
    answer = source.send('GET', doc_path(docid), query, headers={'Accept': 'multipart/mixed'})
    equal(answer.status, 200)
    found = []
    for headers, body in parts_of(answer.headers['Content-Type'], answer.read(), 'mixed'):
        if headers['content-type'].startswith('multipart/related'):
            (first, text), *files = parts_of(headers['content-type'], body, 'related')
            equal(first['content-type'], 'application/json')
            blobs = {}
            for head, data in files:
                equal(int(head['content-length']), len(data))
                blobs[head['content-disposition'].split('filename=')[1].strip('"')] = (head, data)
            found.append((json.loads(text), blobs))
        else:
            equal(headers['content-type'], 'application/json')
            found.append((json.loads(body), {}))
    return found


def put_related(target, doc, blobs, status=201):
    """As it streams a document with attachments: Content-Length, no line after the last boundary."""
    boundary = uuid.uuid4().hex
    data = f'--{boundary}\r\nContent-Type: application/json\r\n\r\n{json.dumps(doc)}\r\n--{boundary}'.encode()
    for name, stub in doc.get('_attachments', {}).items():
        if not stub.get('follows'):
            continue
        head, blob = blobs[name]
        data += (f'\r\nContent-Disposition: attachment; filename="{name}"\r\nContent-Type: {stub["content_type"]}\r\n'
                 f'Content-Length: {len(blob)}').encode()
        if 'content-encoding' in head:
            data += b'\r\nContent-Encoding: ' + head['content-encoding'].encode()
        data += b'\r\n\r\n' + blob + f'\r\n--{boundary}'.encode()
    data += b'--'
    content_type = f'multipart/related; boundary="{boundary}"'
    if not blobs:
        data, content_type = json.dumps(doc).encode(), 'application/json'
    got = target.ask('PUT', doc_path(doc['_id']), {'new_edits': 'false'}, data, {'Content-Type': content_type}, status)
    if status == 201:
        equal(got, {'ok': True, 'id': doc['_id'], 'rev': doc['_rev']})
    return got


def fetch_and_write(source, target, missing, counts):
    """_bulk_get where a document has no attachments; one by one where it has."""
    wanted = [(docid, rev, found.get('possible_ancestors', [])) for docid, found in missing.items() for rev in found['missing']]
    got = source.ask('POST', '_bulk_get', {'latest': 'true', 'revs': 'true', 'attachments': 'false'},
                     {'docs': [{'id': i, 'rev': rev, 'atts_since': since} for i, rev, since in wanted],
                      'latest': True, 'revs': True, 'attachments': False})
    equal(list(got), ['results'])
    equal([row['id'] for row in got['results']], [docid for docid, _, _ in wanted])
    batch, single = [], {}
    for (docid, rev, since), row in zip(wanted, got['results']):
        equal(len(row['docs']), 1)
        doc = row['docs'][0].get('ok')
        if doc is not None and '_attachments' not in doc and not docid.startswith('_design/'):
            batch.append(doc)
        else:
            single.setdefault(docid, ([], since))[0].append(rev)
    for docid, (revs, since) in single.items():
        for doc, blobs in open_revs(source, docid, revs, since):
            put_related(target, doc, blobs)
            counts['single'] += 1
    if batch:
        errors = target.ask('POST', '_bulk_docs', None, {'new_edits': False, 'docs': batch},
                            {'X-Couch-Full-Commit': 'false'}, status=201)
        counts['refused'] += [row for row in errors if 'error' in row]
        counts['batch'] += len(batch)


def common_sequence(a, b):
    if a.get('session_id') and a.get('session_id') == b.get('session_id'):
        return a['source_last_seq']
    for mine in a.get('history', []):
        if any(mine['session_id'] == other['session_id'] for other in b.get('history', [])):
            return mine['recorded_seq']
    return 0


def checkpoint(peer, log, record):
    """A PUT that tells the counter twice: as _rev, and as a history that begins at 0."""
    rev = log.get('_rev')
    body = {**log, **record}
    body['history'] = [record['history'][0], *log.get('history', [])][:50]
    if rev is not None:
        body['_revisions'] = {'start': 0, 'ids': [rev.removeprefix('0-')]}
    got = peer.ask('PUT', doc_path(log['_id']), None, body, status=201)
    assert got['rev'].startswith('0-'), got
    return {**{k: v for k, v in body.items() if k != '_revisions'}, '_rev': got['rev']}


def replicate(source, target, continuous=False, query=None):
    """A whole replication; what was done."""
    counts = {'batch': 0, 'single': 0, 'refused': [], 'read': 0}
    start = [peer.info()['instance_start_time'] for peer in (source, target)]
    name = hashlib.md5(f'{source.path} {target.path} {continuous}'.encode()).hexdigest() + ('+continuous' if continuous else '')
    logs = [peer.local(name) for peer in (source, target)]
    since = common_sequence(*logs)
    session, last = uuid.uuid4().hex, since
    if continuous:
        rows, _ = source.lines(since=since, timeout=1000)
        *rows, end = rows
        assert set(end) >= {'last_seq'}, end
    else:
        found = source.ask('GET', '_changes', {'feed': 'normal', 'style': 'all_docs', 'since': since, 'timeout': 10000})
        rows, end = found['results'], found
    counts['read'] = len(rows)
    for i in range(0, len(rows), 3):
        some = rows[i:i + 3]
        missing = target.ask('POST', '_revs_diff', None, {row['id']: [c['rev'] for c in row['changes']] for row in some})
        if missing:
            fetch_and_write(source, target, missing, counts)
        last = some[-1]['seq']
        commits = [peer.ask('POST', '_ensure_full_commit', None, '', JSON, status=201) for peer in (source, target)]
        equal([commit['instance_start_time'] for commit in commits], start)
        record = {'session_id': session, 'source_last_seq': last, 'replication_id_version': 4,
                  'history': [{'session_id': session, 'recorded_seq': last, 'doc_write_failures': len(counts['refused'])}]}
        logs = [checkpoint(peer, log, record) for peer, log in zip((source, target), logs)]
        pending = source.ask('GET', '_changes', {'since': last, 'limit': 0})
        assert pending['pending'] <= len(rows), pending
    return counts


def state(peer):
    """All leaves with their histories, and the digest of each attachment's bytes."""
    found = {}
    for row in peer.ask('GET', '_changes', {'style': 'all_docs'})['results']:
        for change in row['changes']:
            doc = peer.ask('GET', doc_path(row['id']), {'rev': change['rev'], 'revs': 'true', 'attachments': 'true'})
            for stub in doc.get('_attachments', {}).values():
                stub['data'] = hashlib.sha256(base64.b64decode(stub['data'])).hexdigest()
            found[row['id'], change['rev']] = doc
    return found


def served(box, *accounts):
    server = peers.Server(box.dir)
    server.init()
    for name in accounts:
        server.adduser(name)
    server.start()
    return server


def finish(server):
    equal(server.stop(), 0)
    log = (server.dir / 'server.log').read_text()
    for word in 'CRITICAL', 'WARNING', peers.PASSWORD:
        assert word not in log, log[-2000:]


def fill(peer):
    """Plain and odd ids, a conflict, a tombstone, a design document, attachments plain and gzipped."""
    peer.ask('PUT', status=201)
    docs = [{'_id': docid, 'n': docid} for docid in ('a', 'a/b', 'ü é', 'a+b?c#d', 'x:y', '%41')]
    revs = peer.ask('POST', '_bulk_docs', None, {'docs': docs}, status=201)
    peer.ask('POST', '_bulk_docs', None, {'new_edits': False, 'docs': [
        {'_id': 'a', 'n': 2, '_revisions': {'start': 2, 'ids': [word, revs[0]['rev'][2:]]}} for word in ('bb', 'cc')]}, status=201)
    gone = next(row['rev'] for row in revs if row['id'] == 'x:y')
    peer.ask('DELETE', 'x%3Ay', {'rev': gone})
    peer.ask('PUT', '_design/app', None, {'language': 'javascript', 'views': {}}, status=201)
    rev = peer.ask('PUT', 'files/one.bin', None, bytes(range(256)) * 400, {'Content-Type': 'application/octet-stream'}, 201)['rev']
    peer.ask('PUT', 'files/two%20%C3%BC.txt', {'rev': rev}, b'', {'Content-Type': 'text/plain'}, 201)
    put_gzipped(peer, 'zipped', b'what compresses well ' * 500)


def put_gzipped(peer, docid, text):
    """As CouchDB sends what it keeps compressed: the digest is that of the bytes as sent."""
    blob = gzip.compress(text)
    digest = 'md5-' + base64.b64encode(hashlib.md5(blob).digest()).decode()
    doc = {'_id': docid, '_rev': '1-abc', '_revisions': {'start': 1, 'ids': ['abc']}, '_attachments': {'t.txt': {
        'content_type': 'text/plain', 'revpos': 1, 'digest': digest, 'length': len(text), 'follows': True,
        'encoding': 'gzip', 'encoded_length': len(blob)}}}
    put_related(peer, doc, {'t.txt': ({'content-encoding': 'gzip'}, blob)})
    equal(peer.send('GET', f'{docid}/t.txt').read(), text)


def test_stubs_of_what_it_keeps_compressed(box):
    """It leaves out what an ancestor has, and tells the digest of the bytes that it would have sent."""
    server = served(box)
    peer = Peer(server, 'db')
    peer.ask('PUT', status=201)
    text = b'what compresses well ' * 500
    put_gzipped(peer, 'zipped', text)
    put_gzipped(peer, 'other', text)
    blob = gzip.compress(text)
    stub = {'content_type': 'text/plain', 'revpos': 1, 'digest': 'md5-' + base64.b64encode(hashlib.md5(blob).digest()).decode(),
            'length': len(text), 'stub': True, 'encoding': 'gzip', 'encoded_length': len(blob)}
    # Edits between were never here; what came with the last is sent.
    new = {'content_type': 'text/plain', 'revpos': 4, 'length': 2, 'follows': True, 'digest': 'md5-' + base64.b64encode(
        hashlib.md5(b'4!').digest()).decode()}
    ids = ['d4', 'c3', 'b2', 'abc']
    put_related(peer, {'_id': 'zipped', '_rev': '4-d4', '_revisions': {'start': 4, 'ids': ids},
                       '_attachments': {'t.txt': stub, 'new': new}}, {'new': ({}, b'4!')})
    equal(peer.send('GET', 'zipped/t.txt').read(), text)
    equal(peer.send('GET', 'zipped/new').read(), b'4!')
    equal(peer.ask('GET', 'zipped')['_attachments']['t.txt']['revpos'], 1)
    for other in {'revpos': 2}, {'length': 5}, {'name': 'u.txt'}, {'encoding': None}:
        told = {key: value for key, value in {**stub, **other}.items() if key != 'name' and value is not None}
        got = put_related(peer, {'_id': 'other', '_rev': '2-d4', '_revisions': {'start': 2, 'ids': ['d4', 'abc']},
                                 '_attachments': {other.get('name', 't.txt'): told}}, {'t.txt': None}, status=412)
        equal(got['error'], 'missing_stub')
    # An edit by hand, too, must mean what is there.
    equal(peer.ask('PUT', 'other', {'rev': '1-abc'}, {'_attachments': {'t.txt': {'stub': True, 'revpos': 9}}}, status=412)['error'],
          'missing_stub')
    peer.ask('PUT', 'other', {'rev': '1-abc'}, {'_attachments': {'t.txt': {'stub': True}}}, status=201)
    finish(server)


def test_empty_attachments(box):
    """A CouchDB waits for ever for parts that have no byte, where there are no others."""
    server = served(box)
    source, target = Peer(server, 'source'), Peer(server, 'target')
    for peer in source, target:
        peer.ask('PUT', status=201)
    empty = {'content_type': 'image/png', 'data': ''}
    full = {'content_type': 'image/png', 'data': base64.b64encode(b'full').decode()}
    for docid, files in ('none', {'a': empty, 'b': empty}), ('some', {'a': empty, 'b': full, 'c': empty}):
        rev = source.ask('PUT', docid, None, {'_attachments': files}, status=201)['rev']
        (doc, blobs), = open_revs(source, docid, [rev], None)
        equal(sorted(blobs), ['b'] if docid == 'some' else [])
        equal(doc['_attachments']['a'], {**empty, 'revpos': 1, 'digest': doc['_attachments']['a']['digest']})
    equal(replicate(source, target)['refused'], [])
    equal(state(source), state(target))
    equal(target.send('GET', 'some/a').read(), b'')
    finish(server)


def test_from_one_database_to_another(box):
    server = served(box)
    source, target = Peer(server, 'source/one+(a)'), Peer(server, 'target')
    fill(source)
    target.ask('PUT', status=201)
    done = replicate(source, target)
    equal(done['refused'], [])
    equal((done['read'], done['single']), (9, 3))
    equal(state(source), state(target))
    # It goes on where it was; nothing is sent twice.
    equal(replicate(source, target)['read'], 0)
    source.ask('POST', '_bulk_docs', None, {'docs': [{'_id': f'more{i}'} for i in range(7)]}, status=201)
    done = replicate(source, target)
    equal((done['read'], done['batch']), (7, 7))
    # An edit of a document with attachments sends those anew that are younger than what is there.
    rev = source.ask('GET', 'files')['_rev']
    source.ask('PUT', 'files/three.txt', {'rev': rev}, b'3', {'Content-Type': 'text/plain'}, 201)
    (doc, blobs), = open_revs(source, 'files', [source.ask('GET', 'files')['_rev']], [rev])
    equal(sorted(blobs), ['three.txt'])
    equal([stub.get('stub', False) for _, stub in sorted(doc['_attachments'].items())], [True, False, True])
    # Where all of them are known it is no multipart: its reader would wait for what follows.
    old = source.ask('GET', 'files')
    rev = source.ask('PUT', 'files', None, {**old, 'edited': True}, status=201)['rev']
    for query, kind in ({'open_revs': json.dumps([rev])}, 'mixed'), ({'rev': rev}, None):
        answer = source.send('GET', 'files', {'revs': 'true', 'atts_since': json.dumps([old['_rev']]), **query},
                             headers={'Accept': f'multipart/{kind or "related"}'})
        body, content_type = answer.read(), answer.headers['Content-Type']
        if kind:
            (headers, body), = parts_of(content_type, body, kind)
            content_type = headers['content-type']
        equal(content_type, 'application/json')
        equal({stub['stub'] for stub in json.loads(body)['_attachments'].values()}, {True})
    replicate(source, target)
    equal(state(source), state(target))
    # And back: another replication, which finds all there.
    done = replicate(target, source)
    equal((done['batch'], done['single']), (0, 0))
    # A restart changes no sequence.
    server.kill()
    server.start()
    for peer in source, target:
        peer.connect()
    equal(replicate(source, target)['read'], 0)
    finish(server)


def test_a_selector_is_for_leaves(box):
    """With all of them asked for, those that do not match are left out, and the winner may be one of these."""
    server = served(box)
    peer = Peer(server, 'db')
    peer.ask('PUT', status=201)
    peer.ask('POST', '_bulk_docs', None, {'new_edits': False, 'docs': [
        {'_id': 'a', 'n': n, '_revisions': {'start': 1, 'ids': [f'a{n}']}} for n in range(4)]}, status=201)
    peer.ask('PUT', 'b', None, {'n': 3}, status=201)
    for n, style, wanted in (3, 'all_docs', {'a': ['1-a3'], 'b': 1}), (0, 'all_docs', {'a': ['1-a0']}), \
            (3, 'main_only', {'a': ['1-a3'], 'b': 1}), (0, 'main_only', {}), (7, 'all_docs', {}), \
            ({'$gt': 1}, 'all_docs', {'a': ['1-a3', '1-a2'], 'b': 1}), ({'$lt': 3}, 'all_docs', {'a': ['1-a2', '1-a1', '1-a0']}):
        rows = peer.ask('POST', '_changes', {'filter': '_selector', 'style': style}, {'selector': {'n': n}})['results']
        got = {row['id']: [change['rev'] for change in row['changes']] for row in rows}
        equal({docid: len(revs) if docid == 'b' else revs for docid, revs in got.items()}, wanted)
    finish(server)


def test_continuous_with_a_timeout_and_no_heartbeat(box):
    server = served(box)
    source, target = Peer(server, 'source'), Peer(server, 'target')
    fill(source)
    target.ask('PUT', status=201)
    equal(replicate(source, target, continuous=True)['read'], 9)
    equal(state(source), state(target))
    since = source.info()['update_seq']
    lines, took = source.lines(since=since, timeout=1000)
    equal([set(line) >= {'last_seq'} for line in lines], [True])
    assert 0.8 < took < 5, took
    # A change comes at once, and the time begins anew.
    other = Peer(server, 'source')
    other.sign_in()
    answer = source.send('GET', '_changes', {'feed': 'continuous', 'style': 'all_docs', 'since': since, 'timeout': 1500})
    begin = time.monotonic()
    time.sleep(1)
    other.ask('PUT', 'late', None, {}, status=201)
    equal(json.loads(answer.readline())['id'], 'late')
    assert time.monotonic() - begin < 2
    assert 'last_seq' in json.loads(answer.readline())
    assert time.monotonic() - begin > 2.3, time.monotonic() - begin
    equal(answer.readline(), b'')
    # Another name for it.
    lines, _ = source.lines(since=since, timeout=200, feed='live')
    equal([line.get('id') for line in lines], ['late', None])
    # A longpoll that waits is told so before it gets anything.
    now = source.info()['update_seq']
    begin = time.monotonic()
    answer = source.send('GET', '_changes', {'feed': 'longpoll', 'since': now, 'timeout': 3000})
    assert time.monotonic() - begin < 2
    other.ask('PUT', 'later', None, {}, status=201)
    equal([row['id'] for row in json.loads(answer.read())['results']], ['later'])
    finish(server)


def records(server, path, cookie, until):
    """What each record of TLS holds, of an answer on a connection that stays."""
    context = ssl.create_default_context(cafile=str(server.certificate))
    got = []
    with socket.create_connection(('localhost', server.port), 30) as plain, \
            context.wrap_socket(plain, server_hostname='localhost') as tls:
        tls.sendall(f'GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: multipart/mixed\r\n'
                    f'Cookie: AuthSession={cookie}\r\n\r\n'.encode())
        while not b''.join(got[-2:]).endswith(until):
            got.append(tls.recv(65536))
            assert got[-1], got[-3:]
    return got


def test_no_record_ends_behind_the_length_of_a_chunk(box):
    """Its HTTP client asks for more after each record that brought something, and a length alone brings nothing: it
    would wait for half a minute."""
    server = served(box)
    peer = Peer(server, 'db')
    peer.ask('PUT', status=201)
    rev = peer.ask('PUT', 'big/b', None, bytes(range(256)) * 2000, {'Content-Type': 'application/octet-stream'}, 201)['rev']
    peer.ask('PUT', 'small', None, {}, status=201)
    revs = quote(json.dumps([rev]))
    for path, until in ((f'big?revs=true&latest=true&open_revs={revs}', b'\r\n0\r\n\r\n'),
                        ('_changes?feed=continuous&timeout=500', b'\r\n0\r\n\r\n'),
                        ('_changes?feed=continuous&heartbeat=2000', b'}]}\n\r\n')):
        got = records(server, f'/db/{path}', peer.cookie, until)
        for record in got:
            assert not re.search(rb'(^|\r\n)[0-9a-f]+\r\n$', record), (path, record[-40:])
        # The end is one record, too.
        assert len(got[-1]) > len(until), got[-1]
    finish(server)


def test_what_is_refused_blocks_nothing(box):
    server = served(box, 'kim')
    source, target = Peer(server, 'source'), Peer(server, 'target')
    source.ask('PUT', status=201)
    target.ask('PUT', status=201)
    target.ask('PUT', '_security', None, {'admins': {'names': [], 'roles': []}, 'members': {'names': ['kim'], 'roles': []}})
    source.ask('POST', '_bulk_docs', None, {'docs': [{'_id': 'fine'}, {'_id': 'fine2'}]}, status=201)
    source.ask('PUT', '_design/app', None, {'language': 'javascript'}, status=201)
    kim = Peer(server, 'target', 'kim')
    # Not an admin: a design document is refused by itself, with an error that the replicator skips.
    (doc, blobs), = open_revs(source, '_design/app', [source.ask('GET', '_design/app')['_rev']], [])
    got = put_related(kim, doc, blobs, status=403)
    equal(got['error'], 'forbidden')
    bad = {'_id': 'x:entry:y', '_rev': '1-ab', '_revisions': {'start': 1, 'ids': ['ab']}, 'type': 'entry'}
    errors = kim.ask('POST', '_bulk_docs', None, {'new_edits': False, 'docs': [
        {'_id': 'good', '_rev': '1-ab', '_revisions': {'start': 1, 'ids': ['ab']}}, bad]}, status=201)
    equal([(row['id'], row['error']) for row in errors if 'error' in row], [('x:entry:y', 'forbidden')])
    assert errors[0]['reason'] and errors[0]['rev'] == '1-ab', errors
    equal(kim.ask('GET', 'good')['_rev'], '1-ab')
    # CouchDB keeps what cannot be stored here; it, too, is refused by itself.
    deep = {}
    for _ in range(200):
        deep = {'a': deep}
    first = {'_rev': '1-ab', '_revisions': {'start': 1, 'ids': ['ab']}}
    errors = kim.ask('POST', '_bulk_docs', None, {'new_edits': False, 'docs': [
        {'_id': 'nul', 'text': 'a\0b', **first}, {'_id': 'deep', 'd': deep, **first}, {'_id': 'after', **first}]}, status=201)
    equal([(row['id'], row['rev'], row['error']) for row in errors], [(name, '1-ab', 'bad_request') for name in ('nul', 'deep')])
    equal(kim.ask('GET', 'after')['_rev'], '1-ab')
    # A stub that is not there is told so that the replicator sends it whole.
    stub = {'_id': 'stub', '_rev': '2-b', '_revisions': {'start': 2, 'ids': ['b', 'a']}, '_attachments': {
        'x': {'stub': True, 'revpos': 1, 'length': 3, 'digest': 'md5-' + base64.b64encode(bytes(16)).decode(), 'content_type': 'a/b'}}}
    equal(put_related(kim, stub, {'x': None}, status=412)['error'], 'missing_stub')
    # Revisions that are not there, in the form it reads.
    answer = source.send('GET', 'fine', {'revs': 'true', 'open_revs': '["9-aa"]', 'latest': 'true'}, headers={'Accept': 'multipart/mixed'})
    (headers, body), = parts_of(answer.headers['Content-Type'], answer.read(), 'mixed')
    equal((headers['content-type'], json.loads(body)), ('application/json; error="true"', {'missing': '9-aa'}))
    row, = source.ask('POST', '_bulk_get', {'revs': 'true'}, {'docs': [{'id': 'fine', 'rev': '9-aa'}]})['results']
    equal(row['docs'][0]['error']['error'], 'not_found')
    # As long as its addresses get.
    many = [f'9-{i:032x}' for i in range(MAX_URL // 44)]
    answer = source.send('GET', 'fine', {'revs': 'true', 'open_revs': json.dumps(many), 'latest': 'true'},
                         headers={'Accept': 'multipart/mixed'})
    equal(len(parts_of(answer.headers['Content-Type'], answer.read(), 'mixed')), len(many))
    finish(server)


def test_what_else_it_and_its_operators_ask(box):
    server = served(box)
    peer = Peer(server, 'db')
    peer.ask('PUT', status=201)
    equal(peer.ask('PUT', status=412)['error'], 'file_exists')
    rev = peer.ask('PUT', 'a', None, {}, status=201)['rev']
    for path in '', 'a', 'a/', '_changes', '_changes/', '_security', '_revs_limit', '_all_docs':
        plain = peer.send('GET', path, headers={'Accept': 'text/html'})
        body = plain.read()
        equal((plain.status, plain.headers['Content-Type']), (200, 'application/json'))
        head = peer.send('HEAD', path)
        equal((head.read(), head.status, head.headers['Content-Length']), (b'', 200, str(len(body))))
    for known in f'"{rev}"', f'"1-0", "{rev}"':
        answer = peer.send('GET', 'a', headers={'If-None-Match': known})
        equal((answer.read(), answer.status, answer.headers['ETag']), (b'', 304, f'"{rev}"'))
    for path in 'none', 'a/none', '_local/none':
        head = peer.send('HEAD', path)
        equal((head.read(), head.status), (b'', 404))
    for name in 'with/slash', 'a+b c', 'ü':
        for i in range(3):
            log = peer.local(name)
            body = {**log, 'i': i, '_revisions': {'start': 0, 'ids': [log['_rev'][2:]] if i else []}}
            peer.ask('PUT', doc_path('_local/' + name), None, body, status=201)
        equal(peer.local(name)['i'], 2)
        equal(peer.ask('PUT', doc_path('_local/' + name), None, {'_rev': '0-1'}, status=409)['error'], 'conflict')
    for server_path, status in ('/_up', 200), ('/', 200), ('/_replicate', (404, 405)), ('/_active_tasks', 404):
        peer.http.request('POST' if 'repl' in server_path else 'GET', server_path, headers={'Cookie': f'AuthSession={peer.cookie}'})
        answer = peer.http.getresponse()
        assert json.loads(answer.read()) is not None
        assert answer.status in (status if isinstance(status, tuple) else (status,)), (server_path, answer.status)
    # As its own tests have it.
    for path, body in ('_all_docs', []), ('_all_docs', 'text'), ('_bulk_docs', []), ('_bulk_get', []), ('_revs_diff', []):
        got = peer.ask('POST', path, None, json.dumps(body), JSON, status=400)
        equal(got['error'], 'bad_request')
    made = Peer(server, 'm/1+2')
    answer = made.send('PUT')
    equal((json.loads(answer.read()), answer.headers['Location'].rsplit('/', 1)[1]), ({'ok': True}, 'm%2F1%2B2'))
    for query, names in (('limit=0', []), ('skip=1&limit=2', ['db', 'incidents']), ('start_key="db"&limit=1', ['db']),
                         ('startkey="i"&endkey="m"', ['incidents']), ('descending=true&limit=1', ['m/1+2'])):
        peer.http.request('GET', '/_all_dbs?' + query, headers={'Cookie': f'AuthSession={peer.cookie}'})
        equal(json.loads(peer.http.getresponse().read()), names)
    rev = peer.ask('PUT', 'f/t.bin', None, b'0123456789', {'Content-Type': 'application/octet-stream'}, 201)['rev']
    for given, status, data in (('bytes=2-', 206, b'23456789'), ('bytes=-3', 206, b'789'), ('bytes=0-', 200, b'0123456789'),
                                ('bytes:0-', 200, b'0123456789'), ('lines=1-2', 200, b'0123456789'), ('bytes=30-31', 416, None)):
        answer = peer.send('GET', 'f/t.bin', headers={'Range': given})
        got = answer.read()
        equal((answer.status, got if data is not None else None), (status, data))
    equal(peer.ask('GET', 'f/_t.bin', status=404)['error'], 'not_found')
    equal(peer.ask('PUT', 'f/_t.bin', {'rev': rev}, b'x', status=400)['error'], 'bad_request')
    peer.ask('DELETE', 'f/t.bin', {'rev': '4-garbage'}, status=409)
    peer.ask('DELETE', 'f/t.bin', status=409)
    peer.ask('DELETE', 'f/none', {'rev': rev}, status=404)
    peer.ask('DELETE', 'f/t.bin', {'rev': rev})
    peer.http.request('POST', '/_session', 'name=admin&password=wrong', {'Content-Type': 'application/x-www-form-urlencoded'})
    answer = peer.http.getresponse()
    equal((answer.status, json.loads(answer.read())['error'], answer.headers['Set-Cookie']), (401, 'unauthorized', None))
    finish(server)


main(__name__)
