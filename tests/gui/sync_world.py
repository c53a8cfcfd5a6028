"""A server, and people with a home, a message bus and a keyring each, on one display: for scenario-sync.py."""
import json
import os
import socket
import sqlite3
import ssl
import subprocess
import sys
import time
import urllib.request
from base64 import b64encode

from driver import CLI, OUT, App

sys.path.insert(0, os.environ['IW_SOURCE'] + '/tests/peers')
import peers  # noqa: E402

SERVER = os.path.dirname(os.path.dirname(os.environ['IW_APP'])) + '/src/server/incident-workbench-server'


def plain_environment():
    return {key: value for key, value in os.environ.items() if key != 'LD_PRELOAD'}


class Server:
    """incident-workbench-server in a folder of its own, with its own certificate."""

    def __init__(self):
        self.data = f'{OUT}/server'
        with socket.socket() as probe:
            probe.bind(('127.0.0.1', 0))
            self.port = probe.getsockname()[1]
        self.url = f'https://127.0.0.1:{self.port}/'
        self.process = None
        self.words = self.run('init', '--password-stdin', secret='admin secret')

    def run(self, *words, secret=''):
        result = subprocess.run([SERVER, '--data', self.data, *words], input=secret + '\n', capture_output=True,
                                text=True, env=plain_environment())
        if result.returncode != 0:
            raise AssertionError(f'{words} failed: {result.stdout}{result.stderr}')
        return result.stdout

    def add_user(self, name, author, *roles):
        roles = [word for role in roles for word in ('--role', role)]
        self.run('adduser', name, '--author', author, *roles, '--password-stdin', secret=f'{name} secret')

    def start(self):
        log = open(f'{OUT}/server.log', 'a', encoding='utf-8')
        self.process = subprocess.Popen([SERVER, '--data', self.data, 'serve', '--listen', '127.0.0.1', '--port', str(self.port)],
                                        stdout=log, stderr=log, env=plain_environment())
        for _ in range(100):
            try:
                socket.create_connection(('127.0.0.1', self.port), 1).close()
                return
            except OSError:
                time.sleep(.1)
        raise AssertionError('the server does not listen')

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
            self.process = None

    def replace_certificate(self):
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30',
                        '-subj', '/CN=somebody', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', f'{self.data}/key.pem',
                        '-out', f'{self.data}/certificate.pem'], check=True, capture_output=True, env=plain_environment())

    def fingerprint(self):
        """As an operator reads it out."""
        pem = open(f'{self.data}/certificate.pem', encoding='ascii').read()
        from hashlib import sha256
        digest = sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest().upper()
        return ':'.join(digest[i:i + 2] for i in range(0, 64, 2))

    def get(self, path, user='admin'):
        request = urllib.request.Request(self.url + path)
        request.add_header('Authorization', 'Basic ' + b64encode(f'{user}:{user} secret'.encode()).decode())
        context = ssl.create_default_context(cafile=f'{self.data}/certificate.pem')
        context.check_hostname = False
        with urllib.request.urlopen(request, context=context, timeout=10) as answer:
            return json.load(answer)

    def view_of_pouchdb(self, database='incidents'):
        """Winner and body of each document, and all leaves, as PouchDB has them after it replicated."""
        url = self.url.replace('https://', 'https://admin:admin%20secret@')
        done = subprocess.run(['node', f'{peers.HERE}/pouchdb-view.mjs', peers.find_modules('client'), url + database],
                              capture_output=True, text=True, timeout=60,
                              env={**plain_environment(), 'NODE_EXTRA_CA_CERTS': f'{self.data}/certificate.pem'})
        if done.returncode != 0:
            raise AssertionError(f'PouchDB: {done.stderr[-3000:]}')
        view = json.loads(done.stdout)
        documents = {docid: tuple(both) for docid, both in view['documents'].items() if not docid.startswith('_design')}
        return documents, {tuple(leaf) for leaf in view['leaves'] if not leaf[0].startswith('_design')}

    def documents(self, database='incidents'):
        """Winner and body of each document."""
        rows = self.get(f'{database}/_all_docs?include_docs=true')['rows']
        return {row['id']: (row['value']['rev'], {key: value for key, value in row['doc'].items() if not key.startswith('_')})
                for row in rows if not row['id'].startswith('_design')}


