"""Replays exported decision entries and says what they add up to: a second opinion on the fold.

Written from the rules (process.md P3, P4, C2 to C5, R3, R4, N1 to N3, E3, E5) and from nothing of the
program, so that a mistake in its fold does not repeat itself here. Times are integers, microseconds.
"""
import datetime as dt
import re

STAGES = ['detect', 'assess', 'diagnose', 'stabilise', 'closed']
HOUR = 3600 * 10**6
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)


def instant(text):
    """RFC 3339 or a truncation of it, as microseconds; None for nothing or nonsense."""
    shape = re.fullmatch(r'(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?',
                         text or '')
    if not shape:
        return None
    year, month, day, hour, minute, second = (int(part) if part else default for part, default in
                                              zip(shape.groups()[:6], (1, 1, 1, 0, 0, 0)))
    fraction = int((shape[7] or '0').ljust(6, '0')[:6])
    try:
        at = dt.datetime(year, month, day, hour, minute, second, fraction, tzinfo=dt.timezone.utc)
    except ValueError:
        return None
    zone = shape[8]
    if zone and zone != 'Z':
        sign = -1 if zone[0] == '-' else 1
        at -= sign * dt.timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return (at - EPOCH) // dt.timedelta(microseconds=1)


def time_of(entry):
    for name in ('occurred_at', 'discovered_at', 'recorded_at', 'created_at'):
        at = instant(entry.get(name))
        if at is not None:
            return at
    return 0


def position(entry):
    recorded = instant(entry.get('recorded_at'))
    return time_of(entry), recorded or 0, entry['_id']


# ---- which decisions count ----

def filled(entry, *names):
    return all(str(entry.get(name, '')).strip() not in ('', '[]') for name in names)


def ticked(entry, name):
    return entry.get(name) in ('true', True)


def moves_back(entry):
    return entry.get('from') in STAGES and entry.get('to') in STAGES and \
        STAGES.index(entry['to']) < STAGES.index(entry['from'])


def stage_is_good(entry):
    if entry.get('to') not in STAGES or moves_back(entry) and not filled(entry, 'why'):
        return False
    return entry['to'] != 'closed' or ticked(entry, 'risk_contained') and \
        ticked(entry, 'measures_implemented') and filled(entry, 'verification')


def classification_is_good(entry):
    to = entry.get('to')
    if to == 'crsi':
        determined = entry.get('access') in ('occurred', 'very-likely') or \
            entry.get('duty') in ('legal', 'contractual', 'both')
        return determined and filled(entry, 'access', 'duty', 'statement', 'declared_by') and bool(entry.get('links'))
    if to not in ('false-positive', 'security-incident', 'privacy') or entry.get('from') and not filled(entry, 'why'):
        return False
    if to == 'false-positive':
        return filled(entry, 'root_cause', 'follow_up')
    return to != 'privacy' or bool(entry.get('data_subjects'))


def notice_is_good(entry):
    to = entry.get('to')
    if to == 'deferred':
        return entry.get('grounds') in ('risk-to-others', 'extraordinary') and filled(entry, 'why', 'legal', 'executive')
    if to == 'sent':
        return filled(entry, 'method') and bool(entry.get('recipients'))
    return to in ('draft', 'in-review', 'approved')


