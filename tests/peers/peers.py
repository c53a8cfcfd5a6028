"""What tests with programs of others share: packages from npm outside the checkout, and our server on a free port.

Without npm, or where it cannot reach its registry, a test is skipped with a word.
"""
import hashlib
import os
import pathlib
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
SERVER = os.environ.get('IW_SERVER', 'build/src/server/incident-workbench-server')
PASSWORD = 'correct horse battery staple'
NO_NETWORK = ('ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENETUNREACH', 'E403', 'E404',
              'EHOSTUNREACH', 'ENOTCACHED')


def skip(why):
    print(f'1..0 # SKIP {why}')
    sys.exit(0)


class NotThere(Exception):
    """Why there are no packages: no npm, or no way to its registry."""


def install(name):
    """find_modules(), or a skipped test."""
    try:
        return find_modules(name)
    except NotThere as why:
        return skip(why)


def find_modules(name):
    """A folder with node_modules for tests/peers/NAME, made once for each package-lock.json."""
    npm = shutil.which('npm')
    if npm is None:
        raise NotThere('npm is not there')
    lock = (HERE / name / 'package-lock.json').read_bytes()
    # The account's home: a test has one of its own.
    cache = pathlib.Path(pwd.getpwuid(os.getuid()).pw_dir) / '.cache' / 'incident-workbench'
    folder = cache / f'npm-{name}-{hashlib.sha256(lock).hexdigest()[:12]}'
    if (folder / '.complete').exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    for file in 'package.json', 'package-lock.json':
        shutil.copy(HERE / name / file, folder)
    # npm's own folders: those of the tests are made anew for each.
    env = {key: value for key, value in os.environ.items() if not key.startswith('XDG_') and key != 'LD_PRELOAD'}
    done = subprocess.run([npm, 'ci', '--no-audit', '--no-fund', '--fetch-retries=1', '--fetch-timeout=30000'],
                          cwd=folder, env=env, capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        if any(word in done.stderr for word in NO_NETWORK):
            raise NotThere('npm cannot reach its registry')
        raise SystemExit(f'npm failed:\n{done.stderr[-3000:]}')
    (folder / '.complete').touch()
    return folder


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


class Server:
    """Our server over HTTPS, in a folder of its own."""

    def __init__(self, dir=None):
        self.dir = pathlib.Path(dir or tempfile.mkdtemp(prefix='iw-peer-'))
        self.data = self.dir / 'data'
        self.port = free_port()
        self.url = f'https://localhost:{self.port}'
        self.certificate = self.data / 'certificate.pem'
        self.process = None

    def command(self, *words, stdin=None):
        return subprocess.run([SERVER, '--data', str(self.data), *words], input=stdin, text=True, check=True,
                              capture_output=True, timeout=60)

    def init(self):
        self.command('init', '--password-stdin', stdin=PASSWORD + '\n')
        conf = self.data / 'server.conf'
        conf.write_text(conf.read_text().replace('#requests-per-second=2000', 'requests-per-second=0'))

    def adduser(self, name, *options):
        self.command('adduser', '--password-stdin', *options, name, stdin=PASSWORD + '\n')

    def start(self):
        self.log = open(self.dir / 'server.log', 'a')
        self.process = subprocess.Popen([SERVER, '--data', str(self.data), 'serve', '--port', str(self.port)],
                                        stdout=self.log, stderr=self.log)
        context = ssl.create_default_context(cafile=str(self.certificate))
        for _ in range(200):
            if self.process.poll() is not None:
                break
            try:
                with socket.create_connection(('localhost', self.port), 1) as s:
                    context.wrap_socket(s, server_hostname='localhost').close()
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit('the server did not start:\n' + (self.dir / 'server.log').read_text()[-3000:])

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """Its exit code."""
        if self.process is None or self.process.poll() is not None:
            return self.process.returncode if self.process else None
        self.process.terminate()
        return self.process.wait(timeout=30)

    def remove(self):
        shutil.rmtree(self.dir, ignore_errors=True)
