#!/usr/bin/env python3
"""Passwords in a real Secret Service: kept, found, deleted; locked; and where there is none.

Each test has a bus and a keyring of its own, away from the desktop's.
"""
import contextlib
import hashlib
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import time

from harness import FAILED, OK, USAGE, Skip, contains, equal, main

SERVER = os.environ['IW_SERVER']
PASSWORD = 'correct-horse-of-hana'
LOGIN = '/org/freedesktop/secrets/collection/login'


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


class Desk:
    """Hana's computer, and a server on it."""

    def __init__(self, box):
        self.box, self.port, self.data = box, free_port(), box.dir / 'data'
        self.url = f'https://localhost:{self.port}/'
        home, run = box.dir / 'home', pathlib.Path(box.dir) / 'run'
        for folder in home, run:
            folder.mkdir(mode=0o700)
        self.env = {**os.environ, 'HOME': str(home), 'XDG_RUNTIME_DIR': str(run), 'XDG_DATA_HOME': str(home / 'data'),
                    'XDG_CONFIG_HOME': str(home / 'config'), 'XDG_CACHE_HOME': str(home / 'cache'),
                    'DBUS_SESSION_BUS_ADDRESS': 'unix:path=/nonexistent'}
        for name in 'DISPLAY', 'WAYLAND_DISPLAY':
            self.env.pop(name, None)
        if 'ASAN_OPTIONS' in self.env:  # the libraries have no frame pointers: whose leak it is shows slowly only
            self.env['ASAN_OPTIONS'] += ':fast_unwind_on_malloc=0'
        self.keyring = home / 'data/keyrings'
        self.server_command('init', 'of the admin')
        self.server_command('adduser', PASSWORD, 'hana', '--author', 'Hana Levi')

    def server_command(self, name, password, *words):
        subprocess.run([SERVER, '--data', str(self.data), name, *words, '--password-stdin'], input=password + '\n', text=True,
                       check=True, capture_output=True, timeout=60)

    @contextlib.contextmanager
    def serving(self):
        with open(self.box.dir / 'server.log', 'w', encoding='utf-8') as log:
            process = subprocess.Popen([SERVER, '--data', str(self.data), '--listen', '127.0.0.1', '--port', str(self.port)],
                                       stdout=log, stderr=log)
        try:
            for _ in range(400):
                with contextlib.suppress(OSError):
                    socket.create_connection(('127.0.0.1', self.port), 1).close()
                    break
                time.sleep(0.025)
            yield
        finally:
            process.terminate()
            process.wait(15)

    @contextlib.contextmanager
    def keyring_daemon(self):
        if not shutil.which('gnome-keyring-daemon') or not shutil.which('dbus-daemon'):
            raise Skip('gnome-keyring is not here')
        # Nobody is there to ask: no prompter is found, as on a machine without a display.
        bus = subprocess.Popen(['dbus-daemon', '--session', '--nofork', '--print-address'], stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, text=True, env=self.env)
        self.env['DBUS_SESSION_BUS_ADDRESS'] = bus.stdout.readline().strip()
        daemon = subprocess.Popen(['gnome-keyring-daemon', '--foreground', '--unlock', '--components=secrets'],
                                  stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=self.env)
        try:
            daemon.stdin.write(b'\n')
            daemon.stdin.close()
            self.wait_for_service()
            yield
        finally:
            for process in daemon, bus:
                process.send_signal(signal.SIGTERM)
                process.wait(15)

    def call(self, method, *arguments):
        return subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.freedesktop.secrets', '--object-path',
                               '/org/freedesktop/secrets', '--method', 'org.freedesktop.Secret.Service.' + method, *arguments],
                              capture_output=True, text=True, env=self.env, timeout=20)

    def wait_for_service(self):
        for _ in range(100):
            if LOGIN in subprocess.run(['gdbus', 'introspect', '--session', '--dest', 'org.freedesktop.secrets', '--object-path',
                                        '/org/freedesktop/secrets/collection', '--recurse'], capture_output=True, text=True,
                                       env=self.env, timeout=20).stdout:
                return
            time.sleep(0.05)
        raise AssertionError('the Secret Service does not come up')

    def kept(self):
        return self.call('SearchItems', "{'user': 'hana'}").stdout.count(LOGIN)

    def cli(self, *words, **options):
        return self.box.run(*words, env=self.env, **options)

    def sync(self, **options):
        return self.cli('sync', stdin='', **options)

    def setup(self, **options):
        certificate = ssl.PEM_cert_to_DER_cert((self.data / 'certificate.pem').read_text())
        return self.cli('--author', 'Hana Levi', 'sync', 'setup', self.url, '--user', 'hana', '--password-stdin', '--pin',
                        hashlib.sha256(certificate).hexdigest(), stdin=PASSWORD + '\n', **options)


def test_kept_found_and_deleted(box):
    desk = Desk(box)
    with desk.keyring_daemon(), desk.serving():
        equal(desk.setup().err, '')
        equal(desk.kept(), 1)
        desk.cli('--author', 'Hana Levi', 'new', 'One')
        contains(desk.sync().out, 'Sent: 2.')
        # Signing in anew replaces it.
        desk.setup()
        equal(desk.kept(), 1)
        desk.cli('sync', 'setup', '--forget')
        equal(desk.kept(), 0)
    for path in box.dir.rglob('*'):
        assert not path.is_file() or PASSWORD.encode() not in path.read_bytes(), path


def test_locked(box):
    desk = Desk(box)
    with desk.keyring_daemon(), desk.serving():
        desk.setup()
        desk.call('Lock', f"['{LOGIN}']")
        contains(desk.sync(code=USAGE).err, 'locked')
        desk.cli('sync', '--password-stdin', stdin=PASSWORD + '\n')
        contains(desk.setup(code=OK).err, '--password-stdin')
        contains(desk.cli('sync', 'setup', '--forget', code=FAILED).err, 'still kept')
        equal(desk.kept(), 1)


def test_none(box):
    desk = Desk(box)
    with desk.serving():
        contains(desk.setup().err, 'The password is not kept, give it with --password-stdin each time')
        contains(desk.sync(code=USAGE).err, '--password-stdin')
        desk.cli('sync', '--password-stdin', stdin=PASSWORD + '\n')
        equal(desk.cli('sync', 'setup', '--forget').err, '')
    for path in box.dir.rglob('*'):
        assert not path.is_file() or PASSWORD.encode() not in path.read_bytes(), path


main(__name__)
