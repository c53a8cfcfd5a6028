#!/usr/bin/env python3
"""A team, its server and their workspaces: the real programs, as their users use them."""
import base64
import contextlib
import hashlib
import http.client
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import time
from urllib.parse import quote

from harness import FAILED, REJECTED, USAGE, Skip, contains, equal, main

SERVER = os.environ['IW_SERVER']
# The real desktop's list of passwords is left alone.
os.environ['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nonexistent'
BOARD = 'board/2026+q(4)'  # a name that an address must escape
KINDS = 'observation', 'action', 'communication', 'decision', 'note'
LOG = 'datetime,timestamp_desc,message\n' + ''.join(
    f'2026-11-02T03:{i:02}:11Z,Sign-in,Token {i} replayed from 203.0.113.77\n' for i in range(60))


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


class Team:
    """A server and its accounts."""

    def __init__(self, box):
        self.box, self.data, self.port, self.process = box, box.dir / 'data', free_port(), None
        self.log, self.passwords = box.dir / 'server.log', {}
        self.command('init', password=self.secret('admin'))
        self.url = f'https://localhost:{self.port}/'
        with open(self.data / 'server.conf', encoding='utf-8') as file:
            assert 'correct' not in file.read()

    def secret(self, name):
        """Long and odd enough to be found again wherever it was left."""
        return self.passwords.setdefault(name, f'correct-{name}-{random.getrandbits(64):x}')

    def command(self, *words, password=None, code=0):
        words = [*words, '--password-stdin'] if password is not None else words
        done = subprocess.run([SERVER, '--data', str(self.data), *map(str, words)], text=True, capture_output=True,
                              input=password and password + '\n', timeout=60)
        if done.returncode != code:
            raise AssertionError(f'{words}: {done.returncode}, not {code}: {done.stdout}{done.stderr}')
        return done

    def add(self, name, author, *options):
        self.command('adduser', name, '--author', author, *options, password=self.secret(name))

    def start(self):
        with open(self.log, 'a', encoding='utf-8') as log:
            self.process = subprocess.Popen([SERVER, '--data', str(self.data), '--listen', '127.0.0.1', '--port', str(self.port)],
                                            stdout=log, stderr=log)
        for _ in range(400):
            with contextlib.suppress(OSError):
                socket.create_connection(('127.0.0.1', self.port), 1).close()
                return
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.025)
        raise AssertionError('it does not listen')

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        equal(self.process.wait(15), 0)
        self.process = None

    def kill(self):
        self.process.kill()
        self.process.wait()

    @property
    def pin(self):
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert((self.data / 'certificate.pem').read_text())).hexdigest()

    def ask(self, method, path, headers=None, body=None):
        context = ssl.create_default_context(cafile=str(self.data / 'certificate.pem'))
        connection = http.client.HTTPSConnection('localhost', self.port, context=context, timeout=20)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        data = answer.read()
        headers = {name: value for name, value in answer.headers.items() if name != 'Date'}
        connection.close()
        return answer.status, headers, data

    def basic(self, name, password=None):
        return {'Authorization': 'Basic ' + base64.b64encode(f'{name}:{password or self.secret(name)}'.encode()).decode()}

    def soon(self, wanted, *question):
        for _ in range(50):
            if self.ask(*question)[0] == wanted:
                return
            time.sleep(0.1)
        equal(self.ask(*question)[0], wanted)

    def check_secrets(self):
        """No password is anywhere: not in a log, a folder or an argument."""
        secrets = [secret.encode() for secret in self.passwords.values()]
        encoded = [base64.b64encode(f'{name}:{secret}'.encode()) for name, secret in self.passwords.items()]
        for path in self.box.dir.rglob('*'):
            if path.is_file():
                data = path.read_bytes()
                assert not any(secret in data for secret in secrets + encoded), path
        check_arguments(secrets)


