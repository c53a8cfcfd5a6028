#!/usr/bin/env python3
"""An incident from nothing, by keyboard alone: new incident, quick-add, edit, undo, import with
rejected rows, filter, promote, export; each checked against what the command line then reads."""
import os
import re
import subprocess

import audits
from driver import BORDER, BUTTON, OUT, Scenario, cli, cli_json, entries, name_of, names_around

LOG = '''datetime,timestamp_desc,message,user
2024-11-03T03:04:11Z,Sign-in,Token replayed from 203.0.113.77,mkeller
2024-11-03T03:06:52Z,Audit,Inbox rule hides alerts,mkeller
half past nine,Audit,This row has no time,mkeller
2024-11-03T03:11:30Z,Audit,Consent to Mail Archive Sync,lberg
'''
TITLE = 'Phished administrator'


def written(incident):
    """Entries that people wrote."""
    return [entry for entry in entries(incident) if entry['kind'] not in ('stage', 'severity', 'classification')]


def focus_list(app, row):
    """Goes to a row of the timeline by keyboard."""
    app.tab_to('list item', inside='Timeline')
    for key in ['Home'] + ['Down'] * 12:
        app.key(key)
        node = app.focused()
        if node is not None and row in name_of(node):
            return node
    raise AssertionError(f'no row with {row!r}')


s = Scenario()
log = f'{OUT}/sign-in.csv'
with open(log, 'w', encoding='utf-8') as file:
    file.write(LOG)

with s.step('start'):
    app = s.start()
    app.find(BUTTON, 'New Incident')

with s.step('new incident by keyboard'):
    app.key('ctrl+n')
    app.wait_text('Create')
    app.type(TITLE)
with s.step('Enter creates it'):
    app.key('Return')
    app.wait_gone('dialog', 'New Incident')
    app.find(name='Quick Entry')
    incident = cli_json('list')[0]
    assert incident['title'] == TITLE, incident
    incident = incident['incident']

with s.step('quick-add shows how it understood the time before it saves'):
    app.key('ctrl+e')
    app.type('2024-11-03 03:20 blocked the address')
    app.wait_text(re.compile('Understood: .*3 Nov.* 2024.*03:20 UTC'))
    assert written(incident) == []
with s.step('Enter saves it'):
    app.key('Return')
    app.wait(lambda: len(written(incident)) == 1, 'the entry did not reach the store')
    assert (written(incident)[0]['text'], written(incident)[0]['occurred_at']) == ('blocked the address', '2024-11-03T03:20Z')
    app.wait_text('blocked the address')
audits.page(s, '1-incident')

with s.step('edit'):
    focus_list(app, 'blocked the address')
    app.key('F2')
    app.find(BUTTON, re.compile('^(Save|Edit)'))
audits.page(s, '2-edit')
with s.step('the edited text is saved'):
    app.tab_to('text', 'What happened', limit=30)
    app.key('ctrl+a')
    app.type('blocked the address at the firewall')
    app.key('ctrl+Return')
    app.wait(lambda: written(incident)[0]['text'].endswith('firewall'), lambda: f'the text is {written(incident)}')
with s.step('undo puts the old text back'):
    focus_list(app, 'firewall')
    app.key('ctrl+z')
    app.wait(lambda: written(incident)[0]['text'] == 'blocked the address', lambda: f'the text is {written(incident)}')
    app.wait_text('blocked the address')
with s.step('redo'):
    app.key('ctrl+shift+z')
    app.wait(lambda: written(incident)[0]['text'].endswith('firewall'), 'the text was not done again')

with s.step('a file that is opened goes to the incident that is shown'):
    subprocess.run([os.environ['IW_APP'], log], check=True, timeout=60)
    app.find(BUTTON, 'Check All Rows')
audits.page(s, '3-import')
with s.step('the dry run counts and names the rejected row'):
    app.tab_to(BUTTON, 'Check All Rows', limit=40)
    app.key('Return')
    app.wait_text('half past nine')
audits.page(s, '4-import-rejected')
with s.step('the good rows are imported'):
    app.tab_to(BUTTON, re.compile('^Import'), limit=40)
    app.key('Return')
    app.wait(lambda: cli_json('show', incident)['evidence'], 'the file did not reach the store')
    app.wait_gone('dialog')
    app.wait_text('sign-in.csv')

with s.step('filter by text'):
    app.key('ctrl+f')
    app.type('inbox')
    app.wait_text('Clear Filter')
    app.wait_text(re.compile('1 event'))
audits.page(s, '5-filtered')
with s.step('promote an event to an entry that cites its row'):
    app.key('Return')
    app.tab_to('list item', inside='Timeline')
    app.key('Home')
    if 'collapsed' in app.focused_name():
        app.key('Right', 'Down')
    app.key('p')
    app.find(BUTTON, re.compile('^(Save|Add|Promote)'))
    app.key('ctrl+Return')
    app.wait(lambda: len(written(incident)) == 2, 'no entry was made')
    entry, = [entry for entry in written(incident) if entry.get('links')]
    app.wait_gone('dialog')
    assert 'Inbox rule' in entry['text'] and entry['links'][0]['row'] == 2, entry
with s.step('the keyboard is back in the list'):
    app.wait(lambda: app.focused() and 'Timeline' in names_around(app.focused()),
             lambda: f'the keyboard is in {app.focused_name()!r}')
with s.step('clear the filter'):
    app.key('ctrl+shift+l')
    app.wait_gone(BUTTON, 'Clear Filter')

with s.step('narrow and wide again, the details stay closed'):
    app.wait_gone(BUTTON, 'Close Details')
    app.resize(360 + BORDER, 720)
    app.resize(1180, 760)
    assert not app.shows(BUTTON, 'Close Details'), 'the details opened by themselves'
with s.step('or open'):
    app.press_named('Details')
    app.find(BUTTON, 'Close Details')
    app.resize(360 + BORDER, 720)
    assert not app.shows(BUTTON, 'Close Details'), 'the details cover the list'
    app.resize(1180, 760)
    app.find(BUTTON, 'Close Details')
    app.press_named('Close Details')
    app.wait_gone(BUTTON, 'Close Details')

with s.step('export'):
    app.key('ctrl+shift+s')
    app.find(BUTTON, re.compile('^Export'))
audits.page(s, '6-export')
with s.step('the file holds the timeline'):
    app.tab_to(BUTTON, re.compile('^Export'), limit=20)
    app.key('Return')
    app.choose_file(f'{OUT}/export.csv')
    app.wait(lambda: os.path.exists(f'{OUT}/export.csv'), 'no file was written')
    app.wait(lambda: 'Inbox rule' in open(f'{OUT}/export.csv').read(), 'the file is empty')

with s.step('it ends when asked'):
    assert app.quit() == 0, app.process.returncode
s.check('it logged no warnings', app.complaints())
s.finish()
