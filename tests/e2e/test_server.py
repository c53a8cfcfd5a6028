#!/usr/bin/env python3
"""incident-workbench-server as its operators use it: two commands, accounts, a stop; and its man page."""
import base64
import hashlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request

from harness import Skip, contains, equal, main

SERVER = os.environ['IW_SERVER']


def run(box, *arguments, stdin='', code=0):
    environment = dict(os.environ, IW_SERVER_DATA=str(box.dir / 'data'))
    process = subprocess.run([SERVER, *arguments], input=stdin, text=True, capture_output=True, env=environment,
                             timeout=60)
    equal(process.returncode, code)
    return process


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


class Serving:
    def __init__(self, box, *arguments):
        self.port = free_port()
        environment = dict(os.environ, IW_SERVER_DATA=str(box.dir / 'data'))
        self.log = open(box.dir / 'log', 'w+', encoding='utf-8')
        self.process = subprocess.Popen([SERVER, '--listen', '127.0.0.1', '--port', str(self.port), *arguments],
                                        stdout=self.log, stderr=self.log, env=environment)
        self.scheme = 'http' if '--http' in arguments else 'https'

    def __enter__(self):
        for _ in range(200):
            try:
                socket.create_connection(('127.0.0.1', self.port), 1).close()
                return self
            except OSError:
                time.sleep(0.05)
        raise AssertionError('it does not listen')

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        equal(self.process.wait(15), 0)
        self.log.seek(0)
        self.said = self.log.read()
        self.log.close()

    def ask(self, path, account=None, method='GET', body=None):
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        request = urllib.request.Request(f'{self.scheme}://127.0.0.1:{self.port}{path}', method=method,
                                         data=body and body.encode(), headers={'Content-Type': 'application/json'})
        if account:
            request.add_header('Authorization', account if account.startswith('Bearer ')
                               else 'Basic ' + base64.b64encode(account.encode()).decode())
        try:
            with urllib.request.urlopen(request, timeout=20, **({'context': context} if self.scheme == 'https' else {})) as got:
                return got.status, json.load(got)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)


def soon(ask, wanted):
    """What another program has changed is in force within a second or so."""
    for _ in range(50):
        if ask()[0] == wanted:
            return
        time.sleep(0.1)
    equal(ask()[0], wanted)


def test_from_nothing_to_a_team(box):
    begin = time.monotonic()
    said = run(box, 'init', '--password-stdin', stdin='an admin password\n').stdout
    data = box.dir / 'data'
    equal(data.stat().st_mode & 0o777, 0o700)
    for name in ('key.pem', 'session.key', 'server.conf'):
        equal((data / name).stat().st_mode & 0o777, 0o600)
    der = ssl.PEM_cert_to_DER_cert((data / 'certificate.pem').read_text())
    fingerprint = hashlib.sha256(der).hexdigest().upper()
    contains(said.replace(':', ''), fingerprint)
    equal(run(box, 'fingerprint').stdout.replace(':', ''), fingerprint + '\n')
    run(box, 'fingerprint', 'of', 'what', code=2)
    settings = (data / 'server.conf').read_text()
    (data / 'server.conf').write_text('[server]\ncertificate=of-an-authority.pem\n')
    run(box, 'fingerprint', code=1)
    (data / 'certificate.pem').rename(data / 'of-an-authority.pem')
    equal(run(box, 'fingerprint').stdout.replace(':', ''), fingerprint + '\n')
    (data / 'of-an-authority.pem').rename(data / 'certificate.pem')
    (data / 'server.conf').write_text(settings)
    run(box, 'init', '--password-stdin', stdin='x\n', code=1)
    run(box, 'adduser', 'hana', '--author', 'Hana Levi', '--password-stdin', stdin="hana's password\n")
    with Serving(box) as server:
        hana = "hana:hana's password"
        equal(server.ask('/_all_dbs', hana), (200, ['incidents']))
        equal(server.ask('/incidents/a', hana, 'PUT', '{"text":"b"}')[0], 201)
        assert time.monotonic() - begin < 30
        # While it runs: another account, a token, a compartment, a password, a backup.
        run(box, 'adduser', 'uri', '--role', 'reader', '--password-stdin', stdin='uri-secret\n')
        soon(lambda: server.ask('/incidents', 'uri:uri-secret'), 200)
        equal(server.ask('/incidents/b', 'uri:uri-secret', 'PUT', '{}')[0], 403)
        token = run(box, 'token', 'uri', '--label', 'test').stdout.strip()
        soon(lambda: server.ask('/incidents', f'Bearer {token}'), 200)
        run(box, 'createdb', 'secret', '--member', 'hana')
        soon(lambda: server.ask('/secret', hana), 200)
        equal(server.ask('/secret', 'uri:uri-secret'), (404, {'error': 'not_found', 'reason': 'Database does not exist.'}))
        run(box, 'passwd', 'uri', '--password-stdin', stdin='another-secret\n')
        soon(lambda: server.ask('/incidents', 'uri:another-secret'), 200)
        equal(server.ask('/incidents', 'uri:uri-secret')[0], 401)
        run(box, 'deluser', 'uri')
        soon(lambda: server.ask('/incidents', 'uri:another-secret'), 401)
        run(box, 'backup', str(box.dir / 'copy'))
    for secret in ('an admin password', "hana's password", 'uri-secret', 'another-secret', token):
        assert secret not in server.said, secret
    contains(server.said, ' hana PUT /incidents/a 201 ')
    run(box, 'check')
    contains(run(box, '--data', str(box.dir / 'copy'), 'check').stdout, 'All is well.')
    os.rename(data, box.dir / 'before')
    os.rename(box.dir / 'copy', data)
    with Serving(box, '--http') as server:
        equal(server.ask('/incidents/a', hana)[1]['text'], 'b')


