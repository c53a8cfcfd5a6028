#!/usr/bin/env python3
"""A file of 2 GiB is added in the window: in little memory, while the window answers; and called off."""
import os
import re
import shutil
import time

from driver import BUTTON, OUT, ROW, WORKSPACE, Scenario, cli, cli_json

SIZE = 2 << 30
EXTRA = 64                 # MiB above idle
FRAME = 16                 # ms of the main thread's own time
s = Scenario()


def make_large(path):
    """Holes with random blocks in between, so that no two parts are alike."""
    with open(path, 'wb') as file:
        for at in range(0, SIZE, 64 << 20):
            file.seek(at)
            file.write(os.urandom(1 << 20))
        file.truncate(SIZE)


def memory(name):
    with open(f'/proc/{app.process.pid}/status', encoding='ascii') as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith(name))


def stalls():
    return app.probe('stalls')[0]


def choose_large():
    app.press_named(re.compile('Add Files'))
    app.choose_file(large)
    app.find('dialog')
    app.settle()


if shutil.disk_usage(OUT).free < 3 * SIZE:
    print('1..0 # SKIP there is no room for files of 2 GiB')
    raise SystemExit(0)
# The workspace lies on the disk and not where temporary files do, which may be memory.
os.makedirs(f'{OUT}/workspace')
os.makedirs(os.path.dirname(WORKSPACE), exist_ok=True)
os.symlink(f'{OUT}/workspace', WORKSPACE)
os.environ['UIPROBE_BEAT'] = '1'
large = f'{OUT}/disk.img'

with s.step('an incident, and a file of 2 GiB'):
    make_large(large)
    incident = cli('new', 'Large').strip()
    app = s.start()
    app.wait_text('Large')
    app.click_part(app.part('Large'))
    app.settle()
    app.key('alt+4')
    app.wait_text('No Evidence')
with s.step('called off, nothing is left'):
    choose_large()
    app.key('ctrl+Return')
    app.find(BUTTON, 'Cancel')
    time.sleep(1)
    app.press_named('Cancel')
    app.wait_gone(BUTTON, 'Cancel')
    assert cli_json('evidence', 'list', incident) == []
    app.wait(lambda: not os.listdir(f'{OUT}/workspace/staging'), 'the copy is still there')
with s.step('added, while the window answers'):
    choose_large()
    with open(f'/proc/{app.process.pid}/clear_refs', 'w', encoding='ascii') as peak:
        peak.write('5')                         # the peak is counted from here
    idle = memory('VmRSS')
    stalls()
    start = time.time()
    app.key('ctrl+Return')
    app.find(BUTTON, 'Cancel')
    busy = stalls()
    answers = []
    while app.shows(BUTTON, 'Cancel') and time.time() - start < 240:
        asked = time.time()
        app.probe('_look', pictures=False)
        answers.append(time.time() - asked)
        time.sleep(.3)
    seconds = time.time() - start
    busy = [busy, stalls()]
    app.wait(lambda: app.shows(ROW, re.compile('disk.img')), 'it is not listed')
    more = memory('VmHWM') - idle
    one, = cli_json('evidence', 'list', incident)
    print(f'# {seconds:.0f} s; {more:+.1f} MiB above {idle:.0f} MiB; {len(answers)} looks, the slowest answered in '
          f'{max(answers) * 1000:.0f} ms; main loop: {busy}')
    assert one['length'] == SIZE, one
    assert more < EXTRA, f'{more} MiB'
    assert answers and max(answers) < 2, answers
with s.step('left in peace, the main loop is never kept for a frame'):
    app.press_named(re.compile('Verify All'))
    app.find(BUTTON, 'Cancel')
    stalls()
    time.sleep(4)
    quiet = stalls()
    print(f'# main loop: {quiet}')
    assert quiet['beats'] > 100 and quiet['max_cpu_ms'] < FRAME, quiet
    app.wait_gone(BUTTON, 'Cancel', timeout=120)
    app.wait_text('Intact')
with s.step('it ends when asked'):
    assert app.quit() == 0, app.process.returncode
s.check('it logged no warnings', app.complaints())
shutil.rmtree(f'{OUT}/workspace')
os.unlink(large)
s.finish()
