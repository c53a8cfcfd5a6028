#!/usr/bin/env python3
"""The keyboard stays where it is when the row it is on changes: the next Shift+Up and Delete must not
reach what nobody meant."""
import re
import subprocess

from driver import CLI, SAMPLE, Scenario

s = Scenario()
with s.step('the timeline of the sample'):
    subprocess.run([CLI, 'sample', SAMPLE], check=True, capture_output=True)
    app = s.start('--sample')
    app.key('alt+Home')
    app.wait_text('Backup job')
    app.click_part(app.part('Phished administrator', where=lambda part: 'navigation-sidebar' in part['classes']))
    app.find(name='Quick Entry')


def on_row(words):
    app.wait(lambda: re.search(words, app.focused_name()),
             lambda: f'the keyboard is on {app.focused_name()!r}, not on {words!r}')


with s.step('an entry that changes keeps the keyboard'):
    app.tab_to('list item', inside='Timeline')
    app.key('End')
    for _ in range(60):
        if 'backup-reader made no request' in app.focused_name():
            break
        app.key('Up')
    on_row('backup-reader made no request')
    app.key('ctrl+k')
    app.settle()
    on_row('backup-reader made no request')
    app.key('Down')
    on_row('13 events')
with s.step('a run that opens stays in sight and keeps the keyboard'):
    app.key('Return')
    app.settle()
    on_row('13 events')
    app.wait_text(re.compile('backup-reader made no request'))
with s.step('it ends when asked'):
    assert app.quit() == 0, app.process.returncode
s.check('it logged no warnings', app.complaints())
s.finish()
