#!/usr/bin/env python3
"""Evidence of 2 GiB leaves in a bundle and comes in again, in little memory, also encrypted."""
import os
import shutil
import subprocess
import threading

from harness import Box, REFUSED, Skip, equal, main

os.environ.setdefault('IW_TEST_DIR', os.environ.get('G_TEST_BUILDDIR', '.'))    # /tmp may be memory
SIZE = 2 << 30
EXTRA = 64 << 20           # bytes of memory above idle


def make_large(path):
    """Holes with random blocks in between, so that no two parts are alike."""
    with open(path, 'wb') as file:
        for at in range(0, SIZE, 64 << 20):
            file.seek(at)
            file.write(os.urandom(1 << 20))
        file.truncate(SIZE)


def peak(pid):
    """The most memory that the process had so far; 0 when it is gone."""
    try:
        with open(f'/proc/{pid}/status', encoding='ascii') as status:
            return next((int(line.split()[1]) << 10 for line in status if line.startswith('VmHWM')), 0)
    except OSError:
        return 0


def run_measured(box, *words, code=0, stdin=None):
    """The peak of memory as the kernel counts it; GnuPG is a process of its own."""
    process = subprocess.Popen(box.command(*words), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    most, done = [0], threading.Event()

    def watch():
        while not done.wait(.005):
            most[0] = max(most[0], peak(process.pid))
    watcher = threading.Thread(target=watch)
    watcher.start()
    _, err = process.communicate(stdin, timeout=600)
    done.set()
    watcher.join()
    if process.returncode != code:
        raise AssertionError(f'{words}: {process.returncode}: {err}')
    return most[0]


def test_two_gibibytes(box):
    if shutil.disk_usage(box.dir).free < 5 * SIZE:
        raise Skip('there is no room for files of 2 GiB')
    incident = box.new()
    large = box.dir / 'disk.img'
    make_large(large)
    box.run('evidence', 'add', incident, large)
    large.unlink()
    idle = run_measured(box, 'list')
    path = box.dir / 'x.iwbundle'
    second = Box.__new__(Box)
    second.dir = box.dir
    second.workspace = box.dir / 'other'
    second.database = second.workspace / 'workspace.sqlite'
    used = {'export': run_measured(box, 'bundle', 'export', path),
            'verify': run_measured(box, 'bundle', 'verify', path, code=REFUSED),
            'import': run_measured(second, 'bundle', 'import', path, '--allow-unsigned')}
    equal({one['result'] for one in second.json('evidence', 'verify', incident)}, {'intact'})
    if shutil.which('gpg'):
        os.environ['GNUPGHOME'] = '/tmp/iw-gpg-large'
        os.makedirs('/tmp/iw-gpg-large', mode=0o700, exist_ok=True)
        used['seal'] = run_measured(box, 'bundle', 'export', path, '--replace', '--passphrase-stdin', stdin='correct horse\n')
        used['unseal'] = run_measured(box, 'bundle', 'verify', path, '--passphrase-stdin', code=REFUSED, stdin='correct horse\n')
        subprocess.run(['gpgconf', '--kill', 'all'], capture_output=True)
        shutil.rmtree('/tmp/iw-gpg-large', ignore_errors=True)
    for what, bytes_used in used.items():
        print(f'# {what}: {(bytes_used - idle) >> 20} MiB above idle', flush=True)
        assert bytes_used - idle < EXTRA, f'{what} takes {bytes_used - idle >> 20} MiB above idle'


main(__name__)
