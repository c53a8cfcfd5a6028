#!/usr/bin/env python3
"""A response under way: the Overview and Response tabs, decisions on the timeline, what is due in the lists."""
import os
import re
import subprocess

import audits
from driver import VARIANT, Scenario, cli, cli_json

s = Scenario()
known = []


def said(*words):
    """What people typed, which nobody translates."""
    known.extend(words)
    return words[0] if len(words) == 1 else words


def decide(command, *options):
    cli('--author', 'A. Sato', *command.split(), incident, *options)
    for i, word in enumerate(options):
        if i > 0 and options[i - 1] not in ('--at', '--due', '--duration', '--start'):
            known.append(word)


def entry(text, *options):
    return cli_json('--author', 'A. Sato', 'add', incident, said(text), *options)


def page(name):
    audits.page(s, name, allowed=sorted({word for word in known if len(word) > 1}, key=len, reverse=True))


def escalation():
    return next(row['_id'] for row in cli_json('show', incident)['timeline'] if row.get('kind') == 'escalation')


def follow(link):
    """As a mail program would: the program that runs takes it."""
    subprocess.run([os.environ['IW_APP'], link], check=True, timeout=20)


def set_up():
    global incident
    title = said('Phished administrator')
    incident = cli_json('new', title, '--summary', said('An administrator entered credentials on a false sign-in page; '
                        'a session token was replayed from abroad and customer records were read.'))['incident']
    cli('new', said('Leaked storage key'))
    cli('team', 'new', '--name', 'Legal and Regulatory Affairs', '--mail', 'legal@example.com', '--languages', 'de, en')
    known.extend(('Legal and Regulatory Affairs', 'legal@example.com', 'A. Sato', 'Operations', 'Deutsch'))
    decide('detect', '--to', 'customer-report', '--detail', 'The customer saw sign-ins at night', '--realm', 'own', '--at', '5 h ago')
    decide('stage', '--to', 'assess')
    decide('assess', '--to', 'escalate', '--why', 'A privileged account', '--evidence', 'Sign-in log', '--at', '4 h ago')
    decide('stage', '--to', 'diagnose')
    decide('role', '--role', 'incident-manager', '--to', 'M. Ito', '--at', '4 h ago')
    decide('role', '--role', 'response-lead', '--to', 'R. Okafor', '--at', '4 h ago')
    decide('contain', '--to', 'started', '--what', 'Sessions revoked', '--at', '2 h ago')
    decide('stage', '--to', 'stabilise')
    decide('stage', '--to', 'diagnose', '--why', 'The token is still in use')
    decide('impact', '--functional', 'low', '--information', 'privacy-breach', '--recoverability', 'supplemented',
           '--risk', 'confirmed', '--at', '2 h ago')
    decide('classify', '--to', 'security-incident', '--at', '2 h ago')
    decide('escalate', '--from', 'Operations', '--to', 'Legal and Regulatory Affairs', '--why', 'Customer data was read',
           '--ask', 'Say whether we must notify', '--due', '30 min', '--at', '90 min ago')
    decide('liaison', '--body', 'law-enforcement', '--name', 'Cyber police', '--what', 'Case opened', '--at', '1 h ago')
    decide('clock start', '--name', 'Data protection authority', '--clock-kind', 'regulator', '--duration', '72 h',
           '--ends-on', 'regulator-notice-sent', '--start', '2 h ago')
    decide('severity', '--to', 'critical', '--why', 'The wrong system was read')
    wrong = [row['_id'] for row in cli_json('show', incident)['timeline'] if row.get('kind') == 'severity'][-1]
    cli('withdraw', incident, wrong, '--why', said('Mistaken'))


with s.step('a response is under way'):
    set_up()
    app = s.start()
    app.wait_text('Phished administrator')
page('1-lists')
with s.step('overview'):
    app.click_part(app.part('Phished administrator', last=VARIANT != 'phone'), times=2 if VARIANT != 'phone' else 1)
    app.settle()
    app.activate('incident.goto', 'overview')
    app.wait_text('Data protection authority')
page('2-overview')
with s.step('response'):
    app.activate('incident.goto', 'response')
page('3-response')
for place in ('classification', 'impact', 'clocks', 'liaison'):
    with s.step(f'goes to {place}'):
        app.activate('incident.goto', place)
        app.settle()
    page(f'4-{place}')
with s.step('a message to whom it was escalated'):
    app.activate('incident.goto', 'escalations')
    app.settle()
    app.press_named(re.compile('Message to Legal and'))
    app.find('dialog')
page('5-message')
with s.step('closed by Escape'):
    app.key('Escape')
    app.wait_gone('dialog')
with s.step('a decision on the timeline'):
    app.activate('incident.goto', escalation())
page('6-timeline')
with s.step('its details'):
    app.tab_to('list item')
    app.key('space')
    app.find('button', re.compile('Withdraw'))
page('7-detail')
with s.step('what somebody else does meanwhile'):
    decide('role', '--role', 'scribe', '--to', 'P. Novak')
    entry('The attacker signed in from abroad', '--key')
    app.activate('incident.goto', 'overview')
    app.wait_text('The attacker signed in from abroad')
    app.wait_text(re.compile('Changed Since'))
page('8-changed')
with s.step('is marked as read'):
    app.press_named(re.compile('Mark as Read'))
    app.wait(lambda: not re.search('Changed Since', app.texts()), 'it still stands there')
with s.step('the hand-over text is copied'):
    app.press_named(re.compile('Hand-over'))
    app.wait_text(re.compile('Hand-over text copied'))
with s.step('the stage is changed from its path'):
    app.activate('incident.goto', 'response')
    app.settle()
    app.press_named(re.compile('Stabilise and Recover.*: not yet'))
    app.find('dialog')
page('9-stage')
with s.step('closed by Escape once more'):
    app.key('Escape')
    app.wait_gone('dialog')
with s.step('the recovery plan and back'):
    app.activate('incident.goto', 'plan')
    app.wait_text(re.compile('Recovery Plan'))
    app.activate('incident.goto', 'response')
    app.find('button', re.compile('Stabilise and Recover'))
with s.step('a link brings up its incident'):
    app.key('alt+Home')
    app.wait_text('Leaked storage key')
    follow('incident-workbench:' + incident)
    app.wait_text('M. Ito')
with s.step('it ends when asked'):
    assert app.quit() == 0, app.process.returncode
s.check('it logged no warnings', app.complaints())
s.finish()
