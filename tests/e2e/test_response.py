#!/usr/bin/env python3
"""A customer-reportable incident from the alert to its close, and a second opinion on what it adds up to."""
import json
import pathlib

import replay
from harness import NOT_FOUND, OK, REFUSED, REJECTED, USAGE, contains, equal, main, shared

DATA = pathlib.Path(__file__).resolve().parent.parent / 'data'


def decisions(box, incident):
    """The entries as they are exported, those of people as well."""
    return [row for row in box.json('show', incident)['timeline'] if row.get('type') == 'entry']


def us(text):
    return replay.instant(text)


def without_zero(clock):
    return {key: clock[key] for key in ('kind', 'start', 'due', 'state', 'ended')}


def state_equals_replay(box, incident):
    """The program's fold against the replay of what it exports."""
    state = box.json('state', incident)
    mine = replay.replay(decisions(box, incident))
    for name in ('stage', 'severity', 'set_severity', 'priority', 'classification', 'urgent', 'containing', 'roles', 'experts'):
        equal((name, state[name]), (name, mine[name]))
    equal({c['id']: {'kind': c['kind'], 'start': us(c['start']), 'due': us(c['due']), 'state': c['state'],
                     'ended': us(c.get('ended')) or 0} for c in state['clocks'] if c['kind'] != 'acknowledgement'},
          {i: without_zero(c) for i, c in mine['clocks'].items()})
    equal({e['id']: (us(e['asked']), us(e['due']), us(e.get('acknowledged')) or 0, e['late']) for e in state['escalations']},
          {i: (e['asked'], e['due'], e['acknowledged'], e['late']) for i, e in mine['escalations'].items()})
    equal({n['id']: n['status'] for n in state['notices'] if n.get('entry')}, mine['notices'])
    equal({s['id']: s['state'] for s in state['scope'] if s['state']}, mine['scope'])
    equal({t['id']: t['state'] for t in state['tasks'] if t['id'] in mine['tasks']}, mine['tasks'])
    equal(set(state['decisions']), set(mine['counted']) & {e['_id'] for e in decisions(box, incident)
                                                            if e['kind'] not in ('observation', 'action', 'communication',
                                                                                 'decision', 'note')})
    return state


def first_id(result):
    return result.out.split()[0]


def alert_in(box):
    result = box.run('alert', DATA / 'alerts' / 'graph.json')
    return first_id(result)


def assess(box, incident):
    box.run('role', incident, '--role', 'incident-manager', '--to', 'A. Sato')
    box.run('stage', incident, '--to', 'assess', '--why', 'Two alerts on one account.')
    box.run('assess', incident, '--to', 'escalate', '--why', 'Customer mail may have been read.', code=REFUSED)
    box.run('assess', incident, '--to', 'escalate', '--why', 'Customer mail may have been read.',
            '--evidence', 'The sign-in log shows a token replayed.')


def escalate(box, incident):
    asked = first_id(box.run('escalate', incident, '--from', 'Operations', '--to', 'Security Response Team', '--why',
                             'Mail of customers', '--ask', 'Take the lead.', '--due', '30 min', '--at', '2 hours ago'))
    contains(box.run('state', incident).out, 'Security Response Team')
    equal([e['overdue'] for e in box.json('state', incident)['escalations']], [True])
    box.run('acknowledge', incident, asked.split(':')[1], '--to', 'accepted', '--actor', 'M. Ito')
    escalation, = box.json('state', incident)['escalations']
    equal((escalation['late'], escalation['overdue'], escalation['acknowledged_by']), (True, False, 'M. Ito'))
    return asked