GOOD = {
    'stage': stage_is_good,
    'classification': classification_is_good,
    'notice': notice_is_good,
    'severity': lambda e: e.get('to') in ('low', 'medium', 'high', 'critical') and (filled(e, 'why') or not e.get('from')),
    'priority': lambda e: e.get('to') in ('p1', 'p2', 'p3', 'p4') and (filled(e, 'why') or not e.get('from')),
    'assessment': lambda e: filled(e, 'to', 'why') and (filled(e, 'evidence') or bool(e.get('links'))),
    'escalation': lambda e: filled(e, 'from', 'to', 'why', 'ask', 'due'),
    'acknowledgement': lambda e: filled(e, 'subject', 'to') and (e['to'] != 'declined' or filled(e, 'why')),
    'marking': lambda e: filled(e, 'subject', 'why'),
    'approval': lambda e: bool(e.get('items')) and filled(e, 'recipient', 'purpose', 'approved_by'),
    'scope': lambda e: filled(e, 'subject', 'to') and (filled(e, 'why') or bool(e.get('links'))),
    'task': lambda e: filled(e, 'subject', 'to') and (e['to'] != 'dropped' or filled(e, 'why')),
    'withdrawal': lambda e: filled(e, 'subject', 'why'),
    'clock-end': lambda e: filled(e, 'subject', 'to') and (e['to'] != 'stopped' or filled(e, 'why')),
}


def withdrawal_of(subject):
    """What a withdrawal of a decision says that it withdraws."""
    kind = subject['kind']
    if kind == 'classification':
        return f"classification/{subject.get('to', '')}"
    if kind == 'notice':
        return f"notice/{subject.get('to', '')}/{subject.get('audience', '')}"
    return kind if kind != 'withdrawal' else subject.get('of') or kind


def in_force(entries):
    """The decisions that count, in order. One is withdrawn if a withdrawal that counts names it; what can be
    settled neither way are withdrawals in a circle, and these count for nothing. So does a withdrawal that says
    wrongly what it is of; older ones do not say it."""
    good = sorted((e for e in entries if GOOD.get(e.get('kind'), lambda e: True)(e)), key=position)
    by_id = {e['_id']: e for e in good}
    wrong = {w['_id'] for w in good if w['kind'] == 'withdrawal' and w.get('of') and w['subject'] in by_id
             and w['of'] != withdrawal_of(by_id[w['subject']])}
    by_id = {i: e for i, e in by_id.items() if i not in wrong}
    good = [e for e in good if e['_id'] not in wrong]
    naming = {i: [w['_id'] for w in good if w['kind'] == 'withdrawal' and w['subject'] == i] for i in by_id}
    counts = {}
    while True:
        settled = {}
        for i in by_id.keys() - counts.keys():
            said = [counts.get(w) for w in naming[i]]
            if True in said:
                settled[i] = False
            elif None not in said:
                settled[i] = True
        if not settled:
            return [e for e in by_id.values() if counts.get(e['_id'])]
        counts.update(settled)


# ---- what they add up to ----

def duration(text):
    return int(text) * 60 * 10**6


def last(decisions, kind, **wanted):
    found = [e for e in decisions if e['kind'] == kind and all(e.get(k) == v for k, v in wanted.items())]
    return found[-1] if found else None


def replay_stages(decisions):
    """The stage now, and (stage, since) for each time it changed."""
    stage, path = 'detect', []
    for entry in decisions:
        if entry['kind'] == 'stage' and (entry['to'] != stage or not path):
            stage = entry['to']
            path.append((stage, time_of(entry)))
    return stage, path


