#!/usr/bin/env python3
"""Every file of the shared timelines is imported, or refused row by row with a reason; what is
exported of it imports again as the same."""
import csv
import hashlib
import io
import json

from harness import FAILED, OK, REJECTED, SHARED, Skip, USAGE, equal, main

csv.field_size_limit(1 << 30)


def timelines():
    folder = SHARED / 'data/timelines'
    return sorted(path for path in folder.rglob('*') if path.is_file() and path.name != 'LICENSE') if folder.exists() else []


def event_times(box, incident, form):
    out = box.run('export', incident, '--kind', 'event', '--format', form).out
    if form == 'timesketch-jsonl':
        rows = [json.loads(line) for line in out.splitlines()]
        return sorted((row['datetime'], row['timestamp_desc'], row['message']) for row in rows)
    return sorted((row['datetime'], row['timestamp_desc'], row['message']) for row in csv.DictReader(io.StringIO(out)))


def check_counts(result, path):
    equal(result['rows'], result['good'] + result['rejected'])
    equal(result['sha256'], hashlib.sha256(path.read_bytes()).hexdigest())


def check_round_trip(box, incident, n):
    """Through each form that can come back."""
    wanted = event_times(box, incident, 'timesketch-csv')
    equal(len(wanted), n)
    for form, name in (('timesketch-csv', 'again.csv'), ('timesketch-jsonl', 'again.jsonl')):
        again = box.dir / name
        box.run('export', incident, '--kind', 'event', '--format', form, '-o', again)
        other = box.new(form)
        result, = box.json('import', other, again, '--as', 'evidence')
        equal((result['good'], result['rejected']), (n, 0))
        equal(event_times(box, other, 'timesketch-csv'), wanted)


def check_file(box, path):
    incident = box.new('First')
    rejects = box.dir / 'rejects.csv'
    outcome = box.run('--json', 'import', incident, path, '--as', 'evidence', '--zone', 'UTC', '--rejects', rejects, code=None)
    assert outcome.code in (OK, REJECTED, FAILED, USAGE), outcome.code
    if outcome.code in (FAILED, USAGE):
        assert path.name in outcome.err, outcome.err
        equal(box.n_events(incident), 0)
        return
    result, = outcome.json
    check_counts(result, path)
    if result['rejected']:
        rows = list(csv.DictReader(io.StringIO(rejects.read_text())))
        equal(len(rows), result['rejected'])
        assert all(row['reason'] and int(row['line']) > 0 and int(row['row']) > 0 for row in rows), rows[:3]
    equal(box.n_events(incident), result['good'])
    check_round_trip(box, incident, result['good'])
    equal(box.json('check')['problems'], [])


def test_the_data_is_here():
    if not timelines():
        raise Skip('the shared data is not here')
    assert len(timelines()) >= 18, timelines()


main(__name__, [('the-data-is-here', test_the_data_is_here)]
     + [(path.name, lambda box, path=path: check_file(box, path)) for path in timelines()])
