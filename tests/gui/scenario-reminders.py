#!/usr/bin/env python3
"""Clocks remind through the desktop's notifications: with Open and Snooze, from a closed window, and started by the
bus. The clocks, the timer and the bus are real; only the snooze is set to its shortest, a minute."""
import datetime
import os
import subprocess
import time

from driver import Scenario, State, cli, cli_json, has_state, slow
from notifications import Server

APP_ID = 'io.github.incident_workbench.IncidentWorkbench'
SCHEMA = APP_ID
s = Scenario()


def ago(**span):
    return (datetime.datetime.now(datetime.UTC) - datetime.timedelta(**span)).strftime('%Y-%m-%dT%H:%M:%SZ')


def setting(key, value):
    subprocess.run(['gsettings', 'set', SCHEMA, key, value], check=True)


def declare(title, **span):
    """A customer-reportable incident that was declared a while ago."""
    incident = cli('new', title).split()[0]
    cited = cli('add', incident, 'read the log').split()[0]
    cli('declare', incident, '--access', 'occurred', '--duty', 'legal', '--statement', 'The log shows it', '--links', cited,
        '--declared-by', 'A. Sato', '--at', ago(**span))
    return incident


def activate(action, target=None):
    """As a desktop does with the button of a notification whose program has ended."""
    subprocess.run(['gdbus', 'call', '--session', '--dest', APP_ID, '--object-path', '/' + APP_ID.replace('.', '/'),
                    '--method', 'org.freedesktop.Application.ActivateAction', action, f'[<{target}>]' if target else '[]', '{}'],
                   check=True, capture_output=True, timeout=60)


def owned():
    result = subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.freedesktop.DBus', '--object-path', '/org/freedesktop/DBus',
                             '--method', 'org.freedesktop.DBus.NameHasOwner', APP_ID], capture_output=True, text=True, check=True)
    return 'true' in result.stdout


with s.step('a notification service is on the bus'):
    server = Server.start()
    setting('snooze-minutes', '1')
with s.step('a clock that is nearly due is brought up when the window opens'):
    incident = declare('Phished administrator', hours=71, minutes=20)
    app = s.start()
    first = server.shown('due in 39 min')
    assert first['body'] == 'Phished administrator', first
    assert first['summary'].startswith('Customer notice'), first
    assert {'Open', 'Snooze for 1 min'} <= set(first['actions']), first
with s.step('it is said once'):
    cli('add', incident, 'looked again')
    server.nothing(2)
with s.step('a clock that another program starts is brought up too'):
    late = declare('Leaked storage', hours=80)
    overdue = server.shown('overdue by 8 h')
    assert overdue['body'] == 'Leaked storage' and overdue['urgency'] == 2, overdue
with s.step('Open brings the incident up at its clocks'):
    server.press(overdue, 'Open')
    app.wait_text('Leaked storage')
    app.find(None, 'Response', where=lambda node: has_state(node, State.SELECTED) or has_state(node, State.CHECKED), timeout=15)
with s.step('Snooze takes it away'):
    server.press(first, 'Snooze')
    server.closed(first['id'])
    snoozed_at = time.time()
    server.nothing(3)
with s.step('and it comes again when the time is over, from the timer alone'):
    again = server.shown('Customer notice due in', timeout=75 * slow())
    took = time.time() - snoozed_at
    assert again['body'] == 'Phished administrator', again
    assert 55 < took < 75 * slow(), took
with s.step('what was said is kept through an end'):
    assert app.quit() == 0, app.process.returncode
    app = s.start()
    server.nothing(4)
with s.step('without consent the program ends with its window'):
    app.key('ctrl+w')
    app.wait(lambda: app.process.poll() is not None, 'it did not end', 20)
    assert app.process.returncode == 0

with s.step('with consent it stays while a clock runs'):
    setting('remind-in-background', 'true')
    app = s.start()
    app.wait_text('Phished administrator')
    time.sleep(2)
    app.key('ctrl+w')
    app.wait(lambda: not app.windows(), 'the window did not close', 10)
    time.sleep(12)
    assert app.process.poll() is None, 'it ended'
with s.step('a clock that starts meanwhile is brought up'):
    contract = cli('new', 'Backup job').split()[0]
    cli('clock', 'start', contract, '--name', 'Contract notice', '--clock-kind', 'contract', '--start', ago(hours=47, minutes=30),
        '--duration', '48 h', '--ends-on', 'manual')
    closed = server.shown('Contract notice due in')
    assert closed['body'] == 'Backup job', closed
with s.step('Snooze works there'):
    server.press(closed, 'Snooze')
    server.closed(closed['id'])
    server.shown('Contract notice due in', timeout=75 * slow())
with s.step('a clock that ends takes its reminder along'):
    clock = next(row for row in cli_json('clock', 'list', contract) if row['name'] == 'Contract notice')
    cli('clock', 'end', contract, clock['id'], '--to', 'met')
    server.closed(server.events[-1]['id'])
with s.step('Open brings the window back'):
    cli('clock', 'start', contract, '--name', 'Regulator notice', '--clock-kind', 'regulator', '--start', ago(hours=80),
        '--duration', '72 h', '--ends-on', 'manual')
    server.press(server.shown('Regulator notice overdue by 8 h'), 'Open')
    app.window_id = None
    app.wait(app.windows, 'no window came', 20)
    app.wait_text('Backup job', timeout=20)
with s.step('Quit ends it although clocks run'):
    assert app.quit() == 0, app.process.returncode
    app.wait(lambda: not owned(), 'the name is still on the bus', 10)

with s.step('the session starts it without a window'):
    services = os.environ['XDG_DATA_HOME'] + '/dbus-1/services'
    os.makedirs(services, exist_ok=True)
    with open(f'{services}/{APP_ID}.service', 'w', encoding='utf-8') as file:
        file.write(f'[D-BUS Service]\nName={APP_ID}\nExec={os.environ["IW_APP"]} --gapplication-service\n')
    subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.freedesktop.DBus', '--object-path', '/org/freedesktop/DBus',
                    '--method', 'org.freedesktop.DBus.ReloadConfig'], check=True, capture_output=True)
    hidden = declare('Stolen laptop', hours=66, minutes=30)
    activate('snooze-reminder', f"('{hidden}:none', '{hidden}')")
    shown = server.shown('Customer notice due in 5 h', timeout=30)
    assert shown['body'] == 'Stolen laptop', shown
    time.sleep(12)
    assert owned(), 'it did not stay'
with s.step('and Open of a notification opens it'):
    server.press(shown, None)
    app.wait(lambda: subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', '.*'], capture_output=True, text=True).stdout.split(),
             'no window came', 20)
with s.step('it ends when the session asks it to'):
    activate('quit')
    app.wait(lambda: not owned(), 'it has not ended', 15)
server.stop()
s.check('it logged no warnings', app.complaints())
s.finish()