def replay_clocks(decisions):
    """Of each clock: kind, start, due, state, end."""
    clocks = {}

    def ends(clock_id, at, state):
        clock = clocks[clock_id]
        if clock['state'] == 'running':
            clock.update(state=state, ended=at)

    def running(**wanted):
        return [i for i, c in clocks.items() if c['state'] == 'running' and all(c[k] == v for k, v in wanted.items())]

    def start(entry, kind, begin, minutes, ends_on):
        clocks[entry['_id']] = {'kind': kind, 'start': begin, 'due': begin + minutes, 'state': 'running', 'ended': 0,
                                'ends_on': ends_on}

    for entry in decisions:
        at, kind, to = time_of(entry), entry['kind'], entry.get('to')
        if kind == 'classification' and to == 'crsi' and not running(kind='customer-notice'):
            start(entry, 'customer-notice', at, 72 * HOUR, 'notice-sent')
        elif kind == 'classification' and to != 'crsi':
            for clock in running(kind='customer-notice'):
                ends(clock, at, 'stopped')
        elif kind == 'clock':
            start(entry, entry['clock_kind'], instant(entry['start']), duration(entry['duration']), entry['ends_on'])
        elif kind == 'clock-end' and entry['subject'] in clocks:
            ends(entry['subject'], at, to)
        elif kind == 'escalation':
            start(entry, 'acknowledgement', at, duration(entry['due']), 'acknowledged')
        elif kind == 'acknowledgement' and entry['subject'] in clocks:
            ends(entry['subject'], at, 'met')
        events = [{'notice': {('sent', 'customers'): 'notice-sent', ('sent', 'regulator'): 'regulator-notice-sent'}
                   .get((to, entry.get('audience'))), 'stage': 'closed' if to == 'closed' else None,
                   'containment': 'contained' if to == 'ended' else None}.get(kind)]
        for event in filter(None, events):
            for clock in running(ends_on=event):
                ends(clock, at, 'met')
    return clocks


def replay_experts(decisions):
    """Of several each entry adds, replaces or relieves one; one that does not say "several" names the only one."""
    experts = []
    for entry in decisions:
        if entry['kind'] != 'role' or entry['role'] != 'expert':
            continue
        to, gone = entry.get('to', ''), entry.get('instead_of', '').strip().casefold()
        names = [name.strip().casefold() for name in experts]
        at = len(experts)
        if entry.get('holders') != 'several':
            experts, at = [], 0
        elif gone in names:
            at = names.index(gone)
            del experts[at]
        if to and to.strip().casefold() not in [name.strip().casefold() for name in experts]:
            experts.insert(at, to)
    return experts


def replay(entries):
    """@entries: decision entries as exported, each with its _id."""
    decisions = in_force([e for e in entries if e.get('kind')])
    stage, path = replay_stages(decisions)
    impact = last(decisions, 'impact')
    risk = bool(impact) and impact['risk'] in ('imminent', 'confirmed')
    severity = (last(decisions, 'severity') or {}).get('to', '')
    order = ['', 'low', 'medium', 'high', 'critical']
    containment = last(decisions, 'containment')
    clocks = replay_clocks(decisions)
    experts = replay_experts(decisions)
    return {
        'stage': stage,
        'path': path,
        'set_severity': severity,
        'severity': max(severity, 'high', key=order.index) if risk else severity,
        'priority': 'p1' if risk else (last(decisions, 'priority') or {}).get('to', ''),
        'classification': (last(decisions, 'classification') or {}).get('to', ''),
        'urgent': risk and stage != 'closed',
        'containing': bool(containment) and containment['to'] == 'started',
        'roles': {role: entry['to'] for role in {e['role'] for e in decisions if e['kind'] == 'role'}
                  if role != 'expert' and (entry := last(decisions, 'role', role=role)).get('to')}
                 | {'expert': name for name in experts[:1]},
        'experts': experts,
        'clocks': {i: c for i, c in clocks.items() if c['kind'] != 'acknowledgement'},
        'escalations': {i: {'asked': c['start'], 'due': c['due'], 'acknowledged': c['ended'],
                            'late': c['ended'] > c['due']} for i, c in clocks.items() if c['kind'] == 'acknowledgement'},
        'notices': {s: last(decisions, 'notice', subject=s)['to'] for s in subjects(decisions, 'notice')},
        'scope': {s: last(decisions, 'scope', subject=s)['to'] for s in subjects(decisions, 'scope')},
        'tasks': {s: last(decisions, 'task', subject=s)['to'] for s in subjects(decisions, 'task')},
        'marks': {s: sorted(last(decisions, 'marking', subject=s).get('marks', []))
                  for s in subjects(decisions, 'marking')},
        'counted': [e['_id'] for e in decisions],
    }


def subjects(decisions, kind):
    return {e['subject'] for e in decisions if e['kind'] == kind}
