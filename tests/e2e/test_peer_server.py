#!/usr/bin/env python3
"""Our client and an independent server, pouchdb-server: both ways, with attachments, deletions and conflicts."""
import base64
import contextlib
import json
import os
import pathlib
import shutil
import socket
import subprocess
import time
import urllib.request

from harness import REJECTED, Skip, equal, main

PEERS = pathlib.Path(os.environ.get('IW_PEER_SERVER', 'build/peer-server')).absolute()
SOURCE = pathlib.Path(os.environ['IW_SOURCE']) / 'tests/peers/server'
PASSWORD = 'pw\n'


def program():
    """Installed once into the build folder."""
    path = PEERS / 'node_modules/pouchdb-server/bin/pouchdb-server'
    if path.exists():
        return path
    if not shutil.which('npm') or not shutil.which('node'):
        raise Skip('there is no npm here')
    PEERS.mkdir(parents=True, exist_ok=True)
    shutil.copy(SOURCE / 'package.json', PEERS)
    try:
        done = subprocess.run(['npm', 'install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'],
                              cwd=PEERS, capture_output=True, timeout=240)
    except subprocess.TimeoutExpired:
        raise Skip('npm packages cannot be had here')
    if done.returncode != 0 or not path.exists():
        raise Skip('npm packages cannot be had here')
    return path


def free_port():
    with socket.socket() as one:
        one.bind(('127.0.0.1', 0))
        return one.getsockname()[1]


class Server:
    def __init__(self, port):
        self.url = f'http://127.0.0.1:{port}/'
        self.headers = {'Content-Type': 'application/json'}

    def ask(self, method, path, body=None):
        request = urllib.request.Request(self.url + path, method=method,
                                         data=json.dumps(body).encode() if body is not None else None,
                                         headers=self.headers)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read())

    def wait(self):
        for _ in range(300):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(self.url, timeout=1).close()
                return
            time.sleep(0.1)
        raise AssertionError('pouchdb-server does not come up')


