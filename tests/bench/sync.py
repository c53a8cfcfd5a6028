#!/usr/bin/env python3
"""Sync over loopback HTTPS, each against what others have, in one run:
our client pushing to and pulling from our server against PouchDB (LevelDB) with the same server; our server taking
_bulk_docs and serving _changes with documents against pouchdb-server on LevelDB (over plain HTTP, which is to its
favour); then many listeners, and many clients at once.

usage: sync.py BUILD DIR [client] [server] [feeds] [burst] ...   IW_BENCH_DOCS: documents, 50000
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).parent
build, folder = (pathlib.Path(word).absolute() for word in sys.argv[1:3])
parts = sys.argv[3:] or ['client', 'server', 'feeds', 'burst']
os.environ['IW_SERVER'] = str(build / 'src/server/incident-workbench-server')
sys.path.insert(0, str(HERE.parent / 'peers'))
import peers  # noqa: E402

N = int(os.environ.get('IW_BENCH_DOCS', '50000'))
SIZE = 500
TIMES = 4                # as fast as others
MAX_DELAY_MS = 30
MAX_MEMORY = 64 << 20
USER = 'hana'
failed = []


def installed(name):
    """A folder with a package of others; None, and a word, where npm cannot be reached."""
    try:
        if name != 'server':
            return peers.find_modules(name)
        modules = pathlib.Path(os.environ.get('IW_PEER_SERVER', build / 'peer-server')).absolute()
        if not (modules / 'node_modules/pouchdb-server').exists():
            modules.mkdir(parents=True, exist_ok=True)
            shutil.copy(HERE.parent / 'peers/server/package.json', modules)
            subprocess.run(['npm', 'install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'],
                           cwd=modules, check=True, capture_output=True, timeout=300)
        return modules
    except (peers.NotThere, SystemExit, OSError, subprocess.SubprocessError):
        print(f'sync: without {name} there is nothing to compare with')
        return None


def promise(holds, words):
    print(f'{"ok    " if holds else "NOT OK"} {words}', flush=True)
    if not holds:
        failed.append(words)


class Ours(peers.Server):
    def __init__(self, name):
        super().__init__(folder / name)

    def begin(self):
        shutil.rmtree(self.dir, ignore_errors=True)
        self.dir.mkdir(parents=True)
        self.init()
        conf = self.data / 'server.conf'
        conf.write_text(re.sub('(?m)^#?requests-per-second=.*$', 'requests-per-second=0', conf.read_text()))
        self.adduser(USER, '--role', 'incident-manager')
        self.token = self.command('token', USER).stdout.split()[-1]
        self.authorization = f'Bearer {self.token}'
        self.fingerprint = subprocess.run(
            ['openssl', 'x509', '-in', self.certificate, '-noout', '-fingerprint', '-sha256'], check=True,
            capture_output=True, text=True).stdout.split('=')[1].strip().replace(':', '').lower()
        self.start()
        return self

    def empty(self, name):
        """A new database."""
        self.command('createdb', '--member', USER, name)
        time.sleep(2)        # a server that runs sees it within a second
        return name

    def processor(self):
        """Seconds."""
        with open(f'/proc/{self.process.pid}/stat', encoding='ascii') as stat:
            return sum(map(int, stat.read().rsplit(')', 1)[1].split()[11:13])) / os.sysconf('SC_CLK_TCK')

    def memory(self, what='VmRSS'):
        with open(f'/proc/{self.process.pid}/status', encoding='ascii') as status:
            return next(int(line.split()[1]) << 10 for line in status if line.startswith(what))


def run(command, check=True, **env):
    process = subprocess.run([str(word) for word in command], env={**os.environ, **env}, capture_output=True, text=True)
    if process.returncode != 0 and check:
        raise SystemExit(f'{command[0]}: {process.stdout[-2000:]}{process.stderr[-3000:]}')
    sys.stderr.write(process.stderr[-2000:])
    return json.loads(process.stdout.splitlines()[-1]) if process.stdout.strip() else None


# ---- our client ----

def measure_client():
    server = Ours('client-server').begin()
    modules = installed('client')

    def measured(measure, *words):
        before = server.processor()
        result = measure(*words)
        result['server'] = server.processor() - before
        return result

    def ours(name, mode, db):
        return run([build / 'tests/bench/bench-sync', folder / name, mode, server.url + '/', USER, server.fingerprint, db],
                   BENCH_TOKEN=server.token)

    def pouch(name, mode, db, *batch):
        return run(['node', HERE / 'pouchdb.mjs', modules, folder / name, mode, f'{server.url}/{db}', *batch],
                   BENCH_AUTHORIZATION=server.authorization, NODE_EXTRA_CA_CERTS=str(server.certificate))
    for name in 'sync-full', 'sync-empty', 'pouch-full', 'pouch-empty':
        shutil.rmtree(folder / name, ignore_errors=True)
    run([build / 'tests/bench/bench-sync', folder / 'sync-full', 'fill', N, SIZE, 'entry'])
    up = measured(ours, 'sync-full', 'push', server.empty('ours'))
    down = measured(ours, 'sync-empty', 'pull', 'ours')
    assert up['sent'] == N and down['received'] == N, (up, down)
    tell('our client pushes', N, up)
    tell('our client pulls', N, down)
    if modules is None:
        return
    run(['node', HERE / 'pouchdb.mjs', modules, folder / 'pouch-full', 'fill', N, SIZE])
    their_up = measured(pouch, 'pouch-full', 'push', server.empty('theirs'))
    their_down = measured(pouch, 'pouch-empty', 'pull', 'theirs')
    assert their_up['docs'] == N and their_down['docs'] == N, (their_up, their_down)
    tell('PouchDB pushes', N, their_up)
    tell('PouchDB pulls', N, their_down)
    compare('push', up, their_up)
    compare('pull', down, their_down)
    print(f'server afterwards: {server.memory() >> 20} MiB, at most {server.memory("VmHWM") >> 20} MiB')
    server.stop()


def tell(words, n, result):
    used = ', '.join(f'{name} {result[name]:.2f} s' for name in ('processor', 'server') if name in result)
    print(f'{words:32} {n / result["seconds"]:9,.0f} documents/s in {result["seconds"]:.2f} s'
          f'{f" (processor: {used})" if used else ""}', flush=True)


def compare(words, ours, theirs):
    ratio = theirs['seconds'] / ours['seconds']
    promise(ratio >= TIMES, f'{words}: {ratio:.1f} times as fast (at least {TIMES})')


# ---- our server ----

class Theirs:
    """pouchdb-server on LevelDB."""

    def __init__(self, modules):
        self.dir = folder / 'pouchdb-server'
        shutil.rmtree(self.dir, ignore_errors=True)
        self.dir.mkdir(parents=True)
        self.port = peers.free_port()
        self.url = f'http://127.0.0.1:{self.port}'
        self.log = open(self.dir / 'log', 'w')
        self.process = subprocess.Popen(
            ['node', '--unhandled-rejections=warn', modules / 'node_modules/pouchdb-server/bin/pouchdb-server',
             '--port', str(self.port), '--host', '127.0.0.1', '--dir', self.dir, '--no-stdout-logs'],
            cwd=self.dir, stdout=self.log, stderr=self.log)
        for _ in range(300):
            if self.ask('GET', '') is not None:
                break
            time.sleep(.1)

    def ask(self, method, path):
        import urllib.request
        try:
            return urllib.request.urlopen(urllib.request.Request(f'{self.url}/{path}', method=method), timeout=30).read()
        except OSError:
            return None

    def stop(self):
        self.process.kill()
        self.process.wait()


def load(url, *words, authorization='', check=True):
    return run([build / 'tests/bench/load', url, *words], check,
               **({'LOAD_AUTHORIZATION': authorization} if authorization else {}))


def measure_server():
    server = Ours('load-server').begin()
    modules = installed('server')
    server.empty('load')
    url = server.url.replace('localhost', '127.0.0.1')
    taken = load(url, 'bulk', 'load', N, SIZE, 1000, authorization=server.authorization)
    served = load(url, 'changes', 'load', N, authorization=server.authorization)
    tell('our server takes _bulk_docs', N, taken)
    tell('our server serves _changes', N, served)
    print(f'server afterwards: {server.memory() >> 20} MiB, at most {server.memory("VmHWM") >> 20} MiB')
    server.stop()
    if modules is None:
        return
    other = Theirs(modules)
    other.ask('PUT', 'load')
    their_taken = load(other.url, 'bulk', 'load', N, SIZE, 1000)
    their_served = load(other.url, 'changes', 'load', N)
    other.stop()
    tell('pouchdb-server takes _bulk_docs', N, their_taken)
    tell('pouchdb-server serves _changes', N, their_served)
    compare('_bulk_docs', taken, their_taken)
    compare('_changes', served, their_served)


# ---- many ----

def measure_feeds():
    server = Ours('feeds-server').begin()
    server.empty('feeds')
    url = server.url.replace('localhost', '127.0.0.1')
    seconds = int(os.environ.get('IW_BENCH_SECONDS', '60'))
    every = int(os.environ.get('IW_BENCH_EVERY_MS', '1000'))
    result = load(url, 'feeds', 'feeds', 500, 20, seconds, every, authorization=server.authorization, check=False)
    most = server.memory('VmHWM')
    print(f'500 listeners, 20 writers, {seconds} s: {result}, processor: server {server.processor():.2f} s')
    promise(result['errors'] == result['missed'] == result['twice'] == 0, f'{result["delivered"]} changes delivered, no error')
    promise(result['median_ms'] < MAX_DELAY_MS, f'median delay {result["median_ms"]} ms (less than {MAX_DELAY_MS})')
    promise(most < MAX_MEMORY, f'server memory {most / (1 << 20):.1f} MiB (less than {MAX_MEMORY >> 20})')
    server.stop()


def measure_burst():
    server = Ours('burst-server').begin()
    url = server.url.replace('localhost', '127.0.0.1')
    result = load(url, 'burst', 1000, authorization=server.authorization, check=False)
    promise(result['served'] == 1000, f'{result["served"]} of 1,000 clients that connect at once are served, '
                                      f'{result["seconds"]:.1f} s; server memory {server.memory("VmHWM") >> 20} MiB')
    server.stop()


folder.mkdir(parents=True, exist_ok=True)
for part in parts:
    {'client': measure_client, 'server': measure_server, 'feeds': measure_feeds, 'burst': measure_burst}[part]()
sys.exit(1 if failed else 0)
