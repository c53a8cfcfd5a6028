#!/usr/bin/env python3
"""Two people, two apps, one server: they sign in and trust its certificate, work offline, sync, and see each
other's work; a text that both changed is merged, a title that both changed is reviewed; all three are the same."""
import re
import shutil
import sys

import audits
from driver import BORDER, BUTTON, ENTRY, VARIANT, Scenario, cli_json
from sync_world import Desk, Server, close_dialog, peers, screen_reader_bus

TITLE = 'Leaked storage key'
NARROW = VARIANT == 'phone'
SIZE = (900, 760)


def narrow(app):
    if NARROW:
        app.resize(360 + BORDER, 640 + BORDER)


def look(s, name):
    """What is said at the foot of the sidebar is waited for elsewhere: only for the picture it is narrow."""
    narrow(s.app)
    audits.page(s, name)
    if NARROW:
        s.app.resize(*SIZE)


def begin_to_sign_in(s, desk, server, user):
    app = desk.app
    s.app = app
    app.come_forward()
    app.activate('win.sync-preferences')
    app.find(name='Shared Server')
    app.tab_to(ENTRY, 'Address')
    app.type(f'127.0.0.1:{server.port}')
    app.key('Tab')
    app.type(user)
    app.key('Tab')
    app.type(f'{user} secret')


def ask_for_certificate(app, server, question):
    app.find(name=question, timeout=15)
    shown = [':'.join(text.split()) for text in re.findall(r'(?:[0-9A-F:]{23}\s){3}[0-9A-F:]{23}', app.texts())]
    assert server.fingerprint() in shown, f'the app shows {shown}, the operator reads {server.fingerprint()}'


def trust(app, button):
    app.tab_to(BUTTON, button)
    app.key('Return')


def wait_for_account(app):
    app.find(name='Signed In As', timeout=20)
    app.wait_text(re.compile('Synced'), timeout=20)


def go_offline(s, desk, offline):
    s.app = desk.app
    desk.app.come_forward()
    desk.app.activate('win.work-offline')
    desk.app.wait(lambda: offline == ('Working offline' in desk.app.texts()), 'the status does not follow', 15)


def add_entry(s, desk, text):
    s.app = desk.app
    desk.app.come_forward()
    desk.app.key('ctrl+e')
    desk.app.type(text)
    desk.app.key('Return')
    desk.app.wait_text(text)


def edit_details(s, desk, title=None, summary=None):
    app = desk.app
    s.app = app
    app.come_forward()
    app.activate('incident.edit-details')
    app.find(name='Incident Details')
    if title is not None:
        app.tab_to(ENTRY, 'Title')
        app.key('ctrl+a')
        app.type(title)
    if summary is not None:
        app.set_text(app.find(ENTRY, 'Summary'), summary)
    app.key('ctrl+Return')
    app.wait_gone('dialog', 'Incident Details')


def same_everywhere(server, desks):
    """What differs between the server and the workspaces; empty where nothing does."""
    truth = server.documents()
    problems = []
    for name, desk in desks.items():
        own = desk.documents()
        problems += [f'{name}: {docid}: {own.get(docid)} != {truth.get(docid)}' for docid in sorted(truth.keys() | own.keys())
                     if truth.get(docid) != own.get(docid)]
    if len({frozenset(desk.leaves()) for desk in desks.values()}) > 1:
        problems.append('the leaves of the workspaces differ')
    return problems


def compare_with_pouchdb(s, server, desks):
    what = 'PouchDB sees the same'
    try:
        documents, leaves = server.view_of_pouchdb()
    except peers.NotThere as why:
        s.skip(what, why)
        return
    with s.step(what):
        assert any(deleted for _, _, deleted in leaves), 'no branch was closed'
        assert documents == server.documents()
        for name, desk in desks.items():
            own = desk.leaves()
            assert own == leaves, f'{name}: {sorted(own ^ leaves)}'


if shutil.which('gnome-keyring-daemon') is None:
    print('1..0 # SKIP there is no keyring to keep passwords in')
    sys.exit(0)
s = Scenario()
with s.step('a server from nothing'):
    server = Server()
    server.add_user('hana', 'Hana Levi', 'responder', 'incident-manager')
    server.add_user('akira', 'Akira Sato', 'responder')
    server.start()
    assert server.fingerprint() in server.words, server.words

