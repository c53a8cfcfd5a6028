"""The tour's part with a server: what sync says, and a task that two people changed. One has the window, the other the
command line. Each in light, dark and 360 pixels wide."""
import re
import shutil
import subprocess
import time

from PIL import Image

from driver import BORDER, OUT
from sync_world import Desk, Server, close_dialog, screen_reader_bus

SIZE = (1180, 760)
INCIDENT = 'Leaked storage key'
TASK = 'Rotate the storage key'
AUTHORS = {'hana': 'Hana Levi', 'akira': 'Akira Sato'}
ENTRIES = ('2026-11-21T02:58Z A scanner found the key in a public image',
           '2026-11-21T03:04Z The bucket was listed from an address abroad',
           '2026-11-21T03:20Z Told the owners of the bucket')


def write(desk, author, *words):
    desk.cli('--author', author, *words)


def prefer(desk, key, value):
    subprocess.run(['gsettings', 'set', 'io.github.incident_workbench.IncidentWorkbench', key, value], env=desk.plain(), check=True)
    time.sleep(.6)


def picture(desk, name, dark=False):
    """Waits until the window has the style."""
    def taken():
        desk.app.picture(name)
        with Image.open(f'{OUT}/{name}.png') as image:
            return (image.convert('L').resize((1, 1)).getpixel((0, 0)) < 100) == dark
    desk.app.wait(taken, 'the window does not take the style on')


def pictures(desk, name, open_again=None):
    """@open_again: what closes by itself where there is little room."""
    app = desk.app
    picture(desk, name)
    prefer(desk, 'style', 'dark')
    picture(desk, f'{name}-dark', dark=True)
    prefer(desk, 'style', 'light')
    if open_again is not None:
        app.key('Escape')
    app.resize(360 + BORDER, 720)
    if open_again is not None:
        open_again()
    time.sleep(.6)
    picture(desk, f'{name}-360-pixels')
    if open_again is not None:
        app.key('Escape')
    app.resize(*SIZE)


def begin(server, desks):
    for name, desk in desks.items():
        server.add_user(name, AUTHORS[name], 'responder', 'incident-manager')
        prefer(desk, 'author', AUTHORS[name])
    server.start()
    for name, desk in desks.items():
        desk.cli('sync', 'setup', server.url, '--user', name, '--pin', server.fingerprint(), '--password-stdin',
                 secret=f'{name} secret')
    hana = desks['hana']
    write(hana, AUTHORS['hana'], 'new', INCIDENT)
    for entry in ENTRIES:
        write(hana, AUTHORS['hana'], 'add', INCIDENT, entry)
    write(hana, AUTHORS['hana'], 'task', 'new', INCIDENT, '--title', TASK, '--phase', 'recovery', '--owner', 'Storage')


def contradict(desks):
    """Both change the same fields of the same task while one of them is offline."""
    hana, akira = desks['hana'], desks['akira']
    akira.cli('sync')
    hana.app.activate('win.work-offline')
    hana.app.wait_text('Working offline')
    write(akira, AUTHORS['akira'], 'task', 'edit', INCIDENT, TASK, '--title', 'Rotate the key, then the backup’s',
          '--owner', 'Akira Sato')
    akira.cli('sync')
    write(hana, AUTHORS['hana'], 'task', 'edit', INCIDENT, TASK, '--title', 'Rotate the key in all regions', '--owner', 'Hana Levi')
    hana.app.activate('win.work-offline')
    hana.app.wait_text('1 conflict to review', 20)


def open_status(app):
    """The menu at the foot of the sidebar, which gives way to the page where there is little room."""
    if not app.shows('toggle button', re.compile('Synced')):
        app.activate('win.toggle-sidebar')
    app.press(app.find('toggle button', re.compile('Synced')))
    app.find('menu item', re.compile('Sync Preferences'))


def play(s, server, desks):
    hana = desks['hana']
    with s.step('a server, and two people who are signed in'):
        begin(server, desks)
        app = s.app = hana.start(*SIZE, 0)
        app.wait_text(re.compile('Synced'), 30)
    with s.step('sync in the preferences'):
        app.activate('win.sync-preferences')
        app.find(name='Signed In As')
        pictures(hana, '17-sync')
        close_dialog(app, 'Signed In As')
    with s.step('how sync stands'):
        app.activate('win.show-incident', hana_incident(hana), 'timeline')
        app.wait_text('Told the owners of the bucket')
        open_status(app)
        pictures(hana, '18-sync-status', lambda: open_status(app))
    with s.step('a conflict, both sides'):
        contradict(desks)
        app.activate('win.sync-conflicts')
        app.wait_text(re.compile('Rotate the key in all regions'))
        pictures(hana, '19-conflict')
    with s.step('it ends when asked'):
        close_dialog(app, 'Save')
        close_dialog(app, 'Conflicts')
        app.wait_gone('dialog')
        assert app.quit() == 0


def hana_incident(desk):
    return next(docid.split(':')[0] for docid in desk.documents() if docid.endswith(':incident'))


def sync(s):
    if shutil.which('gnome-keyring-daemon') is None:
        print('# no pictures of sync: there is no keyring to keep passwords in')
        return
    bus = screen_reader_bus()
    server = Server()
    desks = {name: Desk(name, bus) for name in AUTHORS}
    try:
        play(s, server, desks)
    finally:
        for desk in desks.values():
            desk.end()
        server.stop()
        for name in ('server', *AUTHORS):
            shutil.rmtree(f'{OUT}/{name}', ignore_errors=True)