def declare(box, incident):
    evidence = first_id(box.run('add', incident, '--key', '--kind', 'observation', 'mail of Example Stores was read')).strip()
    refused = box.run('declare', incident, '--access', 'occurred', '--duty', 'none', '--declared-by', 'A. Sato',
                      '--statement', 'The mailbox was opened from abroad.', code=REFUSED)
    contains(refused.err, '--links')
    box.run('declare', incident, '--access', 'none', '--duty', 'none', '--declared-by', 'A. Sato', '--statement', 'x',
            '--links', evidence, code=REFUSED)
    equal(box.json('state', incident)['clocks'], [c for c in box.json('state', incident)['clocks']
                                                   if c['kind'] == 'acknowledgement'])
    said = box.run('declare', incident, '--access', 'occurred', '--duty', 'both', '--declared-by', 'A. Sato', '--statement',
                   'The mailbox was opened from abroad.', '--links', evidence)
    contains(said.err, '72')
    clock, = [c for c in box.json('state', incident)['clocks'] if c['kind'] == 'customer-notice']
    equal(us(clock['due']) - us(clock['start']), 72 * replay.HOUR)
    equal(clock['state'], 'running')


def notify(box, incident):
    box.run('scope', 'import', incident, box.file('customers.csv', 'Customer,E-Mail\nExample Stores,it@stores.example\n'
                                                  'North Branch,\nbad,not an address\n'), '--state', 'confirmed',
            '--why', 'Named in the mailbox.', '--map', 'Customer=name', '--map', 'E-Mail=mail', code=REJECTED)
    notice = first_id(box.run('notice', 'draft', incident, '--audience', 'customers', '--language', 'de', '--title', 'Erste Nachricht'))
    box.run('notice', 'check', incident, notice)
    # Not approved: it cannot be sent, and says so on paper.
    box.run('notice', 'state', incident, notice, '--to', 'sent', '--method', 'mail', '--recipients', 'Example Stores', code=REFUSED)
    contains(box.run('notice', 'export', incident, notice, '-').out, 'Draft')
    # A deferral needs its ground and both who vetted it.
    box.run('notice', 'state', incident, notice, '--to', 'deferred', '--grounds', 'risk-to-others', '--why',
            'The attacker reads along.', '--legal', 'C. Haddad', code=REFUSED)
    box.run('notice', 'state', incident, notice, '--to', 'deferred', '--grounds', 'risk-to-others', '--why',
            'The attacker reads along.', '--legal', 'C. Haddad', '--executive', 'P. Novak', '--until', '2026-12-01')
    clock, = [c for c in box.json('state', incident)['clocks'] if c['kind'] == 'customer-notice']
    equal(clock['state'], 'running')
    box.run('notice', 'state', incident, notice, '--to', 'draft', '--why', 'The attacker is out.')
    box.run('notice', 'state', incident, notice, '--to', 'in-review', '--reviewer', 'C. Haddad')
    box.run('notice', 'state', incident, notice, '--to', 'approved', '--actor', 'C. Haddad')
    box.run('notice', 'edit', incident, notice, '--subject', 'Changed after approval')
    box.run('notice', 'state', incident, notice, '--to', 'sent', '--method', 'mail', '--recipients', 'Example Stores', code=REFUSED)
    box.run('notice', 'state', incident, notice, '--to', 'draft', '--why', 'Another subject.')
    box.run('notice', 'state', incident, notice, '--to', 'in-review')
    box.run('notice', 'state', incident, notice, '--to', 'approved', '--actor', 'C. Haddad')
    box.run('notice', 'state', incident, notice, '--to', 'sent', '--method', 'mail', '--recipients', 'Example Stores')
    clock, = [c for c in box.json('state', incident)['clocks'] if c['kind'] == 'customer-notice']
    equal(clock['state'], 'met')
    return notice


def recover_and_close(box, incident):
    task = first_id(box.run('task', 'new', incident, '--title', 'Reset the tokens', '--phase', 'containment', '--emergency'))
    box.run('stage', incident, '--to', 'stabilise', '--why', 'The attacker is out.')
    closing = ('stage', incident, '--to', 'closed', '--risk-contained', '--measures-implemented', '--verification',
               'No sign-in from abroad for three days.')
    refused = box.run(*closing, code=REFUSED)
    contains(refused.err, 'Reset the tokens')
    box.run('task', 'state', incident, task, '--to', 'done')
    box.run('stage', incident, '--to', 'closed', code=REFUSED)
    contains(box.run(*closing, code=None).err + str(box.json('state', incident)['stage']), 'closed')


