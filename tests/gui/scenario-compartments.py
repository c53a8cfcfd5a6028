#!/usr/bin/env python3
"""Two databases on one server: an incident goes to the one that was chosen; a machine timeline that came from the server
is indexed by itself; what is held back is exported, and edited and sent again."""
import json
import os
import re
import shutil
import subprocess
import sys

import audits
from driver import BUTTON, ENTRY, OUT, VARIANT, Scenario, cli, cli_json
from sync_world import Desk, Server, close_dialog, screen_reader_bus

TITLE = 'Postmortem of the leak'
NARROW = VARIANT == 'phone'
SIZE = (370, 650) if NARROW else (900, 760)
AUTHORS = {'hana': 'Hana Levi', 'akira': 'Akira Sato'}
LOG = '''datetime,timestamp_desc,message,user
2026-11-21T03:04:11Z,Sign-in,Token replayed from 203.0.113.77,mkeller
2026-11-21T03:06:52Z,Audit,Inbox rule hides alerts,mkeller
'''


def scopes(server, database):
    return {docid.split(':')[0] for docid in server.documents(database)}


if shutil.which('gnome-keyring-daemon') is None:
    print('1..0 # SKIP there is no keyring to keep passwords in')
    sys.exit(0)
s = Scenario()
with s.step('a server with two databases'):
    server = Server()
    for name, author in AUTHORS.items():
        server.add_user(name, author, 'responder', 'incident-manager')
    server.run('createdb', 'postmortems', '--member', 'hana', '--member', 'akira')
    server.start()

