#!/usr/bin/env python3
"""A file of 2 GiB becomes evidence, is verified and leaves again, in little memory."""
import hashlib
import os
import shutil
import subprocess
import threading

from harness import DAMAGED, Skip, contains, equal, main

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


def run_measured(box, *words, code=0):
    """Standard output, and the peak of memory as the kernel counts it."""
    process = subprocess.Popen(box.command('--json', *words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    most, done = [0], threading.Event()

    def watch():
        while not done.wait(.005):
            most[0] = max(most[0], peak(process.pid))
    watcher = threading.Thread(target=watch)
    watcher.start()
    out, err = process.communicate(timeout=300)
    done.set()
    watcher.join()
    if process.returncode != code:
        raise AssertionError(f'{words}: {process.returncode}: {err}')
    return out, most[0]


def need_room(box):
    if shutil.disk_usage(box.dir).free < 3 * SIZE:
        raise Skip('there is no room for files of 2 GiB')


def test_two_gibibytes(box):
    need_room(box)
    incident = box.new()
    large = box.dir / 'disk.img'
    make_large(large)
    idle = max(run_measured(box, 'evidence', 'list', incident)[1] for _ in range(5))
    _, adding = run_measured(box, 'evidence', 'add', incident, large)
    one, = box.json('evidence', 'list', incident)
    equal(one['length'], SIZE)
    with open(large, 'rb') as file:
        equal(one['sha256'], hashlib.file_digest(file, 'sha256').hexdigest())
    large.unlink()
    _, verifying = run_measured(box, 'evidence', 'verify', incident)
    _, exporting = run_measured(box, 'evidence', 'export', incident, box.dir / 'out', '--recipient', 'Contoso')
    subprocess.run(['sha256sum', '-c', '--quiet', 'SHA256SUMS'], cwd=box.dir / 'out', check=True)
    for name, most in (('add', adding), ('verify', verifying), ('export', exporting)):
        print(f'# {name}: {(most - idle) / (1 << 20):+.1f} MiB above {idle / (1 << 20):.1f} MiB', flush=True)
        assert most - idle < EXTRA, f'{name} takes {most >> 20} MiB, idle {idle >> 20} MiB'
    # one bit in two gibibytes
    blob = box.workspace / 'blobs' / one['sha256'][:2] / one['sha256']
    os.chmod(blob, 0o600)
    with open(blob, 'r+b') as file:
        file.seek(SIZE // 2 + 12345)
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 1]))
    contains(run_measured(box, 'evidence', 'verify', incident, code=DAMAGED)[0], 'damaged')


main(__name__)
