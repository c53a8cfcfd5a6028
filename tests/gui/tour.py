#!/usr/bin/env python3
"""Shows the application to whoever has no display: opens the sample workspace, walks through it as a
person would, and leaves pictures and exports. Fails where the walk does."""
import os
import re
import subprocess
import time

import tour_sync
from driver import BORDER, BUTTON, OUT, SAMPLE, Scenario, cli, name_of

LOG = '''datetime,timestamp_desc,message,user
2026-11-21T03:04:11Z,Sign-in,Token replayed from 203.0.113.77,mkeller
2026-11-21T03:06:52Z,Audit,Inbox rule hides alerts,mkeller
half past nine,Audit,This row has no time,mkeller
2026-02-30T03:11:30Z,Audit,There is no such day,lberg
2026-11-21T03:11:30Z,Audit,Consent to Mail Archive Sync,lberg
'''


def open_incident(app, title):
    app.key('alt+Home')
    app.click_part(app.part(title, where=lambda part: 'navigation-sidebar' in part['classes']))
    app.wait_text('Overview of the timeline')
    time.sleep(.6)


def walk(app, s):
    with s.step('incident list'):
        app.key('alt+Home')
        app.find('table row', re.compile('Leaked storage'))
        app.picture('01-incident-list')
    with s.step('timeline'):
        open_incident(app, 'Phished administrator')
        app.picture('02-timeline')
    with s.step('overview zoomed'):
        app.click_part(app.part(kind='IwOverview'), across=.75)
        app.key(*['plus'] * 4)
        time.sleep(.5)
        app.picture('03-overview-zoomed')
        app.key('0')
    with s.step('detail pane'):
        app.key('ctrl+f')
        app.type('replayed')
        app.wait_text('Clear Filter')
        time.sleep(.6)
        app.key('Return')
        app.tab_to('list item', inside='Timeline')
        app.key('Home', 'space')
        app.wait_text('Close Details')
        time.sleep(.5)
        app.picture('04-detail-pane')
        app.key('space', 'ctrl+shift+l')
        time.sleep(.4)
    with s.step('quick entry'):
        app.key('ctrl+e')
        app.type('yesterday 23:10 asked the hosting company to keep the disk')
        app.wait_text(re.compile('Understood: Yesterday'))
        app.picture('05-quick-entry')
        app.key('ctrl+a', 'BackSpace')
    with s.step('import dialog with rejected rows'):
        log = f'{OUT}/extra-log.csv'
        with open(log, 'w', encoding='utf-8') as file:
            file.write(LOG)
        subprocess.run([os.environ['IW_APP'], log], check=True, timeout=60)
        app.find(BUTTON, 'Check All Rows')
        app.picture('06-import-preview')
        app.press_named('Check All Rows')
        app.wait_text('half past nine')
        app.picture('07-import-rejected')
        app.press_named('Close')
        app.wait_gone('dialog')
    with s.step('search in all incidents'):
        app.key('ctrl+shift+f')
        app.find(name=re.compile('Search', re.I), where=lambda node: node.get_role_name() in ('entry', 'text', 'search box'))
        app.type('backup')
        app.find('list', re.compile('Search results'), timeout=15)
        time.sleep(.6)
        app.picture('08-search')
        app.key('Escape')


def response(app, s):
    with s.step('the response'):
        open_incident(app, 'Phished administrator')
        for number, tab in enumerate(('overview', 'response', 'evidence', 'notices', 'scope'), 11):
            app.activate('incident.goto', tab)
            time.sleep(1)
            app.picture(f'{number}-{tab}')
        app.activate('incident.form', 'declaration', '')
        app.find('dialog')
        time.sleep(.5)
        app.picture('16-declare')
        app.key('Escape')
        app.wait_gone('dialog')


def narrow(app, s):
    with s.step('360 pixels wide'):
        open_incident(app, 'Leaked storage')
        app.resize(360 + BORDER, 720)
        time.sleep(.6)
        app.picture('09-360-pixels')


def dark(s):
    with s.step('dark'):
        os.environ['ADW_DEBUG_COLOR_SCHEME'] = 'prefer-dark'
        app = s.start('--sample')
        app.resize(1180, 760)
        open_incident(app, 'Phished administrator')
        app.picture('10-dark')
        app.quit()
        del os.environ['ADW_DEBUG_COLOR_SCHEME']    # else it overrules the style that the next part prefers


def exports(s):
    with s.step('exports'):
        for form, name in (('timesketch-csv', 'timesketch.csv'), ('timesketch-jsonl', 'timesketch.jsonl'),
                           ('iris-csv', 'iris.csv'), ('markdown', 'timeline.md')):
            kinds = ['--no-events'] if form in ('markdown', 'iris-csv') else []
            cli('export', 'Phished administrator', '--format', form, '-o', f'{OUT}/{name}', *kinds, workspace=SAMPLE)


s = Scenario()
with s.step('the sample workspace opens'):
    cli('sample', SAMPLE)
    app = s.start('--sample')
    app.wait_text('Phished administrator')
walk(app, s)
response(app, s)
narrow(app, s)
app.quit()
dark(s)
tour_sync.sync(s)
exports(s)
print(f'# pictures and exports: {OUT}')
for name in sorted(os.listdir(OUT)):
    if name.endswith(('.png', '.csv', '.md', '.jsonl')):
        print(f'#   {name}')
s.finish()
