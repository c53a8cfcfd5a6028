#!/usr/bin/env python3
"""Evidence in the window: in, looked at, checked, handed over, marked, out; by keyboard."""
import os
import re
import subprocess
import zipfile

from PIL import Image, ImageDraw

import audits
from driver import BUTTON, OUT, ROW, VARIANT, WORKSPACE, Scenario, cli, cli_json, has_state, State

s = Scenario()
MAIL = 'From: helpdesk@contoso.example\nSubject: password \u202ereset\n\nשלום\nSee \x1b[31mred\x1b[0m.\n' * 20
TITLE = 'Phished administrator'


def file(name, content):
    path = f'{OUT}/{name}'
    with open(path, 'wb') as out:
        out.write(content if isinstance(content, bytes) else content.encode())
    return path


def picture():
    image = Image.new('RGB', (640, 400), '#3584e4')
    ImageDraw.Draw(image).ellipse((200, 80, 440, 320), fill='#f6d32d')
    image.save(f'{OUT}/login-page.png')
    return f'{OUT}/login-page.png'


def known_data():
    texts = ['Phished administrator', 'Empty incident', 'A. Sato', 'B. Kim', 'M. Ito', 'Contoso', 'mail server', 'Laboratory']
    texts += ['mail.eml', 'alert.json', 'login-page.png', 'agent.bin', 'sign-in.csv', 'late.txt', 'message/rfc822', 'application/json',
              'image/png', 'text/csv', 'octet-stream', 'SHA-256', 'text/plain', 'for analysis', 'UTF-8', 'Firewall',
              ' bytes', '\xa0kB']    # GLib writes sizes
    return texts + [one['sha256'] for one in evidence()] + [one['sha256'][:12] for one in evidence()] + MAIL.split() + [OUT]


def evidence():
    return cli_json('evidence', 'list', incident)


def page(name):
    audits.page(s, name, allowed=known_data() if VARIANT == 'xx' else ())


def back():
    app.key('alt+Right' if VARIANT == 'he' else 'alt+Left')
    app.settle()


def blob(one):
    return f"{WORKSPACE}/blobs/{one['sha256'][:2]}/{one['sha256']}"


def open_row(name):
    app.wait(lambda: app.shows(ROW, re.compile(re.escape(name))), f'{name} is not listed')
    row = app.part(name, kind='GtkLabel')
    app.click_part(row)


with s.step('an incident with evidence'):
    incident = cli('new', TITLE).strip()
    empty = cli('new', 'Empty incident').strip()
    cli('--author', 'A. Sato', 'evidence', 'add', incident, file('mail.eml', MAIL),
        file('alert.json', '{"id":42,"severity":"high","entities":[{"host":"fw01","ok":true},null],"name":"Sign-in from a new country"}'),
        picture(), '--origin', 'mail server', '--at', '2026-11-02T03:04Z')
    cli('--author', 'B. Kim', 'evidence', 'add', incident, file('agent.bin', bytes(range(256)) * 300), '--at', '2026-11-02T05:00Z')
    cli('import', incident, file('sign-in.csv', 'datetime,timestamp_desc,message\n2026-11-02T03:04:11Z,Event,login\n'), '--as', 'evidence')
    cli('role', incident, '--role', 'incident-manager', '--to', 'M. Ito')
    for name in ('mail.eml', 'agent.bin'):
        cli('evidence', 'mark', incident, name, '--marks', 'customer-data', '--marks', 'sensitive', '--why', 'for analysis')
    cli('evidence', 'approve', incident, '--items', 'mail.eml', '--recipient', 'Contoso', '--purpose', 'for analysis',
        '--approved-by', 'M. Ito')
    cli('evidence', 'hand-over', incident, 'mail.eml', '--from-person', 'A. Sato', '--to-person', 'B. Kim', '--place', 'Laboratory')
    app = s.start()
    app.wait_text(TITLE)
with s.step('its Evidence tab'):
    app.click_part(app.part(TITLE))
    app.wait_text('Phished administrator')
    app.settle()
    app.key('alt+4')
    app.wait(lambda: app.shows(ROW, re.compile('mail.eml')), 'the files are not listed')
page('1-list')

with s.step('a file in full'):
    open_row('mail.eml')
    app.wait_text(next(one['sha256'] for one in evidence() if one['name'] == 'mail.eml'))
    app.wait_text('Laboratory')
page('2-file')
if VARIANT == 'phone':
    with s.step('the foot of its page'):
        app.key('End')
    page('2-file-foot')
with s.step('its text, with what would hide in it'):
    app.wait(lambda: app.shows(BUTTON), 'no buttons')
    app.tab_to(BUTTON, re.compile('Preview'), limit=40)
    app.key('Return')
    app.wait_text('⟨U+202E⟩')
    app.wait_text('⟨ESC⟩[31m')
page('3-text')
with s.step('its bytes'):
    app.press_named(re.compile('Show Bytes'))
    app.wait_text('00000000  46 72 6f 6d')
