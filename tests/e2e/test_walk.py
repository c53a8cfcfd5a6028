#!/usr/bin/env python3
"""A whole walk through the command line, as a person would take it."""
import csv
import datetime
import hashlib
import io
import sqlite3

from harness import OK, REJECTED, contains, equal, main

LOG = '''datetime,timestamp_desc,message,user
2026-11-02T03:04:11.582Z,Sign-in,Token replayed from 203.0.113.77,mkeller
2026-11-02T03:06:52Z,Audit,"Inbox rule ""."" created, hides alerts",mkeller
not a time,Audit,This row has no time,mkeller
2026-11-02T03:11:30Z,Audit,"Two
lines and ünïcödé 認証",lberg
2026-11-02T03:06:52Z,Audit,"Inbox rule ""."" created, hides alerts",mkeller
'''


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def content_of(text):
    """What an export says: when, and what."""
    return sorted((datetime.datetime.fromisoformat(row['datetime']), row['message']) for row in rows_of(text))


def test_walk(box):
    incident = box.new('Phished administrator')
    equal(box.run('list').out.count(incident), 1)

    added = box.run('add', incident, '2026-11-02T03:20Z looked at the sign-in log', '--kind', 'action', '--key',
                    '--actor', 'R. Okafor', '--confidence', 'high', '--tag', 'triage').out
    contains(added, incident + ':entry-')
    entry, = box.entries(incident)
    equal(entry['kind'], 'action')
    equal(entry['occurred_at'], '2026-11-02T03:20Z')
    equal(entry['text'], 'looked at the sign-in log')
    equal((entry['key'], entry['actor'], entry['confidence'], entry['tags']), (True, 'R. Okafor', 'high', ['triage']))

    log = box.file('sign-in.csv', LOG)
    rejects = box.dir / 'rejects.csv'
    result = box.run('import', incident, log, '--rejects', rejects, code=REJECTED)
    contains(result.out, hashlib.sha256(LOG.encode()).hexdigest())
    contains(result.err, 'line 4, row 3')
    rejected, = rows_of(rejects.read_text())
    equal((rejected['line'], rejected['row'], rejected['value']), ('4', '3', 'not a time'))
    equal(box.n_events(incident), 4)

    both = rows_of(box.run('export', incident).out)
    equal([row['message'] for row in both if row['message'].startswith('Stage')], ['Stage set to Detect'])
    equal(len(both), 6)
    contains(box.run('export', incident).out, 'Two\nlines and ünïcödé 認証')
    equal(len(rows_of(box.run('export', incident, '--kind', 'action').out)), 1)
    equal(len(rows_of(box.run('export', incident, '--kind', 'event', '--filter-text', 'inbox').out)), 2)
    equal(len(rows_of(box.run('export', incident, '--no-duplicates', '--kind', 'event').out)), 3)
    equal(len(rows_of(box.run('export', incident, '--from', '2026-11-02T03:05Z', '--to', '2026-11-02T03:12Z').out)), 3)
    equal(len(rows_of(box.run('export', incident, '--no-events').out)), 2)
    contains(box.run('search', '認証').out, 'Two')
    contains(box.run('search', 'sign-in', '--incident', 'Phished administrator').out, 'looked at')

    box.run('undo')
    equal(box.n_events(incident), 0)
    box.run('redo')
    equal(box.n_events(incident), 4)
    box.run('undo')
    box.run('undo')
    equal(box.entries(incident), [])
    box.run('undo')
    equal(box.json('list', '--all'), [])
    equal(box.json('check')['problems'], [])


def test_exports_import_again(box):
    incident = box.new('First')
    box.run('import', incident, box.file('sign-in.csv', LOG), code=REJECTED)
    box.run('add', incident, '2026-11-02T04:00Z first\tthing, "quoted"')
    box.run('add', incident, '2026-11-02T05:00Z second thing', '--kind', 'decision')
    for form, name in (('timesketch-csv', 'a.csv'), ('timesketch-jsonl', 'b.jsonl'), ('iris-csv', 'c.csv')):
        first = box.dir / name
        box.run('export', incident, '--format', form, '-o', first)
        other = box.new(f'Again {form}')
        box.run('import', other, first, '--as', 'evidence')
        equal(content_of(box.run('export', other, '--kind', 'event').out), content_of(box.run('export', incident).out))


def test_entries_import_again_as_entries(box):
    incident = box.new('First')
    box.run('add', incident, '2026-11-02T04:00Z first\tthing, "quoted"', '--kind', 'communication', '--key', '--actor', 'A. Sato',
            '--team', 'Security response', '--source', 'Phone', '--confidence', 'low', '--tag', 'a', '--tag', 'b c')
    box.run('add', incident, '2026-11-02T05:00Z-2026-11-02T06:00Z sweep', code=None)
    box.run('add', incident, '2026-11-02 an imprecise one', '--kind', 'note')
    skipped = ('_id', 'incident', 'recorded_at', 'created_at', 'created_by', 'modified_at', 'modified_by')

    def content(name):
        return [{k: v for k, v in entry.items() if k not in skipped} for entry in box.entries(name)]

    for form, name in (('timesketch-csv', 'a.csv'), ('timesketch-jsonl', 'b.jsonl'), ('iris-csv', 'c.csv')):
        first = box.dir / name
        box.run('export', incident, '--format', form, '-o', first)
        other = box.new(f'Again {form}')
        box.run('import', other, first, '--as', 'entries')
        equal(content(other), content(incident))
        again, = box.json('import', other, first, '--as', 'entries')
        equal(len(box.entries(other)), len(box.entries(incident)))
        equal((again['good'], again['duplicates'], again['imported']), (0, again['rows'], False))