def test_entries_by_what_they_are_called(box):
    incident = box.new()
    box.run('escalate', incident, '--to', 'Duty Executive', '--why', 'Mail was read.', '--ask', 'Decide.', '--due', '30 min')
    box.run('acknowledge', incident, 'Duty Executive', '--to', 'accepted', '--actor', 'M. Ito')
    equal([e['acknowledged_by'] for e in box.json('state', incident)['escalations']], ['M. Ito'])
    box.run('clock', 'start', incident, '--name', 'Word to the bank', '--clock-kind', 'contract', '--duration', '48 h',
            '--ends-on', 'manual', '--why', 'Annex 4')
    contains(box.run('clock', 'end', incident, 'Word to the sea', '--to', 'met', code=NOT_FOUND).err, 'Word to the sea')
    box.run('clock', 'end', incident, 'Word to the bank', '--to', 'met')
    equal([c['kind'] for c in box.json('state', incident)['clocks'] if not c.get('ended')], [])


def test_crsi(box):
    incident = alert_in(box)
    state_equals_replay(box, incident)
    assess(box, incident)
    escalate(box, incident)
    state_equals_replay(box, incident)
    box.run('impact', incident, '--functional', 'low', '--information', 'privacy-breach', '--recoverability', 'regular',
            '--risk', 'confirmed')
    equal(box.json('state', incident)['urgent'], True)
    box.run('stage', incident, '--to', 'diagnose', '--why', 'The response team has it.')
    box.run('contain', incident, '--to', 'started', '--what', 'Token revoked')
    equal(box.json('state', incident)['containing'], True)
    declare(box, incident)
    state_equals_replay(box, incident)
    notify(box, incident)
    state_equals_replay(box, incident)
    box.run('stage', incident, '--to', 'stabilise', '--why', 'Found.')
    box.run('stage', incident, '--to', 'diagnose', code=REFUSED)
    box.run('stage', incident, '--to', 'diagnose', '--why', 'A second mailbox.')
    box.run('contain', incident, '--to', 'ended', '--what', 'Token revoked')
    recover_and_close(box, incident)
    state = state_equals_replay(box, incident)
    equal(state['stage'], 'closed')
    equal(state['not_in_force'], [])
    # Undo takes it back on the record: both stay.
    box.run('undo')
    state = state_equals_replay(box, incident)
    equal(state['stage'], 'stabilise')
    equal([entry['kind'] for entry in state['not_in_force']], ['stage'])
    box.run('redo')
    equal(state_equals_replay(box, incident)['stage'], 'closed')
    equal(box.json('check')['problems'], [])


def test_alert_twice(box):
    incident = alert_in(box)
    n = len(decisions(box, incident))
    equal(alert_in(box), incident)
    equal(len(decisions(box, incident)), n)
    equal(len(box.json('list', '--all')), 1)
    tags = {tag for entry in decisions(box, incident) for tag in entry.get('tags', [])}
    equal(tags, {'T1564.001', 'T1566.002'})
    box.run('alert', DATA / 'alerts' / 'alertmanager.json', code=REJECTED)
    equal(len(box.json('list', '--all')), 2)
    equal([hit['value'] for hit in box.json('indicator', 'find', '203[.]0[.]113[.]7')], ['203.0.113.7'])
    box.run('alert', box.file('odd.json', '{"a": 1}'), code=1)
    box.run('alert', box.file('plain.json', '{"key": "7", "what": "Door forced"}'), '--map', 'id=key', '--map', 'title=what')
    equal(len(box.json('list', '--all')), 3)