class Desk:
    """A person before the app."""

    def __init__(self, name, bus_of_screen_readers):
        self.home = f'{OUT}/{name}'
        data = f'{self.home}/.local/share'
        self.workspace = f'{data}/incident-workbench/workspace'
        self.environment = {**os.environ, 'HOME': self.home, 'XDG_DATA_HOME': data, 'XDG_CONFIG_HOME': f'{self.home}/.config',
                            'XDG_CACHE_HOME': f'{self.home}/.cache', 'XDG_STATE_HOME': f'{self.home}/.local/state',
                            'XDG_RUNTIME_DIR': f'{self.home}/run', 'UIPROBE_DIR': f'{self.home}/probe',
                            'AT_SPI_BUS_ADDRESS': bus_of_screen_readers}
        for folder in ('run', 'probe', '.local/share'):
            os.makedirs(f'{self.home}/{folder}', exist_ok=True)
        os.chmod(f'{self.home}/run', 0o700)
        subprocess.run(['cp', '-r', os.environ['XDG_CONFIG_HOME'], f'{self.home}/.config'], check=True)
        self.helpers = []
        self.start_bus()
        self.start_keyring()
        self.app = None

    def plain(self):
        return {key: value for key, value in self.environment.items() if key != 'LD_PRELOAD'}

    def start_bus(self):
        bus = subprocess.Popen(['dbus-daemon', '--session', '--nofork', '--print-address=1'], stdout=subprocess.PIPE, text=True,
                               env=self.plain())
        self.environment['DBUS_SESSION_BUS_ADDRESS'] = bus.stdout.readline().strip()
        self.helpers.append(bus)

    def start_keyring(self):
        keyring = subprocess.Popen(['gnome-keyring-daemon', '--foreground', '--unlock', '--components=secrets'],
                                   stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=self.plain())
        keyring.stdin.write(b'login')
        keyring.stdin.close()
        self.helpers.append(keyring)
        subprocess.run(['gdbus', 'wait', '--session', '--timeout', '10', 'org.freedesktop.secrets'], env=self.plain(), check=True)

    def start(self, width, height, x):
        self.app = App.start(environment=self.environment)
        self.app.resize(width, height)
        subprocess.run(['xdotool', 'windowmove', self.app.window(), str(x), '0'])
        return self.app

    def cli(self, *words, secret=''):
        result = subprocess.run([CLI, '--workspace', self.workspace, *words], input=secret + '\n', capture_output=True, text=True,
                                env={**self.plain(), 'LANGUAGE': 'C'})
        if result.returncode != 0:
            raise AssertionError(f'{words} failed: {result.stdout}{result.stderr}')

    def end(self):
        if self.app is not None and self.app.process.poll() is None:
            self.app.kill()
        for helper in self.helpers:
            helper.terminate()
            helper.wait()

    def documents(self):
        """Winner and body of each document that syncs, as the workspace has them."""
        with sqlite3.connect(f'file:{self.workspace}/workspace.sqlite?mode=ro', uri=True) as database:
            rows = database.execute('SELECT docid, gen, hash, body FROM doc JOIN rev ON rev.id = doc.winner WHERE NOT deleted')
            return {docid: (f'{gen}-{revision}', json.loads(body)) for docid, gen, revision, body in rows}

    def leaves(self):
        with sqlite3.connect(f'file:{self.workspace}/workspace.sqlite?mode=ro', uri=True) as database:
            rows = database.execute('SELECT docid, gen, hash, deleted FROM doc JOIN rev ON rev.doc = doc.id WHERE leaf')
            return {(docid, f'{gen}-{revision}', bool(deleted)) for docid, gen, revision, deleted in rows}


def close_dialog(app, holds):
    """The first Escape may dismiss what is said at the foot. @holds: a name that is in it."""
    for _ in range(4):
        app.key('Escape')
        time.sleep(.7)
        if not app.shows(name=holds):
            return
    raise AssertionError(f'the dialog with {holds!r} stays open')


def screen_reader_bus():
    answer = subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.a11y.Bus', '--object-path', '/org/a11y/bus',
                             '--method', 'org.a11y.Bus.GetAddress'], capture_output=True, text=True, check=True).stdout
    return answer.strip()[2:-3]
