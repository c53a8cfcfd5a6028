#!/usr/bin/env python3
"""A file of 2 GiB goes to the server and to another workspace, cut on the way on either side; a disk that fills up on
either side loses nothing and is told of."""
import contextlib
import hashlib
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

from harness import Skip, contains, equal, main

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / 'peers'))
import peers  # noqa: E402

os.environ.setdefault('IW_TEST_DIR', os.environ.get('G_TEST_BUILDDIR', '.'))    # /tmp may be memory
SIZE = int(os.environ.get('IW_TEST_LARGE', 2 << 30))
EXTRA = 64 << 20           # bytes of memory above idle
SMALL_DISK = 64 << 20
PASSWORD = peers.PASSWORD + '\n'


def make_large(path, size):
    with open(path, 'wb') as file:
        for at in range(0, size, 64 << 20):
            file.seek(at)
            file.write(os.urandom(1 << 20))
        file.truncate(size)
    with open(path, 'rb') as file:
        return hashlib.file_digest(file, 'sha256').hexdigest()


def peak(pid):
    try:
        with open(f'/proc/{pid}/status', encoding='ascii') as status:
            return next((int(line.split()[1]) << 10 for line in status if line.startswith('VmHWM')), 0)
    except OSError:
        return 0


def size_of(folder):
    total = 0
    for path in pathlib.Path(folder).rglob('*'):
        with contextlib.suppress(OSError):
            total += path.stat().st_blocks * 512 if path.is_file() else 0
    return total


class Small(peers.Server):
    """A server whose disk has SMALL_DISK bytes."""

    def start(self):
        self.log = open(self.dir / 'server.log', 'a')
        self.process = subprocess.Popen(
            ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c',
             'cp -a "$1" "$1.kept" && mount -t tmpfs -o size=$2 none "$1" && cp -a "$1.kept/." "$1" && shift 2 && exec "$@"',
             'sh', str(self.data), str(SMALL_DISK), peers.SERVER, '--data', str(self.data), 'serve', '--port', str(self.port)],
            stdout=self.log, stderr=self.log)
        wait_for(lambda: 'Serving' in (self.dir / 'server.log').read_text(), 'the server')

    def inside(self, *words):
        return subprocess.run(['nsenter', '-t', str(self.process.pid), '-U', '-m', '--preserve-credentials', *map(str, words)],
                              capture_output=True, text=True, check=False)


def wait_for(condition, what, seconds=120):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f'{what}: in vain')
        time.sleep(.02)


@contextlib.contextmanager
def server(box, kind=peers.Server):
    one = kind(box.dir / 'server')
    one.dir.mkdir()
    one.init()
    one.adduser('hana', '--role', 'incident-manager')
    one.start()
    try:
        yield one
    finally:
        if one.process.poll() is None:
            one.kill()