def test_false_positive(box):
    incident = box.new('Backup job')
    box.run('classify', incident, '--to', 'false-positive', code=REFUSED)
    box.run('classify', incident, '--to', 'false-positive', '--root-cause', 'The backup renames files.', '--follow-up',
            'Tune rule RW-014')
    equal([task['title'] for task in box.json('task', 'list', incident)], ['Tune rule RW-014'])
    box.run('classify', incident, '--to', 'security-incident', code=REFUSED)
    box.run('classify', incident, '--to', 'security-incident', '--why', 'It was none after all.')
    equal(state_equals_replay(box, incident)['classification'], 'security-incident')


def test_words(box):
    incident = box.new('An incident')
    box.run('clock', code=USAGE)
    box.run('clock', 'jump', incident, code=USAGE)
    box.run('clock', 'start', incident, '--name', 'Contract', '--clock-kind', 'contract', '--duration', '24 h', '--ends-on', 'manual')
    contains(box.run('clock', 'export', incident, '-').out, 'BEGIN:VCALENDAR')
    clock, = box.json('clock', 'list', incident)
    box.run('clock', 'end', incident, clock['id'], '--to', 'stopped', code=REFUSED)
    box.run('clock', 'end', incident, clock['id'], '--to', 'met')
    state_equals_replay(box, incident)
    equal(len(box.run('team', 'starter').out.splitlines()), 11)
    equal(box.run('team', 'starter').out, '')
    box.run('team', 'edit', 'Security Response Team', '--on-call-now', 'M. Ito')
    pasted = box.run('indicator', 'paste', incident, '-', stdin='hxxps://evil[.]example/x, 203.0.113.9\nnonsense')
    equal(len(pasted.out.splitlines()), 2)
    box.run('withdraw', incident, decisions(box, incident)[0]['_id'], '--why', 'Made by mistake.')
    state_equals_replay(box, incident)


def test_show_not_in_force(box):
    """What was taken back stays, and says so."""
    incident = box.new('An incident')
    box.run('severity', incident, '--to', 'high', '--why', 'Mail was read.')
    assert 'Not in force' not in box.run('show', incident).out
    box.run('undo')
    line, = [line for line in box.run('show', incident).out.splitlines() if 'Mail was read.' in line]
    contains(line, '[Not in force: Withdrawn')


def test_find(box):
    """What a decision is about is a document or a decision of the kind that it names."""
    incident = box.new('An incident')
    task = first_id(box.run('task', 'new', incident, '--title', 'Rotate keys', '--phase', 'recovery', '--emergency'))
    started = first_id(box.run('task', 'state', incident, 'Rotate keys', '--to', 'in-progress'))
    box.run('task', 'state', incident, started, '--to', 'done', code=NOT_FOUND)
    box.run('task', 'edit', incident, started, '--title', 'Other', code=NOT_FOUND)
    box.run('withdraw', incident, task, '--why', 'It is no decision.', code=REFUSED)
    box.run('task', 'edit', incident, 'Rotate keys', '--owner', 'K. Mori')
    equal([t['emergency'] for t in box.json('task', 'list', incident)], ['true'])
    box.run('task', 'edit', incident, 'Rotate keys', '--no-emergency')
    equal([t.get('emergency') for t in box.json('task', 'list', incident)], [None])
    contains(box.run('task', '-h').out, 'edit')


def test_experts(box):
    """Several people are experts at a time: one is added, replaced or relieved."""
    incident = box.new('An incident')

    def role(*words, **more):
        return box.run('role', incident, '--role', 'expert', *words, **more)

    contains(role('--instead-of', 'A. Sato', code=REFUSED).err, '--instead-of: A. Sato does not hold this role.')
    role('--to', 'A. Sato')
    role('--to', 'B. Berg')
    contains(role('--to', 'b. berg', code=REFUSED).err, '--to: b. berg holds this role already.')
    contains(role(code=REFUSED).err, '--to: Say who takes this role, or choose who is relieved.')
    equal(state_equals_replay(box, incident)['experts'], ['A. Sato', 'B. Berg'])
    role('--to', 'C. Cole', '--instead-of', 'A. Sato')
    contains(box.run('show', incident).out, 'C. Cole takes over as Subject-Matter Expert from A. Sato')
    equal(state_equals_replay(box, incident)['roles'], {'expert': 'C. Cole'})
    role('--instead-of', 'b. berg')
    equal(state_equals_replay(box, incident)['experts'], ['C. Cole'])
    box.run('undo')
    equal(state_equals_replay(box, incident)['experts'], ['C. Cole', 'B. Berg'])
    contains(box.run('role', '--help').out, '--instead-of')