def test_what_is_refused(box):
    contains(run(box, code=1).stderr, 'init')
    contains(run(box, 'fingerprint', code=1).stderr, 'init')
    run(box, 'init', '--password-stdin', stdin='an admin password\n')
    contains(run(box, '--http', '--listen', '0.0.0.0', code=1).stderr, 'loopback')
    run(box, 'adduser', 'a:b', '--password-stdin', stdin='x\n', code=2)
    run(box, 'adduser', 'admin', '--password-stdin', stdin='x\n', code=1)
    run(box, 'adduser', 'x', '--password-stdin', code=1)
    run(box, 'passwd', 'nobody', '--password-stdin', stdin='x\n', code=1)
    run(box, 'createdb', 'Upper', code=2)
    run(box, 'createdb', 'incidents', code=1)
    run(box, 'nonsense', code=2)
    with open(box.dir / 'data/server.conf', 'a', encoding='utf-8') as config:
        config.write('[limits]\nconections=5\n')
    contains(run(box, code=1).stderr, 'conections')


def test_socket_activation(box):
    """systemd opens the socket, and starts the server at the first connection."""
    program = shutil.which('systemd-socket-activate')
    if program is None:
        raise Skip('systemd-socket-activate is not here')
    run(box, 'init', '--password-stdin', stdin='an admin password\n')
    port = free_port()
    with open(box.dir / 'log', 'w', encoding='utf-8') as log:
        process = subprocess.Popen([program, '-l', f'127.0.0.1:{port}', SERVER, '--data', str(box.dir / 'data')],
                                   stdout=log, stderr=log)
    try:
        for _ in range(100):
            if f'Listening on 127.0.0.1:{port}' in (box.dir / 'log').read_text():
                break
            time.sleep(0.05)
        context = ssl.create_default_context(cafile=str(box.dir / 'data/certificate.pem'))
        with urllib.request.urlopen(f'https://localhost:{port}/_up', timeout=20, context=context) as answer:
            equal(json.load(answer)['status'], 'ok')
    finally:
        process.send_signal(signal.SIGTERM)
        equal(process.wait(15), 0)
    contains((box.dir / 'log').read_text(), f'Serving https on port {port}.')


def test_unit(box):
    """The units are sound, and what they leave open is little."""
    if shutil.which('systemd-analyze') is None:
        raise Skip('systemd-analyze is not here')
    source = pathlib.Path(os.environ['IW_SOURCE']) / 'data/systemd'
    unit, sock = box.dir / 'incident-workbench-server.service', box.dir / 'incident-workbench-server.socket'
    text = (source / 'incident-workbench-server.service.in').read_text().replace('@bindir@', str(pathlib.Path(SERVER).parent))
    # The manual is there once it is installed.
    unit.write_text(re.sub(r'^Documentation=.*\n', '', text, flags=re.M))
    sock.write_text(re.sub(r'^Documentation=.*\n', '', (source / sock.name).read_text(), flags=re.M))
    done = subprocess.run(['systemd-analyze', 'verify', unit, sock], capture_output=True, text=True, timeout=60)
    equal((done.returncode, done.stderr), (0, ''))
    done = subprocess.run(['systemd-analyze', 'security', '--offline=true', '--threshold=15', '--no-pager', unit],
                          capture_output=True, text=True, timeout=60)
    if 'Overall exposure' not in done.stdout:
        raise Skip('systemd-analyze cannot weigh a file here')
    equal(done.returncode, 0)


def options_of(text):
    return set(re.findall(r'--([a-z][a-z-]+)', text))


def test_man_page(box):
    with open(os.environ['IW_SERVER_MAN_PAGE'], encoding='utf-8') as file:
        text = file.read().replace('\\-', '-')
    commands = re.findall(r'^  ([a-z]+) +\S', run(box, '--help').stdout.split('Commands:')[1], re.M)
    assert len(commands) >= 10, commands
    known = {'help', 'version', 'data', 'now'}
    for command in commands:
        assert re.search(rf'^\.SS .*\b{command}\b', text, re.M), f'no section for {command}'
        options = options_of(run(box, command, '--help').stdout)
        assert options <= options_of(text), f'{command}: not in the page: {options - options_of(text)}'
        known |= options
    assert options_of(text) <= known, f'in the page only: {options_of(text) - known}'


main(__name__)
