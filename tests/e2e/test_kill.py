#!/usr/bin/env python3
"""kill -9 at random moments, again and again: nothing that was confirmed is lost, an import is whole
or absent, the database is sound, and no litter stays.

How often: IW_KILLS, 100 if it is not set. The moments follow from a seed that is printed.
"""
import os
import random
import signal
import subprocess
import time

from harness import Box, equal, main

KILLS = int(os.environ.get('IW_KILLS', '100'))
ROWS = 5000
LINES = 500


def log_text(n):
    return 'datetime,timestamp_desc,message\n' + ''.join(
        f'2026-11-{2 + row % 20:02d}T03:{row % 60:02d}:{n % 60:02d}Z,Log,file {n} row {row} {"x" * 40}\n' for row in range(ROWS))


def kill_after(process, seconds):
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()


def typed(box, incident, seconds, kill):
    """Entries are typed, one a line; returns the ids that were confirmed before the kill."""
    lines = box.file('lines', ''.join(f'2026-11-02T03:04Z kill {kill} line {n}\n' for n in range(LINES)))
    with open(lines, encoding='utf-8') as stdin:
        process = box.start('add', incident, '-', stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    kill_after(process, seconds)
    return [line.split()[0] for line in process.stdout.read().splitlines(keepends=True) if line.endswith('\n')]


def imported(box, incident, seconds, kill):
    """Whether the import was confirmed before the kill."""
    log = box.file(f'log-{kill}.csv', log_text(kill))
    process = box.start('import', incident, log, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    kill_after(process, seconds)
    log.unlink()
    return 'good' in process.stdout.read()


def time_of(work):
    """How long a piece of work takes here when nobody disturbs it."""
    box = Box('kill-calibrate')
    incident = box.new()
    began = time.monotonic()
    work(box, incident)
    taken = time.monotonic() - began
    box.clean_up()
    return taken


def calibrate():
    lines = ''.join(f'2026-11-02T03:04Z line {n}\n' for n in range(LINES))
    return (time_of(lambda box, incident: box.run('add', incident, '-', stdin=lines)),
            time_of(lambda box, incident: box.run('import', incident, box.file('log.csv', log_text(0)))))


def check_state(box, incident, confirmed_ids, must_have):
    """Returns how many imports are there; each must be whole."""
    ids = {entry['_id'] for entry in box.entries(incident)}
    missing = confirmed_ids - ids
    assert not missing, f'{len(missing)} confirmed entries are lost, such as {sorted(missing)[0]}'
    evidence = box.json('show', incident, '--no-events')['evidence']
    names = {item['name'] for item in evidence}
    assert must_have <= names, f'lost imports: {must_have - names}'
    equal(box.n_events(incident), ROWS * len(evidence))
    return len(evidence)


def test_kill_at_random_moments(box):
    seed = int(os.environ.get('IW_SEED', '0')) or random.randrange(1 << 30)
    rng = random.Random(seed)
    print(f'# seed {seed}, {KILLS} kills', flush=True)
    incident = box.new()
    typing, importing = calibrate()
    confirmed, imports = set(), set()
    mid_typing = mid_import = 0
    for kill in range(KILLS):
        if kill % 2 == 0:
            new = typed(box, incident, rng.uniform(0, typing), kill)
            mid_typing += 0 < len(new) < LINES
            confirmed |= set(new)
        elif imported(box, incident, rng.uniform(0, 1.2 * importing), kill):
            imports.add(f'log-{kill}.csv')
        else:
            mid_import += 1
        if kill % 10 == 9:
            check_state(box, incident, confirmed, imports)
    n = check_state(box, incident, confirmed, imports)
    print(f'# {len(confirmed)} entries confirmed, {n} imports whole; {mid_typing} and {mid_import} kills fell amid work', flush=True)
    assert mid_typing > KILLS // 10 and mid_import > KILLS // 10, 'too few kills fell amid work to mean anything'
    equal(box.clean_litter(), [])
    kept = [name for name in box.files() if name.startswith(('staging/', 'events/', 'blobs/'))]
    equal(len([name for name in kept if name.startswith('staging/')]), 0)
    equal(len([name for name in kept if name.startswith('blobs/')]), n)
    equal(len([name for name in kept if name.endswith('.sqlite')]), n)


main(__name__)