def test_terminal(box):
    """Nothing that others wrote reaches the terminal as an order to it."""
    evil = 'E\033[31mvil\u202e'
    incident = box.new('An incident')
    box.run('alert', box.file('a.json', json.dumps({'id': 1, 'title': evil})))
    box.run('clock', 'start', incident, '--name', evil, '--clock-kind', 'contract', '--duration', '24 h', '--ends-on', 'manual')
    other, = [row['incident'] for row in box.json('list') if row['title'] != 'An incident']
    for out in (box.run('state', other).out, box.run('state', incident).out, box.run('clock', 'list', incident).out):
        contains(out, 'vil')
        assert '\033' not in out and '\u202e' not in out, out


def test_notice_to_whom(box):
    """Who of the recipients gets no mail is said."""
    incident = box.new('An incident')
    for name, mail in (('Contoso', 'it@contoso.example'), ('Fabrikam', ''), ('Ruled', 'it@ruled.example')):
        box.run('scope', 'new', incident, '--scope-kind', 'customer', '--name', name, '--mail', mail)
    for name, state in (('Contoso', 'confirmed'), ('Fabrikam', 'suspected'), ('Ruled', 'suspected')):
        box.run('scope', 'state', incident, name, '--to', state, '--why', 'The log says so.')
    notice = first_id(box.run('notice', 'new', incident, '--title', 'To all', '--audience', 'customers', '--subject', 'S',
                              '--body', 'B', '--recipients', 'Contoso', '--recipients', 'Fabrikam', '--recipients', 'Ruled'))
    box.run('scope', 'state', incident, 'Ruled', '--to', 'ruled-out', '--why', 'Its mail was not read.')
    result = box.run('notice', 'export', incident, notice, box.dir / 'all.eml')
    contains(result.err, '“Fabrikam” has no usable mail address.')
    contains(result.err, '“Ruled” is neither suspected nor confirmed')
    text = (box.dir / 'all.eml').read_text()
    contains(text, 'it@contoso.example')
    assert 'ruled.example' not in text
    box.run('scope', 'state', incident, 'Contoso', '--to', 'ruled-out', '--why', 'A mistake.')
    contains(box.run('notice', 'export', incident, notice, box.dir / 'none.eml').err, 'no recipient')


def test_veris(box):
    result = box.run('import', '--format', 'veris', DATA / 'veris.jsonl', '--rejects', box.dir / 'r.csv', code=REJECTED)
    contains(result.out, '4 good, 1 duplicate, 4 rejected')
    contains((box.dir / 'r.csv').read_text(), 'timeline.incident')
    equal(len(box.json('list', '--all')), 4)
    for row in box.json('list', '--all'):
        state_equals_replay(box, row['incident'])


def test_vcdb(box):
    """The real ones: every record becomes an incident, impossible dates are told."""
    result = box.json('import', '--format', 'veris', shared('vcdb/vcdb-a-third.jsonl.gz'))
    equal((result['rows'], result['good'] + result['duplicates'] + result['rejected']), (3138, 3138))
    equal((result['good'], result['rejected']), (3138, 0))
    rows = box.json('list', '--all')
    equal(len(rows), 3138)
    again = box.json('import', '--format', 'veris', shared('vcdb/vcdb-a-third.jsonl.gz'))
    equal((again['good'], again['duplicates']), (0, 3138))
    for row in rows[::500]:
        state_equals_replay(box, row['incident'])


main(__name__)
