#!/usr/bin/env python3
"""Bundles in the window: an incident goes out, locked; others come in, after it was said who signed them."""
import os
import re
import shutil
import subprocess

import audits
from driver import BUTTON, OUT, ROW, VARIANT, Scenario, cli, cli_json

s = Scenario()
TITLE = 'Phished administrator'
AWAY = f'{OUT}/away'
DATA = [TITLE, 'Leaked storage key', 'Tampered build', 'Opened with the app', 'Dropped on the window', 'Hana Levi', 'hana@example.org', OUT, 'B. Kim', 'A. Sato', '.iwbundle', ' bytes', '\xa0kB']
SECRET = 'correct horse'


def page(name):
    audits.page(s, name, allowed=DATA if VARIANT == 'xx' else (),
                may_ellipsize=lambda part: audits.is_data(part) and not re.search('(Im|Ex)port Bundle', part['text']))


def open_with_app(*paths):
    """As the file manager does: a second program hands them over to the first."""
    app.window_id = None
    subprocess.run([os.environ['IW_APP'], *paths], check=True, timeout=60)


def gpg(*words):
    home = os.environ['GNUPGHOME'] = os.path.join(os.environ['HOME'], 'gnupg')
    os.makedirs(home, mode=0o700, exist_ok=True)
    return subprocess.run(['gpg', '--batch', '--quiet', *words], check=True, capture_output=True, text=True).stdout


def bundle(name, title, *options, secret=None):
    """Of somebody else's workspace."""
    incident = cli('new', title, workspace=AWAY).strip()
    cli('add', incident, '2026-11-02T03:04Z Seen elsewhere', workspace=AWAY)
    path = f'{OUT}/{name}.iwbundle'
    command = [os.environ['IW_CLI'], '--workspace', AWAY, '--author', 'B. Kim', 'bundle', 'export', path, incident, *options]
    environment = {key: value for key, value in os.environ.items() if key != 'LD_PRELOAD'}
    subprocess.run(command, input=secret, check=True, capture_output=True, text=True, env=environment)
    return path


def titles():
    return [row['title'] for row in cli_json('list')]


def choose(path):
    app.activate('win.import-bundle')
    app.choose_file(path)
    app.find(name=re.compile('Import Bundle'), timeout=15)


with s.step('bundles of somebody else'):
    signs = shutil.which('gpg') is not None
    incident = cli('new', TITLE).strip()
    cli('add', incident, '2026-11-02T03:04Z The administrator opened the mail')
    plain = bundle('plain', 'Leaked storage key')
    bad = f'{OUT}/bad.iwbundle'
    content = bytearray(open(plain, 'rb').read())
    content[len(content) // 2] ^= 1
    open(bad, 'wb').write(content)
    if signs:
        gpg('--passphrase', '', '--quick-generate-key', 'Hana Levi <hana@example.org>', 'default', 'default', 'never')
        fingerprint = re.search(r'^fpr:+(\w+):', gpg('--with-colons', '--list-keys'), re.M)[1]
        DATA.append(' '.join(re.findall('....', fingerprint)))
        signed = bundle('signed', 'Tampered build', '--sign', '--passphrase-stdin', secret=SECRET + '\n')
    app = s.start()
    app.wait_text(TITLE)

with s.step('what a plain one says'):
    choose(plain)
    app.wait_text('Leaked storage key')
    assert titles() == [TITLE], titles()
page('1-unsigned')
with s.step('imported anyway'):
    app.tab_to(BUTTON, re.compile('Import Anyway'), limit=20)
    app.key('Return')
    app.wait_gone('dialog', timeout=20)
    app.wait(lambda: 'Leaked storage key' in titles(), 'it did not come in')
    app.wait_text(re.compile('Bundle imported'))
with s.step('an altered one'):
    choose(bad)
    app.wait_text(re.compile('Nothing Was Imported'))
page('2-altered')
with s.step('is left alone'):
    app.key('Escape')
    app.wait_gone('dialog')

if signs:
    with s.step('a locked one asks for its passphrase'):
        choose(signed)
        app.wait_text(re.compile('Encrypted'))
        app.tab_to(None, re.compile('Passphrase'), limit=10)
        app.type('wrong')
        app.key('Return')
        app.wait_text(re.compile('not fit'), timeout=20)
    page('3-locked')
    with s.step('who signed it'):
        app.key('ctrl+a')
        app.type(SECRET)
        app.key('Return')
        app.wait_text('Tampered build', timeout=20)
        app.wait_text(re.compile('Hana Levi'))
    page('4-signed')
    with s.step('imported'):
        app.key('Return')
        app.wait_gone('dialog', timeout=20)
        app.wait(lambda: 'Tampered build' in titles(), 'it did not come in')

with s.step('opened with the app: a bundle, then a timeline'):
    log = f'{OUT}/log.csv'
    with open(log, 'w', encoding='utf-8') as file:
        file.write('datetime,timestamp_desc,message\n2026-11-21T03:04:11Z,Sign-in,Token replayed\n')
    open_with_app(log, bundle('opened', 'Opened with the app'))
    app.wait_text('Opened with the app')
    app.tab_to(BUTTON, re.compile('Import Anyway'), limit=20)
    app.key('Return')
    app.wait(lambda: 'Opened with the app' in titles(), 'it did not come in')
    app.find('dialog', re.compile('Import Into Incident'), timeout=20)
    app.key('Escape')
    app.wait_gone('dialog')
with s.step('dropped on the window'):
    app.drop(bundle('dropped', 'Dropped on the window'))
    app.wait_text('Dropped on the window')
    app.tab_to(BUTTON, re.compile('Import Anyway'), limit=20)
    app.key('Return')
    app.wait_gone('dialog', timeout=20)
    app.wait(lambda: 'Dropped on the window' in titles(), 'it did not come in')
with s.step('the incident goes out'):
    app.click_part(app.part(TITLE))
    app.wait_text('The administrator opened the mail') if VARIANT == 'light' else app.settle()
    app.activate('incident.export-bundle')
    app.find('dialog')
page('5-export')
if signs and VARIANT == 'light':
    with s.step('locked by a passphrase, which is typed twice'):
        app.tab_to(None, re.compile('Encryption'), limit=20)
        app.key('space', 'Down', 'Return')
        app.tab_to(None, re.compile('^Passphrase'), limit=20)
        app.type(SECRET)
        app.tab_to(None, re.compile('Repeat Passphrase'), limit=20)
        app.type('other')
        app.wait_text('not the same')
        app.key('ctrl+a')
        app.type(SECRET)
    page('6-passphrase')
with s.step('as a file'):
    app.tab_to(BUTTON, re.compile('^.?Export|^⟦_?Export'), limit=40)
    app.key('Return')
    app.choose_file(f'{OUT}/out.iwbundle')
    app.wait(lambda: os.path.exists(f'{OUT}/out.iwbundle'), 'no bundle was written', timeout=20)
    app.wait_gone('dialog')
with s.step('it ends when asked'):
    assert app.quit() == 0, app.process.returncode
if signs:
    subprocess.run(['gpgconf', '--kill', 'all'], capture_output=True)
s.check('it logged no warnings', app.complaints())
s.finish()