bus = screen_reader_bus()
desks = {name: Desk(name, bus) for name in ('hana', 'akira')}
hana, akira = desks['hana'], desks['akira']
try:
    with s.step('two apps that the command line has signed in'):
        for number, (name, desk) in enumerate(desks.items()):
            subprocess.run(['gsettings', 'set', 'io.github.incident_workbench.IncidentWorkbench', 'author', AUTHORS[name]],
                           env=desk.plain(), check=True)
            desk.cli('sync', 'setup', server.url, '--user', name, '--pin', server.fingerprint(), '--password-stdin',
                     '--compartment', 'incidents', secret=f'{name} secret')
            desk.start(*SIZE, 300 * number)
            s.app = desk.app
            desk.app.wait_text(re.compile('Synced|Connected'), 30)
    with s.step('a new incident asks for its compartment'):
        app = s.app = hana.app
        app.come_forward()
        app.key('ctrl+n')
        app.wait_text('Create')
        app.type(TITLE)
        app.tab_to('combo box', re.compile('Compartment'))
        app.key('space')
        app.wait_text('postmortems')
        app.key('Down', 'Return')
    audits.page(s, '1-new-incident')
    with s.step('and lives there'):
        app.press_named('Create')
        app.wait_gone('dialog', 'New Incident')
        app.wait_text('In the compartment “postmortems”')
        incident = cli_json('list', workspace=hana.workspace)[0]['incident']
        akira.app.wait_text(TITLE, 30)
        assert incident in scopes(server, 'postmortems')
        assert incident not in scopes(server, 'incidents')
    audits.page(s, '2-incident')

    with s.step('a machine timeline is indexed where it comes to'):
        log = f'{OUT}/sign-ins.csv'
        with open(log, 'w', encoding='utf-8') as file:
            file.write(LOG)
        cli('--author', AUTHORS['hana'], 'import', incident, log, workspace=hana.workspace)
        hana.app.activate('win.sync-now')
        def indexed():
            folder = f'{akira.workspace}/events'
            return os.path.isdir(folder) and bool(os.listdir(folder))
        akira.app.wait(indexed, 'there is no index', 20)
        s.app = akira.app
        akira.app.come_forward()
        akira.app.activate('win.show-incident', incident, 'timeline')
        akira.app.wait_text('Token replayed from 203.0.113.77', 20)
        akira.app.wait_text('In the compartment “postmortems”')

    with s.step('a reader writes'):
        server.stop()
        server.run('roles', 'akira', '--author', 'Akira Sato', 'reader')
        server.start()
        app = s.app = akira.app
        app.come_forward()
        app.key('ctrl+e')
        app.type('the reader was here')
        app.key('Return')
        app.activate('win.sync-now')
        app.wait_text('1 document is held back', 30)
    with s.step('it can be exported with the reason'):
        app.activate('win.sync-parked')
        app.wait_text(re.compile('Entry: the reader was here'))
        app.tab_to('list item', re.compile('the reader was here'))
        app.key('Return')
        app.find(name='The Whole Document')
        app.tab_to(BUTTON, 'Export…')
        app.key('Return')
        app.choose_file(f'{OUT}/held-back.json')
        app.wait_text('Exported')
        with open(f'{OUT}/held-back.json', encoding='utf-8') as file:
            exported = json.load(file)
        assert exported['document']['text'] == 'the reader was here', exported
        assert exported['compartment'] == 'postmortems' and exported['reason'], exported
    with s.step('edited, it is sent again'):
        server.stop()
        server.run('roles', 'akira', '--author', 'Akira Sato', 'responder')
        server.start()
        app.come_forward()
        app.tab_to(BUTTON, 'Edit and Send Again…')
        app.key('Return')
        app.find(name='Edit Entry')
        app.set_text(app.find(ENTRY, 'What happened'), 'the responder was here')
        app.key('ctrl+Return')
        app.wait_gone('dialog', 'Edit Entry')
        app.wait_text('Nothing Is Held Back', 40)
        close_dialog(app, 'Held Back')
        hana.app.wait_text('the responder was here', 40)
        app.wait(lambda: 'held back' not in app.texts(), 'it is still held back', 20)
    with s.step('what the server will not take is said before it is written'):
        server.stop()
        server.run('roles', 'akira', '--author', 'Akira Sato', 'reader')
        server.start()
        app.activate('win.sync-now')
        app.wait_text(re.compile('Synced'), 30)
        app.come_forward()
        app.activate('incident.form', 'containment', '')
        app.find('dialog')
        app.tab_to(ENTRY, 'What Is Done')
        app.type('Token revoked')
        app.wait_text(re.compile('it counts here alone.*may read'), 10)
    audits.page(s, '3-refusal')
    with s.step('written all the same, the overview says that nobody else has it'):
        app.key('ctrl+Return')
        app.wait_gone('dialog')
        app.activate('incident.goto', 'overview')
        app.wait_text(re.compile('counts here alone: the server did not take it'), 30)
    audits.page(s, '4-held-back')
    with s.step('from there it is sent again'):
        server.stop()
        server.run('roles', 'akira', '--author', 'Akira Sato', 'responder')
        server.start()
        app.tab_to('list item', re.compile('counts here alone'), limit=80)
        app.key('Return')
        app.wait_text(re.compile('Token revoked'))
        app.tab_to('list item', re.compile('Token revoked'))
        app.key('Return')
        app.tab_to(BUTTON, 'Send Again as It Is')
        app.key('Return')
        close_dialog(app, 'Held Back')
        app.wait(lambda: 'counts here alone' not in app.texts(), 'it is still held back', 40)
        app.activate('incident.goto', 'timeline')
    with s.step('started offline, it tells what waits to be sent'):
        app.activate('win.work-offline')
        app.wait_text('Working offline')
        app.key('ctrl+e')
        app.type('written offline')
        app.key('Return')
        app.wait_text('Working offline, 1 document to send')
        assert app.quit() == 0
        app = s.app = akira.start(*SIZE, 300)
        app.wait_text('Working offline, 1 document to send', 20)
        app.activate('win.work-offline')
        hana.app.wait_text('written offline', 40)
    with s.step('both end well'):
        for desk in desks.values():
            s.app = desk.app
            desk.app.come_forward()
            assert desk.app.quit() == 0
    s.check('no complaints in the log', hana.app.complaints())
finally:
    for desk in desks.values():
        desk.end()
    server.stop()
s.finish()