def test_lines_from_standard_input(box):
    incident = box.new()
    out = box.run('add', incident, '-', '--zone', 'UTC', stdin='2026-11-02T03:04Z one\n\n  \n2026-11-02T03:05Z two\nthree').out
    equal(len(out.splitlines()), 3)
    equal([entry['text'] for entry in box.entries(incident)], ['one', 'two', 'three'])


def test_titles_and_prefixes_name_an_incident(box):
    incident = box.new('Leaked storage')
    for name in (incident, incident[:-4], 'Leaked storage'):
        equal(box.json('show', name)['incident'], incident)


def test_first_severity(box):
    incident = box.run('new', 'Burning', '--severity', 'critical', '--why', 'customer data', '--zone', 'Asia/Tokyo').out.strip()
    shown = box.json('show', incident)
    equal(shown['severity'], 'critical')
    decision, = [row for row in shown['timeline'] if row.get('kind') == 'severity']
    equal((decision['to'], decision['why']), ('critical', 'customer data'))


def test_sample(box):
    sample = box.dir / 'sample'
    box.run('sample', sample)
    box.workspace = sample
    incidents = {row['title']: row for row in box.json('list', '--all')}
    equal(sorted(incidents), ['Backup job flagged as ransomware', 'Leaked storage', 'Phished administrator'])
    equal((incidents['Phished administrator']['severity'], incidents['Phished administrator']['stage']), ('high', 'diagnose'))
    equal((incidents['Leaked storage']['severity'], incidents['Leaked storage']['stage']), ('high', 'stabilise'))
    equal(incidents['Backup job flagged as ransomware']['classification'], 'false-positive')
    equal(incidents['Backup job flagged as ransomware']['stage'], 'closed')
    equal(len(box.json('list')), 2)
    shown = box.json('show', 'Phished administrator', '--events', '--kind', 'event', '--filter-text', 'replay OR token')
    equal(sorted(e['name'] for e in shown['evidence']), ['proxy.jsonl', 'sign-in-log.csv', 'storage-nearly-full.eml'])
    equal([e['skew_us'] for e in shown['evidence'] if e['name'] == 'proxy.jsonl'], [-94_000_000])
    equal(box.n_events('Phished administrator'), 1964 + 1458)
    equal(box.json('check')['problems'], [])


def linked_rows(box, title):
    """(entry text, message of a row it links to) pairs."""
    shown = box.json('show', title, '--events')
    events = {(row['evidence'], row['row']): row for row in shown['timeline'] if 'evidence' in row}
    for entry in shown['timeline']:
        for link in entry.get('links', []):
            if 'row' not in link:
                continue
            yield entry, events[link['evidence'], link['row']]


def test_sample_links_lead_to_what_they_say(box):
    sample = box.dir / 'sample'
    box.run('sample', sample)
    box.workspace = sample
    words = {'Session token replayed': 'token refresh', 'An inbox rule': 'Inbox rule', 'Consent for the whole tenant': 'Consent',
             'First listing': 'LIST', 'fs-07 renamed': 'renamed to', 'vaultcopy was upgraded': 'replaces 2.8'}
    seen = set()
    for title in ('Phished administrator', 'Leaked storage', 'Backup job flagged as ransomware'):
        for entry, event in linked_rows(box, title):
            for start, part in words.items():
                if start in entry['text']:
                    contains(event['message'], part)
                    seen.add(start)
    equal(seen, set(words))


def test_a_date_is_a_day_of_the_zone_shown(box):
    incident = box.new()
    box.run('add', incident, '-', '--zone', 'UTC', stdin='2026-11-01T16:00Z late in UTC\n2026-11-02T16:00Z later\n')
    for words in (['export', incident, '-f', 'markdown'], ['show', incident]):
        day = ['--from', '2026-11-02', '--to', '2026-11-02']
        tokyo = box.run(*words, *day, '--zone', 'Asia/Tokyo').out
        contains(tokyo, 'late in UTC')
        contains(tokyo, 'Asia/Tokyo')
        assert 'later' not in tokyo, tokyo
        utc = box.run(*words, *day).out
        contains(utc, 'later')
        assert 'late in UTC' not in utc, utc


def test_a_long_list_is_whole(box):
    """More than one page, some of them alike in all that the list is ordered by."""
    box.new('first')
    database = sqlite3.connect(box.database)
    database.executescript("""
        CREATE TEMP TABLE n AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) SELECT i FROM n;
        INSERT INTO doc (id, docid, seq) SELECT 1000 + i, printf ('%032x:incident', i), 1000 + i FROM n;
        INSERT INTO incident SELECT 1000 + i, printf ('%032x', i), 'Title ' || i, 'title ' || i, 1, i % 3, 0, 1, 0, 1, 0,
            0, 0, '', 0, '', '', 0 FROM n;
        """)
    database.close()
    equal(len(box.json('list')), 3001)
    lines = box.run('list').out.splitlines()
    equal((len(lines), len(set(lines))), (3001, 3001))


main(__name__)
