#!/usr/bin/env python3
"""Our client with a server that answers as a CouchDB cluster does.

A proxy stands before our server and changes its answers to what CouchDB's documentation has: opaque sequences, rows that
come twice, 202, a list of databases that is the administrators' alone, text kept compressed with the digest of that, answers
in chunks; _bulk_get may be wanting.
"""
import base64
import contextlib
import gzip
import hashlib
import http.client
import http.server
import json
import os
import random
import re
import signal
import socket
import subprocess
import threading
import time
import urllib.parse

from harness import FAILED, REFUSED, REJECTED, USAGE, equal, main

SERVER = os.environ['IW_SERVER']
PASSWORD = 'correct-horse'
MARK = '_of_a_cluster_'
os.environ['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nonexistent'


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def opaque(seq):
    """A number to look at, and what a number is no part of."""
    number = str(seq).split('-', maxsplit=1)[0]
    return f'{number}-g1AAAA{MARK}{base64.urlsafe_b64encode(str(seq).encode()).decode()}'


def plain(seq):
    return base64.urlsafe_b64decode(seq.split(MARK)[1]).decode() if MARK in seq else seq


class Cluster(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    upstream, bulk_get, asked = 0, True, None

    def log_message(self, *_):
        pass

    def upstream_answer(self, path, method=None, body=None, headers=None):
        connection = http.client.HTTPConnection('127.0.0.1', self.upstream, timeout=30)
        names = 'Authorization', 'Content-Type', 'Accept', 'Range'
        given = {name: self.headers[name] for name in names if self.headers[name]} if headers is None else headers
        connection.request(method or self.command, path, body, given)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer.status, answer.headers, data

    def read_body(self):
        if self.headers.get('Transfer-Encoding', '') == 'chunked':
            data = b''
            while size := int(self.rfile.readline(), 16):
                data += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return data
        return self.rfile.read(int(self.headers.get('Content-Length') or 0)) or None

    def give(self, status, content_type, data, chunked=True, **headers):
        self.send_response(status)
        self.send_header('Server', 'CouchDB/3.4.2 (Erlang OTP/25)')
        self.send_header('Content-Type', content_type)
        for name, value in headers.items():
            self.send_header(name.replace('_', '-'), value)
        self.send_header(*(('Transfer-Encoding', 'chunked') if chunked else ('Content-Length', str(len(data)))))
        self.end_headers()
        if not chunked:
            self.wfile.write(data)
            return
        cut = max(1, len(data) // 3)
        for piece in (data[i:i + cut] for i in range(0, len(data), cut)):
            self.wfile.write(b'%x\r\n%s\r\n' % (len(piece), piece))
        self.wfile.write(b'0\r\n\r\n')

    def refuse(self, status, error, reason):
        self.give(status, 'application/json', json.dumps({'error': error, 'reason': reason}).encode(), chunked=False)

    def compress_stubs(self, value, db):
        """What CouchDB keeps compressed: the digest is of that."""
        if isinstance(value, list):
            for one in value:
                self.compress_stubs(one, db)
        elif isinstance(value, dict):
            for name, stub in value.get('_attachments', {}).items():
                if stub['content_type'].startswith('text/'):
                    parts = (urllib.parse.quote(part, safe='') for part in (value['_id'], name))
                    path = f'{db}/{"/".join(parts)}?rev={value["_rev"]}'
                    whole = self.upstream_answer(path, 'GET', headers={'Authorization': self.headers['Authorization']})[2]
                    data = gzip.compress(whole, mtime=0)
                    stub.update(digest='md5-' + base64.b64encode(hashlib.md5(data).digest()).decode(),
                                encoding='gzip', encoded_length=len(data))
            for name, one in value.items():
                if name != '_attachments':
                    self.compress_stubs(one, db)

    def is_hana(self):
        return base64.b64decode(self.headers['Authorization'].removeprefix('Basic ')).startswith(b'hana:')

    def changes(self, answer):
        rows = answer['results']
        if len(rows) > 2:
            rows.insert(2, rows[0])
        for row in {id(row): row for row in rows}.values():
            row['seq'] = opaque(row['seq'])
        answer['last_seq'] = opaque(answer['last_seq'])

    def handle_one(self):
        path, _, query = self.path.partition('?')
        parts = path.split('/')
        body = self.read_body()
        self.asked.append((self.command, path))
        if path == '/_all_dbs':
            self.refuse(401, 'unauthorized', 'You are not a server admin.')
            return
        if self.command == 'PUT' and len(parts) == 2 and self.is_hana():
            self.refuse(401, 'unauthorized', 'You are not a server admin.')
            return
        if parts[-1] == '_bulk_get' and not self.bulk_get:
            self.refuse(405, 'method_not_allowed', 'Only GET,HEAD,PUT,DELETE,COPY allowed')
            return
        if parts[-1] == '_changes':
            query = re.sub('since=([^&]*)', lambda found: 'since=' + urllib.parse.quote(plain(urllib.parse.unquote(found[1]))), query)
        status, headers, data = self.upstream_answer(path + ('?' + query if query else ''), body=body)
        content_type = headers['Content-Type']
        if content_type != 'application/json' or not data:
            text = content_type.startswith('text/')
            self.give(status, content_type, data, chunked=text or 'multipart' in content_type, Accept_Ranges='none' if text else 'bytes',
                      **({'Content_Range': headers['Content-Range']} if headers['Content-Range'] else {}))
            return
        answer = json.loads(data)
        if status == 200 and parts[-1] == '_changes':
            self.changes(answer)
        elif status == 200 and 'encoding_info' in query:
            self.compress_stubs(answer, '/' + parts[1])
        if isinstance(answer, dict) and 'update_seq' in answer:
            answer['update_seq'] = opaque(answer['update_seq'])
        self.give(202 if status == 201 else status, content_type, json.dumps(answer).encode() + b'\n')

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = handle_one


@contextlib.contextmanager
def cluster(box, bulk_get=True):
    """The address of one, what it was asked, and our server's port behind it."""
    data, port = box.dir / 'data', free_port()

    def command(*words):
        subprocess.run([SERVER, '--data', str(data), *words, '--password-stdin'], input=PASSWORD + '\n', text=True, check=True,
                       capture_output=True, timeout=60)
    command('init')
    command('adduser', 'hana', '--author', 'Hana Levi')
    with open(box.dir / 'server.log', 'w', encoding='utf-8') as log:
        process = subprocess.Popen([SERVER, '--data', str(data), '--listen', '127.0.0.1', '--port', str(port), '--http'],
                                   stdout=log, stderr=log)
    for _ in range(400):
        with contextlib.suppress(OSError):
            socket.create_connection(('127.0.0.1', port), 1).close()
            break
        time.sleep(0.025)
    handler = type('One', (Cluster,), {'upstream': port, 'bulk_get': bulk_get, 'asked': []})
    proxy = http.server.ThreadingHTTPServer(('127.0.0.1', 0), handler)
    proxy.daemon_threads = True
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    try:
        yield f'http://127.0.0.1:{proxy.server_port}/', handler.asked
    finally:
        proxy.shutdown()
        process.send_signal(signal.SIGTERM)
        equal(process.wait(15), 0)


class Client:
    def __init__(self, box, name, url, user='hana', compartment='incidents'):
        self.box, self.dir = box, box.dir / name
        self.run('sync', 'setup', url, '--user', user, '--compartment', compartment, '--password-stdin', stdin=PASSWORD + '\n')

    def run(self, *words, **options):
        return self.box.run('--workspace', self.dir, '--author', 'Hana Levi', *words, **options)

    def json(self, *words, **options):
        return self.run('--json', *words, **options).json

    def sync(self, **options):
        return self.json('sync', '--password-stdin', stdin=PASSWORD + '\n', **options)


def both_ways(box, url):
    a, b = Client(box, 'a', url), Client(box, 'b', url)
    incident = a.run('new', 'Stolen laptop').out.strip()
    log = box.file('sign-in.csv', 'datetime,timestamp_desc,message\n' + ''.join(
        f'2026-11-02T03:{i:02}:11Z,Sign-in,Token {i} replayed\n' for i in range(60)))
    note = box.file('note ü.txt', 'kept compressed ' * 5000)
    large = box.file('large.bin', random.Random(1).randbytes(2_000_000))
    a.run('evidence', 'add', incident, note, large)
    a.run('import', incident, log)
    a.run('add', incident, '-', stdin=''.join(f'2026-11-02T03:04Z line {n}\n' for n in range(50)))
    sent = a.sync()
    assert sent['sent'] >= 55 and sent['parked'] == 0, sent
    got = b.sync(code=None)
    equal([(row['error'], row['reason']) for row in b.json('sync', 'parked')], [])
    equal((got['parked'], got['received']), (0, sent['sent']))
    there, here = b.json('show', incident), a.json('show', incident)
    equal([row.get('_id') for row in there['timeline']], [row.get('_id') for row in here['timeline']])
    equal(there['timeline'], here['timeline'])
    equal(there['evidence'], here['evidence'])
    equal(there, here)
    # Both edit; nothing is left to be done; nothing comes twice.
    a.run('asset', 'new', incident, '--name', 'web-1', '--asset-type', 'server', '--owner', 'Ops')
    a.sync()
    b.sync()
    a.run('asset', 'edit', incident, 'web-1', '--owner', 'Operations')
    b.run('asset', 'edit', incident, 'web-1', '--criticality', 'high')
    for one in a, b, a, b:
        one.sync()
    equal([one.sync()[name] for one in (a, b) for name in ('sent', 'received', 'merged', 'parked', 'conflicts')], [0] * 10)
    equal(a.json('asset', 'list', incident), b.json('asset', 'list', incident))
    row, = a.json('asset', 'list', incident)
    equal((row['owner'], row['criticality']), ('Operations', 'high'))
    equal({check['result'] for check in b.json('evidence', 'verify', incident)}, {'intact'})
    return a, incident


def test_a_cluster(box):
    with cluster(box) as (url, asked):
        a, _ = both_ways(box, url)
        paths = {path for _, path in asked}
        assert '/incidents/_bulk_get' in paths and '/_all_dbs' in paths
        # It is not asked for everything again: the checkpoints hold although sequences are opaque.
        a.sync()
        asked.clear()
        a.sync()
        assert not any(path.endswith(('_bulk_get', '_bulk_docs')) for _, path in asked), asked


def test_without_bulk_get(box):
    with cluster(box, bulk_get=False) as (url, asked):
        both_ways(box, url)
        equal(sum(path.endswith('/_bulk_get') for _, path in asked) > 0, True)


def test_compartments_without_the_list(box):
    """Only administrators get _all_dbs of a CouchDB: roles name what else there is."""
    with cluster(box) as (url, _):
        def command(*words):
            subprocess.run([SERVER, '--data', str(box.dir / 'data'), *words], input=PASSWORD + '\n', text=True, check=True,
                           capture_output=True, timeout=60)
        command('adduser', 'ben', '--role', 'responder', '--role', 'compartment:board', '--role', 'compartment:none',
                '--role', 'compartment:_users', '--author', 'Hana Levi', '--password-stdin')
        command('createdb', 'board', '--member', 'ben')
        command('createdb', 'hidden', '--member', 'hana')
        for _ in range(100):
            refused = box.run('sync', 'setup', url, '--user', 'ben', '--password-stdin', stdin=PASSWORD + '\n', code=None)
            if 'There are' in refused.err:
                break
            time.sleep(0.1)
        equal(refused.code, USAGE)
        assert 'There are: incidents, board.' in refused.err, refused.err
        # Without a role that names one there is the usual one alone.
        box.run('sync', 'setup', url, '--user', 'hana', '--password-stdin', stdin=PASSWORD + '\n')
        equal(box.json('sync', 'status')['compartment'], 'incidents')
        a, b = Client(box, 'a', url, 'ben', 'board'), Client(box, 'b', url, 'ben', 'incidents')
        incident = a.run('new', 'For the board').out.strip()
        a.sync()
        equal(b.sync()['parked'], 0)
        equal(b.json('show', incident)['timeline'], a.json('show', incident)['timeline'])


def test_who_provisions(box):
    """A right that is missing is no wrong password, although CouchDB says 401 to both."""
    with cluster(box) as (url, _):
        for database in 'incidents', 'more':
            for password, code, words in (PASSWORD, REFUSED, 'Only an administrator'), ('wrong', FAILED, 'name and password'):
                done = box.run('server', 'provision', url, '--user', 'hana', '--database', database, '--password-stdin',
                               stdin=password + '\n', code=code)
                assert words in done.err, done.err
        box.run('server', 'provision', url, '--user', 'admin', '--database', 'more', '--password-stdin', stdin=PASSWORD + '\n')


def test_what_it_refuses(box):
    with cluster(box) as (url, _):
        a = Client(box, 'a', url)
        a.run('--author', 'Somebody Else', 'new', 'Not hers')
        a.run('new', 'Hers')
        done = a.sync(code=REJECTED)
        assert done['sent'] >= 2 and done['refused'] >= 2, done
        equal({row['error'] for row in a.json('sync', 'parked')}, {'forbidden'})
        a.run('sync', '--password-stdin', stdin='wrong\n', code=FAILED)


main(__name__)