bus = screen_reader_bus()
desks = {name: Desk(name, bus) for name in ('hana', 'akira')}
hana, akira = desks['hana'], desks['akira']
try:
    with s.step('two apps'):
        hana.start(*SIZE, 0)
        akira.start(*SIZE, 300)
    with s.step('an address, an account, a password'):
        begin_to_sign_in(s, hana, server, 'hana')
    look(s, '1-sign-in')
    with s.step('the certificate that the operator reads out'):
        hana.app.key('Return')
        ask_for_certificate(hana.app, server, 'Is This Your Server?')
    look(s, '2-certificate')
    with s.step('is trusted, and signs in'):
        trust(hana.app, 'Trust This Certificate')
        wait_for_account(hana.app)
    look(s, '3-account')
    with s.step('the menu at the foot of the sidebar'):
        close_dialog(hana.app, 'Signed In As')
        narrow(hana.app)
        if not hana.app.shows(BUTTON, re.compile('Synced')):
            hana.app.activate('win.toggle-sidebar')
        hana.app.press(hana.app.find('toggle button', re.compile('Synced')))
        hana.app.find('menu item', re.compile('Sync Preferences'))
    look(s, '3-menu')
    with s.step('the other one signs in'):
        hana.app.key('Escape')
        begin_to_sign_in(s, akira, server, 'akira')
        akira.app.key('Return')
        ask_for_certificate(akira.app, server, 'Is This Your Server?')
        trust(akira.app, 'Trust This Certificate')
        wait_for_account(akira.app)
        close_dialog(akira.app, 'Signed In As')

    with s.step('an incident of one is there for the other'):
        s.app = hana.app
        hana.app.come_forward()
        hana.app.key('ctrl+n')
        hana.app.wait_text('Create')
        hana.app.type(TITLE)
        hana.app.key('Return')
        hana.app.wait_gone('dialog', 'New Incident')
        akira.app.wait_text(TITLE, 20)
        incident = cli_json('list', workspace=hana.workspace)[0]['incident']
        edit_details(s, hana, summary='First line of what is known.\nSecond line of what is known.\nThird line of what is known.')
        s.app = akira.app
        akira.app.come_forward()
        akira.app.activate('win.show-incident', incident, 'timeline')
        akira.app.find(name='Quick Entry')

    with s.step('both write offline, and neither sees the other'):
        akira.app.wait(lambda: not same_everywhere(server, desks), lambda: same_everywhere(server, desks), 20)
        go_offline(s, hana, True)
        go_offline(s, akira, True)
        add_entry(s, hana, 'blocked the key at the gateway')
        add_entry(s, akira, 'asked storage for the access logs')
        edit_details(s, hana, summary='First line, now confirmed by logs.\nSecond line of what is known.\nThird line of what is known.')
        edit_details(s, akira, summary='First line of what is known.\nSecond line of what is known.\nThird line, two accounts are affected.')
        assert 'asked storage' not in hana.app.texts() and 'blocked the key' not in akira.app.texts()
    with s.step('online again, both show both'):
        go_offline(s, hana, False)
        go_offline(s, akira, False)
        for desk in desks.values():
            s.app = desk.app
            desk.app.wait_text('blocked the key at the gateway', 20)
            desk.app.wait_text('asked storage for the access logs', 20)
    with s.step('a text that both changed is merged'):
        def merged():
            summaries = {desk.documents()[f'{incident}:incident'][1]['summary'] for desk in desks.values()}
            return summaries == {'First line, now confirmed by logs.\nSecond line of what is known.\nThird line, two accounts are affected.'}
        s.app.wait(merged, lambda: [desk.documents()[f'{incident}:incident'] for desk in desks.values()], 20)
        s.app.wait(lambda: not same_everywhere(server, desks), lambda: same_everywhere(server, desks), 20)

    with s.step('what is typed stays, and the other one is named'):
        s.app = akira.app
        akira.app.come_forward()
        akira.app.activate('incident.edit-details')
        akira.app.tab_to(ENTRY, 'Title')
        akira.app.key('ctrl+a')
        akira.app.type('Half a ti')
        edit_details(s, hana, summary='Another summary altogether.')
        s.app = akira.app
        akira.app.wait_text(re.compile('Changed meanwhile by Hana Levi'), 20)
        assert 'Half a ti' in akira.app.texts()
        akira.app.come_forward()
        akira.app.key('Escape')

    with s.step('a title that both changed waits for a review'):
        go_offline(s, hana, True)
        go_offline(s, akira, True)
        edit_details(s, hana, title='Storage key in a public image')
        edit_details(s, akira, title='Key found by a stranger')
        go_offline(s, hana, False)
        go_offline(s, akira, False)
        for desk in desks.values():
            s.app = desk.app
            desk.app.wait_text('1 conflict to review', 20)
    with s.step('both versions are shown'):
        s.app = hana.app
        hana.app.come_forward()
        hana.app.activate('win.sync-conflicts')
        hana.app.find(BUTTON, 'Save')
        hana.app.wait_text('Before: Leaked storage key')
    look(s, '4-conflict')
    with s.step('one is picked, that is undone and done again'):
        hana.app.tab_to('radio button', re.compile('Akira Sato'))
        hana.app.key('space')
        hana.app.key('ctrl+Return')
        hana.app.wait_gone('dialog', 'Conflicts')
        hana.app.wait_text('Conflict resolved')
        hana.app.key('ctrl+z')
        hana.app.wait_text('1 conflict to review', 20)
        hana.app.key('ctrl+shift+z')
        for desk in desks.values():
            s.app = desk.app
            desk.app.wait(lambda d=desk: 'conflict to review' not in d.app.texts(), 'the conflict is still there', 20)
            desk.app.wait_text('Key found by a stranger', 20)
    with s.step('the server and both workspaces are the same'):
        s.app.wait(lambda: not same_everywhere(server, desks), lambda: '\n'.join(same_everywhere(server, desks)), 20)

    compare_with_pouchdb(s, server, desks)

    with s.step('a server that goes away and comes back'):
        server.stop()
        add_entry(s, hana, 'written while the server is down')
        hana.app.wait_text(re.compile('connection|reached', re.IGNORECASE), 20)
        server.start()
        hana.app.activate('win.sync-now')
        akira.app.wait_text('written while the server is down', 30)
        s.app.wait(lambda: not same_everywhere(server, desks), lambda: '\n'.join(same_everywhere(server, desks)), 20)
    with s.step('what the server refuses is held back, and holds up nothing'):
        server.stop()
        server.run('roles', 'akira', '--author', 'Akira Sato', 'reader')
        server.start()
        add_entry(s, akira, 'written by a reader')
        akira.app.activate('win.sync-now')
        akira.app.wait_text('1 document is held back', 30)
        add_entry(s, hana, 'goes on all the same')
        akira.app.wait_text('goes on all the same', 20)
    with s.step('the list says what and why'):
        s.app = akira.app
        akira.app.come_forward()
        akira.app.activate('win.sync-parked')
        akira.app.wait_text(re.compile('Entry: written by a reader'))
    look(s, '5-held-back')
    with s.step('the whole of it'):
        akira.app.tab_to('list item', re.compile('written by a reader'))
        akira.app.key('Return')
        akira.app.find(name='The Whole Document')
    look(s, '6-held-back-document')
    with s.step('sent again once the account may'):
        server.stop()
        server.run('roles', 'akira', '--author', 'Akira Sato', 'responder')
        server.start()
        akira.app.tab_to(BUTTON, 'Send Again as It Is')
        akira.app.key('Return')
        close_dialog(akira.app, 'Held Back')
        hana.app.wait_text('written by a reader', 40)
        akira.app.wait(lambda: 'held back' not in akira.app.texts(), 'it is still held back', 20)
        s.app.wait(lambda: not same_everywhere(server, desks), lambda: '\n'.join(same_everywhere(server, desks)), 20)

    with s.step('another certificate than the trusted one stops sync, loudly'):
        server.stop()
        server.replace_certificate()
        server.start()
        s.app = hana.app
        hana.app.come_forward()
        hana.app.activate('win.sync-now')
        hana.app.find(BUTTON, 'Look…', timeout=30)
        hana.app.activate('win.sync-certificate')
        ask_for_certificate(hana.app, server, 'This Is Not the Certificate You Trusted')
    look(s, '7-changed-certificate')
    with s.step('it is trusted only by hand'):
        trust(hana.app, 'Trust the New Certificate')
        hana.app.wait_text(re.compile('Synced'), 20)
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