def check_arguments(secrets):
    for path in pathlib.Path('/proc').glob('[0-9]*'):
        with contextlib.suppress(OSError):
            for name in 'cmdline', 'environ':
                data = (path / name).read_bytes()
                assert not any(secret in data for secret in secrets), path / name


@contextlib.contextmanager
def team(box, **accounts):
    """Accounts: name='Author Name'."""
    one = Team(box)
    for name, author in accounts.items():
        one.add(name, author)
    one.start()
    try:
        yield one
        if one.process is not None:
            one.stop()
        one.check_secrets()
        for word in 'CRITICAL', 'WARNING':
            assert word not in one.log.read_text(), one.log.read_text()[-3000:]
    finally:
        if one.process is not None:
            one.kill()


class Member:
    """Somebody's workspace, signed in."""

    def __init__(self, team, user, author, *options, folder=None, setup=True):
        self.team, self.user, self.author = team, user, author
        self.dir = team.box.dir / (folder or user)
        if setup:
            self.setup(*options)

    def setup(self, *options, code=0, pin=True, password=None):
        pins = ['--pin', self.team.pin] if pin is True else ['--pin', pin] if pin else []
        return self.run('sync', 'setup', self.team.url, '--user', self.user, '--password-stdin', *pins, *options, code=code,
                        stdin=(password or self.team.secret(self.user)) + '\n')

    def command(self, *words):
        return ('--workspace', self.dir, '--author', self.author, *words)

    def run(self, *words, **options):
        return self.team.box.run(*self.command(*words), **options)

    def json(self, *words, **options):
        return self.run('--json', *words, **options).json

    def sync(self, *words, **options):
        password = options.pop('password', self.team.secret(self.user))
        return self.json('sync', *words, '--password-stdin', stdin=password + '\n', **options)

    def start(self, *words, **options):
        process = self.team.box.start(*self.command('sync', *words, '--password-stdin'), stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        process.stdin.write(self.team.secret(self.user) + '\n')
        process.stdin.flush()
        return process

    def texts(self, incident):
        return sorted(row['text'] for row in self.json('show', incident)['timeline'] if row.get('kind') in KINDS)

    def gaps(self, incident, weight):
        return [row for row in self.json('state', incident)['gaps'] if row['weight'] == weight]

    def asset(self, incident, name='web-1'):
        return next(row for row in self.json('asset', 'list', incident) if row['name'] == name)


def settle(*members):
    """Until nobody has anything to do."""
    for _ in range(4):
        done = [member.sync() for member in members]
        if not any(one['sent'] + one['received'] + one['merged'] for one in done):
            return
    raise AssertionError(f'they do not come to rest: {done}')


def same(*members):
    """The incidents of all, with their timelines, are the same to the last letter."""
    shown = []
    for member in members:
        incidents = sorted(row['incident'] for row in member.json('list'))
        shown.append({one: member.json('show', one) for one in incidents})
    for other in shown[1:]:
        equal(other, shown[0])
    return shown[0]


def test_from_a_clean_start(box):
    """As the README says, with the passwords that are made, to the first incident on the server."""
    begin, port = time.monotonic(), free_port()
    env = {name: value for name, value in os.environ.items() if not name.startswith(('XDG_', 'IW_'))}
    env['HOME'] = str(box.dir / 'home')

    def command(*words, code=0, **options):
        done = subprocess.run([SERVER, *words], text=True, capture_output=True, env=env, timeout=60, stdin=subprocess.DEVNULL)
        equal((done.returncode, done.stderr if code == 0 else ''), (code, ''))
        return done.stdout

    said = command('init')
    fingerprint = next(line for line in said.splitlines() if line.count(':') == 31)
    contains(said, 'https://localhost:6984/')
    with open(box.dir / 'log', 'w', encoding='utf-8') as log:
        server = subprocess.Popen([SERVER, '--listen', '127.0.0.1', '--port', str(port)], stdout=log, stderr=log, env=env)
    try:
        made = command('adduser', 'hana', '--author', 'Hana Levi')
        password = made.strip().rsplit(' ', 1)[1] + '\n'
        # One that would not be hers is not shown.
        equal(command('adduser', 'hana', code=1), '')
        equal(command('passwd', 'nobody', code=1), '')
        setup = ('--author', 'Hana Levi', 'sync', 'setup', f'https://localhost:{port}/', '--user', 'hana', '--password-stdin',
                 '--pin', fingerprint)
        for _ in range(50):
            done = box.run(*setup, stdin=password, code=None)
            if done.code == 0:
                break
            time.sleep(0.1)
        equal(done.code, 0)
        assert 'does not write as' not in done.err, done.err
        contains(box.run('--author', 'Someone', *setup[2:], stdin=password).err, 'does not write as “Someone”')
        box.run('--author', 'Hana Levi', 'new', 'The first')
        contains(box.run('sync', '--password-stdin', stdin=password).out, 'Sent: 2.')
        took = time.monotonic() - begin
        print(f'# from nothing to an incident on the server: {took:.1f} s')
        assert took < 60
    finally:
        server.terminate()
        equal(server.wait(15), 0)


def test_two_people_and_their_conflicts(box):
    with team(box, hana='Hana Levi', uri='Uri Katz') as one:
        # A certificate that nobody vouches for is shown, and refused without the right pin.
        hana = Member(one, 'hana', 'Hana Levi', setup=False)
        refused = hana.setup(pin=False, code=FAILED)
        contains(refused.err.replace(':', '').lower(), one.pin)
        contains(refused.err, '--pin')
        hana.setup(pin='ab' * 32, code=FAILED)
        hana.setup(pin='ab', code=USAGE)
        hana.setup(password='wrong-one', code=FAILED)
        contains(hana.run('sync', 'status', code=None).err, 'no workspace')
        said = hana.setup()
        contains(said.err, '--password-stdin')
        uri = Member(one, 'uri', 'Uri Katz')

        incident = hana.run('new', 'Stolen laptop').out.strip()
        hana.run('asset', 'new', incident, '--name', 'web-1', '--asset-type', 'server', '--owner', 'Ops', '--note', 'First line.')
        assert hana.sync()['sent'] >= 2
        assert uri.sync()['received'] >= 2
        same(hana, uri)

        # Both work without the server: what does not touch is merged.
        one.stop()
        hana.run('add', incident, '14:05 blocked the address')
        uri.run('add', incident, '14:06 called the owner')
        hana.run('asset', 'edit', incident, 'web-1', '--owner', 'Operations')
        uri.run('asset', 'edit', incident, 'web-1', '--criticality', 'high')
        contains(hana.run('sync', '--password-stdin', stdin=one.secret('hana') + '\n', code=FAILED).err, 'localhost')
        assert hana.json('sync', 'status')['waiting'] >= 2
        one.start()
        settle(hana, uri)
        equal(hana.texts(incident), ['blocked the address', 'called the owner'])
        asset = hana.asset(incident)
        equal((asset['owner'], asset['criticality']), ('Operations', 'high'))
        same(hana, uri)
        equal(hana.json('sync', 'conflicts'), [])

        # What does touch waits for a person, and the word of one holds for both.
        hana.run('asset', 'edit', incident, 'web-1', '--owner', 'Hana')
        uri.run('asset', 'edit', incident, 'web-1', '--owner', 'Uri')
        hana.sync()
        uri.sync()
        docid, = uri.json('sync', 'conflicts')
        equal(uri.run('sync', 'conflicts').out, f'{docid}  web-1\n')
        contains(uri.run('sync', 'status').out, 'review: 1')
        shown = uri.json('sync', 'conflicts', 'show', docid)
        equal(shown['open'], ['/owner'])
        equal({shown['winner']['owner'], shown['other']['owner'], shown['base']['owner']}, {'Hana', 'Uri', 'Operations'})
        uri.run('sync', 'conflicts', 'resolve', docid, code=USAGE)
        uri.run('sync', 'conflicts', 'resolve', docid, '--take', 'other')
        settle(uri, hana)
        equal((hana.json('sync', 'conflicts'), uri.json('sync', 'conflicts')), ([], []))
        equal(hana.asset(incident)['owner'], shown['other']['owner'])
        same(hana, uri)
        for member in hana, uri:
            equal(member.json('check')['problems'], [])


def test_refused_then_allowed(box):
    with team(box) as one:
        one.add('kim', 'Kim Ode', '--role', 'responder')
        one.add('rita', 'Rita Auer', '--role', 'reader')
        one.soon(200, 'GET', '/incidents', one.basic('rita'))
        kim = Member(one, 'kim', 'Kim Ode')
        incident = kim.run('new', 'Leaked table').out.strip()
        equal(kim.sync()['parked'], 0)
        entry = kim.run('add', incident, '14:05 told the owner').out.split()[0]
        # Said before it is tried: the server has told which roles the account has.
        declared = kim.run('declare', incident, '--access', 'occurred', '--duty', 'legal', '--statement', 'The table was read.',
                           '--declared-by', 'Kim Ode', '--links', entry)
        contains(declared.err, 'it counts here alone')
        contains(declared.err, 'declared by a security incident manager or an executive')
        assert 'counts here alone' not in kim.run('severity', incident, '--to', 'high', '--why', 'It was read.').err
        equal(kim.gaps(incident, 'refused'), [])
        done = kim.sync(code=REJECTED)
        assert done['refused'] >= 1 and done['sent'] >= 1, done
        parked = kim.json('sync', 'parked')
        equal({(row['error'], row['direction']) for row in parked}, {('forbidden', 'out')})
        contains(kim.run('sync', 'parked').out, 'declared by a security incident manager or an executive')
        assert kim.json('sync', 'status')['parked'] == len(parked)
        # Whoever looks at the incident here is told that nobody else sees it.
        refused, = kim.gaps(incident, 'refused')
        contains(refused['text'], 'counts here alone')
        # It stays, without being sent each time, until the account may.
        equal(kim.sync()['refused'], 0)
        one.command('roles', 'kim', 'responder', 'incident-manager', '--author', 'Kim Ode')
        equal(sorted(one.command('roles', 'kim').stdout.split()), sorted('responder incident-manager author:Kim Ode'.split()))

        def retried():
            return kim.json('sync', 'parked', 'retry', '--password-stdin', stdin=one.secret('kim') + '\n', code=None)
        for _ in range(20):
            done = retried()
            if done['parked'] == 0:
                break
            time.sleep(0.2)
        equal((done['parked'], kim.json('sync', 'parked')), (0, []))
        equal(kim.gaps(incident, 'refused'), [])

        # A reader gets all of it, and what they write stays with them, with the reason.
        rita = Member(one, 'rita', 'Rita Auer')
        rita.sync()
        same(kim, rita)
        rita.run('add', incident, '15:00 a thought')
        done = rita.sync(code=REJECTED)
        equal((done['sent'], done['refused'], done['parked']), (0, 1, 1))
        row, = rita.json('sync', 'parked')
        contains(rita.run('sync', 'parked').out, 'may read')
        contains(rita.run('sync', 'parked').out, '  not sent  a thought  ')
        equal(rita.json('sync', 'parked', 'export', row['_id'])['text'], 'a thought')
        kim.run('add', incident, '15:05 another')
        kim.sync()
        equal(rita.sync()['received'], 1)
        one.command('roles', 'rita', 'responder', '--author', 'Rita Auer')
        for _ in range(20):
            if rita.json('sync', 'parked', 'retry', '--password-stdin', stdin=one.secret('rita') + '\n', code=None)['parked'] == 0:
                break
            time.sleep(0.2)
        settle(kim, rita)
        assert 'a thought' in kim.texts(incident)
        same(kim, rita)
        # An author that the account does not write as.
        kim.author = 'Somebody Else'
        kim.run('add', incident, '16:00 under another name')
        kim.sync(code=REJECTED)
        contains(kim.run('sync', 'parked').out, 'Somebody Else')


def wait_for(condition, seconds):
    begin = time.monotonic()
    while time.monotonic() - begin < seconds:
        if condition():
            return time.monotonic() - begin
        time.sleep(0.05)
    raise AssertionError(f'it did not come within {seconds} s')


def test_watch_after_a_minute_of_nothing(box):
    """The connection that asks was idle for longer than the HTTP library keeps one by itself."""
    with team(box, hana='Hana Levi', uri='Uri Katz') as one:
        hana, uri = Member(one, 'hana', 'Hana Levi'), Member(one, 'uri', 'Uri Katz')
        incident = hana.run('new', 'Quiet').out.strip()
        hana.sync()
        watching = uri.start('--watch')
        wait_for(lambda: any(row['incident'] == incident for row in uri.json('list')), 20)
        time.sleep(63)
        hana.run('add', incident, '14:05 after a minute')
        hana.sync()
        wait_for(lambda: 'after a minute' in uri.texts(incident), 10)
        watching.terminate()
        watching.communicate(timeout=10)
        equal(watching.returncode, 0)


def test_watch(box):
    with team(box, hana='Hana Levi', uri='Uri Katz') as one:
        hana, uri = Member(one, 'hana', 'Hana Levi'), Member(one, 'uri', 'Uri Katz')
        incident = hana.run('new', 'Watched').out.strip()
        watching = uri.start('--watch')
        hana.sync()
        wait_for(lambda: any(row['incident'] == incident for row in uri.json('list')), 20)
        hana.run('add', incident, '14:05 seen at once')
        hana.sync()
        took = wait_for(lambda: 'seen at once' in uri.texts(incident), 15)
        print(f'# another’s change was there after {took:.2f} s')
        # What is written here by another program goes out by itself, too.
        uri.run('add', incident, '14:06 written beside it')
        began = time.monotonic()
        wait_for(lambda: hana.sync()['received'] and 'written beside it' in hana.texts(incident), 15)
        print(f'# and one from here after {time.monotonic() - began:.2f} s')
        # The server goes and comes.
        check_arguments([secret.encode() for secret in one.passwords.values()])
        one.stop()
        one.start()
        hana.run('add', incident, '14:07 after a pause')
        hana.sync()
        wait_for(lambda: 'after a pause' in uri.texts(incident), 20)
        begin = time.monotonic()
        watching.terminate()
        out, err = watching.communicate(timeout=10)
        print(f'# stopped after {time.monotonic() - begin:.2f} s', flush=True)
        equal(watching.returncode, 0)
        contains(out, 'Received: ')
        assert 'CRITICAL' not in err and 'WARNING' not in err, err
        watching = hana.start('--watch')
        time.sleep(1)
        watching.send_signal(signal.SIGINT)
        watching.communicate(timeout=10)
        equal(watching.returncode, 0)
        same(hana, uri)


def test_killed_in_the_middle(box):
    seed = int(os.environ.get('IW_SEED', '0')) or random.randrange(1 << 30)
    rng = random.Random(seed)
    with team(box, hana='Hana Levi', uri='Uri Katz') as one:
        hana, uri = Member(one, 'hana', 'Hana Levi'), Member(one, 'uri', 'Uri Katz')
        incident = hana.run('new', 'Killed').out.strip()
        lines = 0
        for turn in range(4):
            some = [f'2026-11-02T03:04Z line {turn} {n}' for n in range(200)]
            lines += len(some)
            hana.run('add', incident, '-', stdin='\n'.join(some) + '\n')
            process = (hana if turn % 3 else uri).start()
            time.sleep(rng.uniform(0, 0.3))
            if turn % 2:
                process.kill()
                process.communicate()
            else:
                one.kill()
                one.start()
                _, err = process.communicate(timeout=60)
                assert process.returncode in (0, FAILED), (process.returncode, err)
        print(f'# seed {seed}', flush=True)
        settle(hana, uri)
        equal(len(uri.texts(incident)), lines)
        equal(len(set(uri.texts(incident))), lines)
        same(hana, uri)
        for member in hana, uri:
            equal(member.json('check')['problems'], [])
        one.stop()
        contains(one.command('check').stdout, 'All is well.')


def make_certificate(one, *dates):
    openssl = shutil.which('openssl')
    if openssl is None:
        raise Skip('openssl is not there')
    done = subprocess.run([openssl, 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes',
                           '-keyout', one.data / 'key.pem', '-out', one.data / 'certificate.pem', '-subj', '/CN=localhost',
                           '-addext', 'subjectAltName=DNS:localhost', *dates], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Skip('openssl cannot date a certificate')
    os.chmod(one.data / 'key.pem', 0o600)


def test_away_for_longer_than_a_history(box):
    """What came after more edits than a server tells of is no second version of what is here."""
    with team(box, hana='Hana Levi') as one:
        def ask(method, path, body=None):
            status, _, data = one.ask(method, path, {**one.basic('admin'), 'Content-Type': 'application/json'},
                                      body and json.dumps(body))
            assert status < 300, (method, path, status, data)
            return json.loads(data)
        def edit(n):
            for i in range(n):
                edit.rev = ask('PUT', '/incidents/note:1', {'n': i, **({'_rev': edit.rev} if edit.rev else {})})['rev']
        edit.rev = None
        ask('PUT', '/incidents/_revs_limit', 10)
        edit(5)
        hana = Member(one, 'hana', 'Hana Levi')
        hana.sync()
        edit(37)
        done = hana.sync()
        equal((done['conflicts'], done['sent']), (0, 0))
        equal(hana.json('sync', 'conflicts'), [])
        edit(3)
        equal(hana.sync()['conflicts'], 0)
        # What really lies side by side stays so, or is merged; nothing of it is lost.
        path = {'start': 90, 'ids': [f'{90 - i:032x}' for i in range(8)]}
        ask('POST', '/incidents/_bulk_docs', {'new_edits': False, 'docs': [{'_id': 'note:1', 'x': 1, '_revisions': path}]})
        done = hana.sync()
        equal((done['received'], done['conflicts'] + done['merged']), (1, 1))


def test_what_goes_wrong(box):
    with team(box, hana='Hana Levi') as one:
        hana = Member(one, 'hana', 'Hana Levi')
        hana.run('new', 'Mine')
        refused = hana.run('sync', '--password-stdin', stdin='not-it\n', code=FAILED)
        contains(refused.err, 'password')
        # It is not forgotten until a run goes well.
        contains(hana.json('sync', 'status')['failure'], 'password')
        contains(hana.run('sync', 'status').out, 'Sync has failed for ')
        contains(hana.run('sync', code=USAGE, stdin='').err, '--password-stdin')
        contains(hana.run('sync', '--password-stdin', code=USAGE, stdin='').err, 'standard input')
        hana.sync()
        assert 'failure' not in hana.json('sync', 'status')
        # A wrong password leaves nothing behind.
        nowhere = Member(one, 'hana', 'Hana Levi', setup=False, folder='nowhere')
        nowhere.setup(password='not-it', code=FAILED)
        assert not nowhere.dir.exists(), list(nowhere.dir.iterdir())
        one.stop()
        # Another certificate than the one that was accepted: nothing is sent to it.
        old = one.pin
        make_certificate(one)
        one.start()
        changed = hana.run('sync', '--password-stdin', stdin=one.secret('hana') + '\n', code=FAILED)
        contains(changed.err.replace(':', '').lower(), one.pin)
        assert old not in changed.err.replace(':', '').lower()
        assert ' hana ' not in one.log.read_text().split('\n')[-2], one.log.read_text()
        hana.setup()
        hana.sync()
        one.stop()
        # An expired one.
        make_certificate(one, '-not_before', '20200101000000Z', '-not_after', '20200201000000Z')
        one.start()
        expired = hana.setup(pin=False, code=FAILED)
        contains(expired.err, 'no longer valid since 2020-02-01')
        assert '--pin' not in expired.err, expired.err
        hana.setup(code=FAILED)
        # And none that answers.
        one.stop()
        nobody = hana.run('sync', '--password-stdin', stdin=one.secret('hana') + '\n', code=FAILED)
        assert nobody.err.count('\n') == 1, nobody.err
        print(f'# {changed.err.strip()}\n# {expired.err.strip()}\n# {nobody.err.strip()}'.replace('\n', '\n# '), flush=True)
        # Not over the network without TLS; nor to what is no address.
        for url in 'http://example.org/', 'ftp://localhost/', 'https://', 'https://localhost:x/':
            hana.run('sync', 'setup', url, '--user', 'hana', '--password-stdin', stdin='x\n', code=USAGE)


def test_two_compartments(box):
    with team(box, hana='Hana Levi', uri='Uri Katz') as one:
        one.command('createdb', BOARD, '--member', 'hana')
        one.soon(200, 'GET', '/' + quote(BOARD, safe=''), one.basic('hana'))
        hana = Member(one, 'hana', 'Hana Levi', setup=False)
        contains(hana.setup(code=USAGE).err, BOARD + ', incidents')
        hana.setup('--compartment', 'incidents')
        board = Member(one, 'hana', 'Hana Levi', '--compartment', BOARD, folder='board')
        uri = Member(one, 'uri', 'Uri Katz')
        known = hana.run('new', 'Known to all').out.strip()
        secret = board.run('new', 'For the board').out.strip()
        for member in hana, board, uri:
            member.sync()
        for member in hana, board:
            member.sync()
            equal(sorted(row['incident'] for row in member.json('list')), sorted([known, secret]))
        equal([row['incident'] for row in uri.json('list')], [known])
        # An edit goes where the incident lives, whatever the account's default is.
        hana.run('add', secret, '14:05 for few')
        hana.sync()
        board.sync()
        equal(board.texts(secret), ['for few'])
        uri.sync()
        # Nothing tells that there is such a database.
        refused = uri.setup('--compartment', BOARD, code=USAGE).err
        equal(refused, uri.setup('--compartment', 'nothing', code=USAGE).err)
        assert 'board' not in refused
        for method, path, body in (('GET', '', None), ('HEAD', '', None), ('PUT', '', None), ('DELETE', '', None),
                                   ('GET', '/_changes', None), ('GET', f'/{secret}', None), ('GET', '/_security', None),
                                   ('POST', '/_bulk_docs', '{"docs":[]}'), ('PUT', '/x', '{}'), ('GET', '/_local/x', None),
                                   ('PUT', '/x/y', 'text'), ('POST', '/_revs_diff', '{}')):
            headers = {**one.basic('uri'), 'Content-Type': 'application/json'}
            equal(one.ask(method, '/' + quote(BOARD, safe='') + path, headers, body),
                  one.ask(method, '/nothing' + path, headers, body))
        equal(json.loads(one.ask('GET', '/_all_dbs', one.basic('uri'))[2]), ['incidents'])
        for path in uri.dir.rglob('*'):
            assert not path.is_file() or b'For the board' not in path.read_bytes(), path


def test_evidence_and_machine_timelines(box):
    with team(box, hana='Hana Levi', uri='Uri Katz') as one:
        hana, uri = Member(one, 'hana', 'Hana Levi'), Member(one, 'uri', 'Uri Katz')
        incident = hana.run('new', 'Evidence').out.strip()
        picture, log = box.file('disk.img', random.Random(4).randbytes(3_000_000)), box.file('sign-in.csv', LOG)
        hana.run('evidence', 'add', incident, picture)
        hana.run('import', incident, log)
        hana.sync()
        uri.sync()
        shown = same(hana, uri)[incident]
        equal(sorted(item['name'] for item in shown['evidence']), ['disk.img', 'sign-in.csv'])
        blobs = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (uri.dir / 'blobs').rglob('*') if path.is_file()}
        assert {hashlib.sha256(path.read_bytes()).hexdigest() for path in (picture, log)} <= blobs
        equal({row['result'] for row in uri.json('evidence', 'verify', incident)}, {'intact'})
        equal(sum(row.get('events', 1) for row in shown['timeline'] if row.get('type') != 'entry'), 60)
        contains(uri.run('search', 'replayed').out, 'Token')
        equal(uri.run('export', incident, '--kind', 'event').out, hana.run('export', incident, '--kind', 'event').out)
        equal(uri.run('export', incident, '--kind', 'event').out.count('replayed'), 60)
        equal(uri.json('check')['problems'], [])


def test_backup_while_they_write(box):
    with team(box, hana='Hana Levi') as one:
        hana = Member(one, 'hana', 'Hana Levi')
        incident = hana.run('new', 'Written meanwhile').out.strip()
        done, problems = threading.Event(), []

        def write():
            headers = {**one.basic('hana'), 'Content-Type': 'application/json'}
            n = 0
            while not done.is_set():
                docs = [{'_id': f'other:{n + i}', 'text': 'x' * 200} for i in range(50)]
                status = one.ask('POST', '/incidents/_bulk_docs', headers, json.dumps({'docs': docs}))[0]
                if status != 201:
                    problems.append(status)
                n += 50
        writer = threading.Thread(target=write)
        hana.run('evidence', 'add', incident, box.file('a.bin', random.Random(5).randbytes(1_000_000)))
        hana.sync()
        writer.start()
        time.sleep(0.3)
        try:
            one.command('backup', box.dir / 'copy')
        finally:
            done.set()
            writer.join()
        equal(problems, [])
        one.stop()
        one.data, data = box.dir / 'copy', one.data
        contains(one.command('check').stdout, 'All is well.')
        # The copy serves, and those who were further than it catch it up.
        one.start()
        settle(hana)
        uri = Member(one, 'hana', 'Hana Levi', folder='anew')
        uri.sync()
        same(hana, uri)
        one.stop()
        one.data = data


def test_passwords_and_sessions_end(box):
    with team(box, hana='Hana Levi') as one:
        hana = Member(one, 'hana', 'Hana Levi')
        form = {'Content-Type': 'application/json'}
        old = one.secret('hana')
        status, headers, _ = one.ask('POST', '/_session', form, json.dumps({'name': 'hana', 'password': old}))
        equal(status, 200)
        cookie = {'Cookie': headers['Set-Cookie'].split(';')[0]}
        equal(one.ask('GET', '/incidents', cookie)[0], 200)
        token = one.command('token', 'hana', '--label', 'a script').stdout.strip()
        one.passwords['token'] = token
        one.soon(200, 'GET', '/incidents', {'Authorization': f'Bearer {token}'})
        by_token = Member(one, 'hana', 'Hana Levi', setup=False, folder='by-token')
        by_token.setup('--token', password=token)
        by_token.sync(password=token)
        one.passwords['old'] = one.passwords.pop('hana')
        one.command('passwd', 'hana', password=one.secret('hana'))
        one.soon(200, 'GET', '/incidents', one.basic('hana'))
        equal(one.ask('GET', '/incidents', one.basic('hana', old))[0], 401)
        equal(one.ask('GET', '/incidents', cookie)[0], 401)
        contains(hana.run('sync', '--password-stdin', stdin=old + '\n', code=FAILED).err, 'password')
        hana.sync()
        one.command('token', 'hana', '--revoke', one.command('token', 'hana', '--list').stdout.split()[0])
        one.soon(401, 'GET', '/incidents', {'Authorization': f'Bearer {token}'})
        # Failed sign-ins are slowed, which is said; then the token is refused.
        for _ in range(20):
            refused = by_token.run('sync', '--password-stdin', stdin=token + '\n', code=FAILED).err
            if 'try again in' not in refused:
                break
            time.sleep(1)
        contains(refused, 'token')


main(__name__)