page('4-bytes')
with s.step('back to the list, with the keyboard at the file'):
    back()
    back()
    app.wait(lambda: app.shows(ROW, re.compile('alert.json')), 'the list did not come back')
    app.wait(lambda: 'mail.eml' in app.focused_name(), 'the keyboard is elsewhere')
with s.step('JSON, set out'):
    open_row('alert.json')
    app.tab_to(BUTTON, re.compile('Preview'), limit=40)
    app.key('Return')
    app.wait_text('"entities": [')
page('5-json')
with s.step('an image'):
    back()
    back()
    open_row('login-page.png')
    app.tab_to(BUTTON, re.compile('Preview'), limit=40)
    app.key('Return')
    app.wait_text('640 × 400')
    app.wait(lambda: app.shows(None, re.compile('The picture|⟦.*login-page')), 'it has no name')
page('6-image')
with s.step('and back'):
    back()
    back()

with s.step('verify all'):
    app.tab_to(BUTTON, re.compile('Verify All'), limit=40)
    app.key('Return')
    app.wait(lambda: any('5 files verified' in entry.get('text', '') for entry in cli_json('show', incident)['timeline']),
             'nothing is on record')
with s.step('a flipped bit is found'):
    one = next(one for one in evidence() if one['name'] == 'agent.bin')
    os.chmod(blob(one), 0o600)
    with open(blob(one), 'r+b') as damaged:
        damaged.write(b'\x01')
    app.settle()
    app.tab_to(BUTTON, re.compile('Verify All'), limit=60)
    app.key('Return')
    app.wait(lambda: re.search('Verify|⟦', app.focused_name()), 'the keyboard is lost')
    app.wait(lambda: any('1 damaged' in entry.get('text', '') for entry in cli_json('show', incident)['timeline']),
             'nothing is on record')
page('7-verified')

with s.step('add by the file chooser'):
    app.press_named(re.compile('Add Files'))
    app.choose_file(file('late.txt', 'late\n'))
    app.find('dialog')
page('8-add')
with s.step('with where it is from'):
    app.tab_to('text', re.compile('Origin|⟦'), limit=20) if VARIANT == 'light' else None
    if VARIANT == 'light':
        app.type('Firewall')
    app.key('ctrl+Return')
    app.wait(lambda: len(evidence()) == 6, 'it was not added')
    if VARIANT == 'light':
        assert next(one for one in evidence() if one['name'] == 'late.txt')['origin'] == 'Firewall', evidence()
with s.step('undone, and done again'):
    app.key('ctrl+z')
    app.wait(lambda: len(evidence()) == 5, 'it is still there')
    app.key('ctrl+shift+z')
    app.wait(lambda: len(evidence()) == 6, 'it did not come back')

with s.step('what may leave is said before'):
    app.press_named(re.compile('^.?Export'))
    app.find('dialog')
page('9-export')
with s.step('exported as an archive'):
    app.tab_to(BUTTON, re.compile('^.?Export|^⟦_?Export'), limit=40)
    app.key('Return')
    app.choose_file(f'{OUT}/out.zip')
    app.wait(lambda: os.path.exists(f'{OUT}/out.zip'), 'no archive was written', timeout=20)
    with zipfile.ZipFile(f'{OUT}/out.zip') as archive:
        archive.extractall(f'{OUT}/out')
    subprocess.run(['sha256sum', '-c', '--quiet', 'SHA256SUMS'], cwd=f'{OUT}/out', check=True)
    names = sorted(os.listdir(f'{OUT}/out/files'))
    assert names == ['alert.json', 'late.txt', 'login-page.png', 'mail.eml', 'sign-in.csv'], names
    app.wait_gone('dialog')

with s.step('mark by the form'):
    open_row('alert.json')
    app.tab_to(BUTTON, re.compile('Mark'), limit=40)
    app.key('Return')
    app.find('dialog')
page('10-mark')
with s.step('removed, on record, and undone'):
    app.key('Escape')
    app.wait_gone('dialog')
    app.tab_to(None, re.compile('Remove from Incident'), limit=60)
    app.key('Return')
    app.wait(lambda: len(evidence()) == 5, 'it is still there')
    app.wait(lambda: app.shows(ROW, re.compile('mail.eml')), 'the list did not come back')
    assert any(entry.get('to') == 'disposed' for entry in cli_json('show', incident)['timeline']), 'not on record'
    app.key('ctrl+z')
    app.wait(lambda: len(evidence()) == 6, 'it did not come back')

with s.step('an incident without evidence'):
    app.key('alt+Home')
    app.settle()
    app.click_part(app.part('Empty incident', last=True,
                            where=lambda part: VARIANT == 'phone' or 'navigation-sidebar' not in part['classes']), times=2)
    app.settle()
    app.key('alt+4')
page('11-empty')
with s.step('it ends when asked'):
    assert app.quit() == 0, app.process.returncode
s.check('it logged no warnings', app.complaints())
s.finish()