@contextlib.contextmanager
def server(box):
    port = free_port()
    config = box.file('config.json', json.dumps({'admins': {'hana': 'pw'}, 'log': {'file': str(box.dir / 'log.txt')}}))
    process = subprocess.Popen(['node', '--unhandled-rejections=warn', str(program()), '--port', str(port),
                                '--host', '127.0.0.1', '--config', str(config), '--in-memory'], cwd=box.dir,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        one = Server(port)
        one.wait()
        one.headers['Authorization'] = 'Basic ' + base64.b64encode(b'hana:pw').decode()
        one.ask('PUT', 'incidents')
        yield one
    finally:
        process.kill()
        process.wait()


class Client:
    """A workspace beside the box's own."""

    def __init__(self, box, name, url, user='hana'):
        self.box, self.dir = box, box.dir / name
        self.run('sync', 'setup', url, '--user', user, '--password-stdin', stdin=PASSWORD)

    def run(self, *words, **options):
        return self.box.run('--workspace', self.dir, *words, **options)

    def json(self, *words, **options):
        return self.run('--json', *words, **options).json

    def sync(self, **options):
        return self.json('sync', '--password-stdin', stdin=PASSWORD, **options)


def test_both_ways(box):
    with server(box) as peer:
        a, b = Client(box, 'a', peer.url), Client(box, 'b', peer.url)
        incident = a.run('new', 'Stolen laptop').out.strip()
        a.run('add', incident, '14:05 blocked the address')
        small = box.file('small.txt', 'a few words')
        large = box.file('large.bin', bytes(range(256)) * 2000)
        a.run('evidence', 'add', incident, small, large)
        sent = a.sync()
        assert sent['sent'] >= 6, sent
        got = b.sync()
        equal(got['received'], sent['sent'])
        equal([check['result'] for check in b.json('evidence', 'verify', incident)], ['intact', 'intact'])
        b.run('add', incident, '15:00 called the owner')
        b.sync()
        a.sync()
        texts = [row.get('text') for row in a.json('show', incident)['timeline']]
        assert 'called the owner' in texts, texts
        # Nothing is left to be done.
        b.sync()
        equal([a.sync()[name] for name in ('sent', 'received', 'parked')], [0, 0, 0])


def test_what_others_wrote(box):
    """A document of somebody else's program, its deletion, a conflict made there."""
    with server(box) as peer:
        a = Client(box, 'a', peer.url)
        a.run('new', 'One')
        a.sync()
        first = peer.ask('PUT', 'incidents/other:1', {'type': 'remark', 'text': 'hello', 'n': 1e3, 'nested': {'a': [1, None]}})
        for letter in 'ab':
            peer.ask('POST', 'incidents/_bulk_docs', {'new_edits': False, 'docs': [
                {'_id': 'other:2', '_rev': f'1-{letter}', 'type': 'remark', 'word': letter}]})
        equal(a.sync()['received'], 3)
        peer.ask('DELETE', f'incidents/other:1?rev={first["rev"]}')
        equal(a.sync()['received'], 1)
        equal(a.json('sync', 'conflicts'), ['other:2'])
        a.run('sync', 'conflicts', 'resolve', 'other:2', '--take', 'other')
        a.sync()
        equal(peer.ask('GET', 'incidents/other:2?conflicts=true').get('_conflicts'), None)
        equal(peer.ask('GET', 'incidents/other:2')['word'], 'a')


def test_what_cannot_be_stored_is_parked(box):
    """A document that nobody here can hold does not keep back those beside it."""
    with server(box) as peer:
        deep = word = 'x'
        for _ in range(100):
            deep = [deep]
        docs = [{'_id': f'fine:{i}', 'type': 'remark', 'n': i} for i in range(40)]
        docs[7:7] = [{'_id': 'odd:deep', 'type': 'remark', 'text': deep}, {'_id': 'odd:nul', 'type': 'remark', 'text': 'a\0b'},
                     {'_id': 'odd:surrogate', 'type': 'remark', 'text': '\ud800'}]
        peer.ask('POST', 'incidents/_bulk_docs', {'docs': docs})
        a = Client(box, 'a', peer.url)
        got = a.sync(code=REJECTED)
        equal((got['received'], got['parked']), (40, 3))
        equal(sorted(row['_id'] for row in a.json('sync', 'parked')), ['odd:deep', 'odd:nul', 'odd:surrogate'])
        # Nothing is asked for twice but what is parked, and once it is mended it comes.
        equal(a.sync(code=None)['received'], 0)
        peer.ask('PUT', 'incidents/odd:nul', {'_rev': peer.ask('GET', 'incidents/odd:nul')['_rev'], 'type': 'remark', 'text': word})
        equal(a.sync(code=None)['received'], 1)
        equal(sorted(row['_id'] for row in a.json('sync', 'parked')), ['odd:deep', 'odd:surrogate'])


def test_write_rules_of_the_design_document(box):
    """What the server's validation refuses is parked, shown, and blocks nothing."""
    with server(box) as peer:
        box.run('server', 'provision', peer.url, '--user', 'hana', '--password-stdin', stdin=PASSWORD)
        equal(box.json('server', 'provision', peer.url, '--user', 'hana', '--password-stdin', stdin=PASSWORD), [])
        design = peer.ask('GET', 'incidents/_design/incident_workbench')
        assert 'validate_doc_update' in design, design
        peer.ask('PUT', '_users/org.couchdb.user:kim', {'_id': 'org.couchdb.user:kim', 'name': 'kim', 'password': 'pw',
                                                        'roles': ['responder'], 'type': 'user'})
        a = Client(box, 'a', peer.url, user='kim')
        a.run('new', 'Mine', '--author', 'kim')
        equal(a.sync()['parked'], 0)
        a.run('new', 'Not mine', '--author', 'somebody else')
        a.run('new', 'Mine too', '--author', 'kim')
        sent = a.sync(code=REJECTED)
        assert sent['sent'] >= 2 and sent['refused'] >= 2, sent
        parked = a.json('sync', 'parked')
        equal({row['error'] for row in parked}, {'forbidden'})
        document = a.json('sync', 'parked', 'export', parked[0]['_id'])
        equal(document['created_by'], 'somebody else')
        # It is not sent again and again, but it is when the user wants that.
        equal(a.sync()['refused'], 0)
        equal(a.json('sync', 'parked', 'retry', '--password-stdin', stdin=PASSWORD, code=REJECTED)['refused'], len(parked))
        a.run('sync', 'parked', 'dismiss', parked[0]['_id'])
        equal(len(a.json('sync', 'parked')), len(parked) - 1)


main(__name__)