class Client:
    def __init__(self, box, name, one):
        self.box, self.dir, self.server = box, box.dir / name, one
        fingerprint = subprocess.run(['openssl', 'x509', '-in', one.certificate, '-noout', '-fingerprint', '-sha256'],
                                     capture_output=True, text=True, check=True).stdout.split('=')[1].strip()
        self.run('sync', 'setup', one.url, '--user', 'hana', '--pin', fingerprint, '--password-stdin', stdin=PASSWORD)

    def run(self, *words, **options):
        return self.box.run('--workspace', self.dir, *words, **options)

    def begin(self):
        process = subprocess.Popen(self.box.command('--workspace', self.dir, 'sync', '--password-stdin'), text=True,
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        process.stdin.write(PASSWORD)
        process.stdin.close()
        return process

    def sync(self, code=0, end=600):
        """The most memory, and what was said."""
        process, most = self.begin(), 0
        stop = time.monotonic() + end
        while process.poll() is None:
            most = max(most, peak(process.pid))
            if time.monotonic() > stop:
                process.kill()
                raise AssertionError('sync does not end')
            time.sleep(.005)
        words = process.stdout.read()
        if code is not None:
            assert process.returncode == code, f'sync: {process.returncode}: {words}'
        return most, words

    def sync_and_kill(self, victim, folder, size):
        """Ends @victim (NULL: the client itself) once @folder has grown by @size bytes."""
        before, process = size_of(folder), self.begin()
        wait_for(lambda: size_of(folder) - before >= size or process.poll() is not None, 'the file is on its way')
        assert process.poll() is None, f'it was over before it could be cut: {process.stdout.read()}'
        if victim is None:
            process.send_signal(signal.SIGKILL)
        else:
            victim.kill()
        process.wait(120)
        assert process.returncode != 0, 'a sync that was cut says that it is done'


def find(folder, sha256):
    return [path for path in pathlib.Path(folder).rglob(sha256) if path.is_file()]


def test_two_gibibytes(box):
    if shutil.disk_usage(box.dir).free < 6 * SIZE:
        raise Skip('there is no room for files of 2 GiB')
    with server(box) as one:
        a, b = Client(box, 'a', one), Client(box, 'b', one)
        incident = a.run('new', 'A large one', '--author', 'hana').out.strip()
        a.sync()
        idle = max(a.sync()[0] for _ in range(3))
        idle_server = peak(one.process.pid)
        sha256 = make_large(box.dir / 'disk.img', SIZE)
        a.run('evidence', 'add', incident, box.dir / 'disk.img', '--author', 'hana')
        (box.dir / 'disk.img').unlink()
        # up, cut twice
        data = one.data / 'databases'
        a.sync_and_kill(None, data, SIZE // 4)
        a.sync_and_kill(one, data, SIZE // 4)
        one.start()
        pushing, _ = a.sync()
        equal(len(find(data, sha256)), 1)
        server_up = peak(one.process.pid)
        # down, cut twice
        b.sync_and_kill(None, b.dir, SIZE // 4)
        b.sync_and_kill(one, b.dir, SIZE // 4)
        one.start()
        began = time.monotonic()
        pulling, _ = b.sync()
        seconds = time.monotonic() - began
        server_down = peak(one.process.pid)
        equal([check['result'] for check in b.run('--json', 'evidence', 'verify', incident).json], ['intact'])
        with open(find(b.dir, sha256)[0], 'rb') as file:
            equal(hashlib.file_digest(file, 'sha256').hexdigest(), sha256)
        print(f'# the last pull took {seconds:.1f} s')
        for name, most, less in (('push', pushing, idle), ('pull', pulling, idle), ('server, up', server_up, idle_server),
                                 ('server, down', server_down, idle_server)):
            print(f'# {name}: {(most - less) / (1 << 20):+.1f} MiB above {less / (1 << 20):.1f} MiB', flush=True)
            assert most - less < EXTRA, f'{name} takes {most >> 20} MiB, idle {less >> 20} MiB'
        equal(one.stop(), 0)
        one.command('check')


def need_small_disks(box):
    try:
        subprocess.run(['unshare', '--user', '--map-root-user', '--mount', 'mount', '-t', 'tmpfs', 'none', box.dir],
                       capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError) as why:
        raise Skip('no small disk can be made here') from why


def test_full_disk_of_the_server(box):
    need_small_disks(box)
    with server(box, Small) as one:
        a = Client(box, 'a', one)
        incident = a.run('new', 'Too large', '--author', 'hana').out.strip()
        a.sync()
        sha256 = make_large(box.dir / 'disk.img', 2 * SMALL_DISK)
        a.run('evidence', 'add', incident, box.dir / 'disk.img', '--author', 'hana')
        a.run('add', incident, 'a word', '--author', 'hana')
        _, words = a.sync(code=None)
        status = a.run('--json', 'sync', 'status', code=None).out + a.run('--json', 'sync', 'parked', code=None).out
        print('#', ' '.join(words.split())[:300])
        print('#', ' '.join(status.split())[:600])
        assert 'room' in words + status or 'full' in words + status or 'space' in words + status, words + status
        equal(len(find(a.dir, sha256)), 1)
        # It serves on, and keeps what there is room for.
        b = Client(box, 'b', one)
        b.sync(code=None)
        contains(b.run('show', incident).out, 'a word')
        equal(one.stop(), 0)


def test_full_disk_of_the_client(box):
    need_small_disks(box)
    with server(box) as one:
        a, b = Client(box, 'a', one), Client(box, 'b', one)
        incident = a.run('new', 'Too large', '--author', 'hana').out.strip()
        sha256 = make_large(box.dir / 'disk.img', 2 * SMALL_DISK)
        a.run('evidence', 'add', incident, box.dir / 'disk.img', '--author', 'hana')
        a.run('add', incident, 'a word', '--author', 'hana')
        a.sync()
        words = subprocess.run(
            ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c',
             'cp -a "$1" "$1.kept" && mount -t tmpfs -o size=$2 none "$1" && cp -a "$1.kept/." "$1" && w=$1 && shift 2 && '
             '"$@"; echo "exit code $?"; cp -a "$w/." "$w.after"',
             'sh', str(b.dir), str(SMALL_DISK), *b.box.command('--workspace', b.dir, 'sync', '--password-stdin')],
            input=PASSWORD, capture_output=True, text=True, check=False)
        print('#', ' '.join((words.stdout + words.stderr).split())[:400])
        assert 'exit code 0' not in words.stdout, words
        said = words.stdout + words.stderr
        assert 'room' in said or 'full' in said or 'space' in said, said
        # With room again it goes on from there.
        shutil.rmtree(b.dir)
        shutil.move(f'{b.dir}.after', b.dir)
        b.run('check')
        b.sync()
        equal(len(find(b.dir, sha256)), 1)
        contains(b.run('show', incident).out, 'a word')


main(__name__)
