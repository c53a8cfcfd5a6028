#!/usr/bin/env python3
"""incident-workbench-cli import against the sqlite3 shell's .import of the same file into a table, with the
same full-text index over all columns, in turns within one run.

usage: import.py BUILD DIR [ROUNDS]
"""
import csv
import gzip
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import time

build, folder = sys.argv[1:3]
rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
cli = os.path.join(build, 'src', 'cli', 'incident-workbench-cli')
extension = os.path.abspath(os.path.join(build, 'tests', 'bench', 'iw-fts.so'))
shared = os.path.join(os.path.dirname(__file__), '..', '..', '..', 'shared', 'data', 'timelines',
                      'lsass-campaigns-01-03.timesketch.csv.gz')
columns = ('datetime timestamp_desc message hostname channel event_id source_name record_id username process '
           'parent_process command_line src_ip src_port dst_ip dst_port image_hash task level process_id '
           'process_guid dataset').split()


def generate(path, n=138134):
    """A file of the same shape: 22 columns, line ends within quoted fields, a kilobyte a row."""
    chance = random.Random(42)
    words = 'Process Information Logon Account Domain Security ID Object Server Handle Access Reasons Mask'.split()
    with open(path, 'w', newline='', encoding='utf-8') as file:
        writer = csv.writer(file, lineterminator='\n')
        writer.writerow(columns)
        for row in range(n):
            message = '\r\n'.join(f'{" ".join(chance.choices(words, k=3))}:\t0x{chance.getrandbits(24):X}'
                                  for _ in range(22))
            writer.writerow([f'2026-11-{3 + row * 20 // n:02}T{row % 24:02}:{row % 60:02}:{chance.randrange(60):02}.'
                             f'{chance.randrange(1000):03}Z', 'Event Logged', message, f'WS{row % 200:03}.corp.example',
                             'Security', 4600 + row % 100, 'Microsoft-Windows-Security-Auditing', row,
                             f'user{row % 50}'] + [''] * 9 + [row % 5, row % 9000, '', 'generated'])


def make_file():
    path = os.path.join(folder, 'lsass.csv')
    if os.path.exists(path):
        return path
    if os.path.exists(shared):
        with gzip.open(shared) as source, open(path + '.part', 'wb') as target:
            shutil.copyfileobj(source, target)
    else:
        print('import: the shared data is not here: a generated file of the same shape is used')
        generate(path + '.part')
    os.rename(path + '.part', path)
    return path


def ours(path):
    workspace = os.path.join(folder, 'workspace')
    shutil.rmtree(workspace, ignore_errors=True)
    made = subprocess.run([cli, '--workspace', workspace, '--json', 'new', 'Import benchmark'], check=True,
                          capture_output=True, text=True).stdout
    incident = json.loads(made)['incident']
    os.sync()  # what another step left to write is not on this one's account
    start = time.monotonic()
    out = subprocess.run([cli, '--workspace', workspace, '--json', 'import', incident, path], check=True,
                         capture_output=True, text=True).stdout
    took = time.monotonic() - start
    return took, json.loads(out)


def theirs(path):
    database = os.path.join(folder, 'plain.sqlite')
    if os.path.exists(database):
        os.unlink(database)
    names = ', '.join(f'"{name}"' for name in columns)
    # The table and the index are written in one transaction: that is the shell's best.
    script = f'''.load {extension} sqlite3_extension_init
CREATE TABLE log ({names});
BEGIN;
.import --csv --skip 1 {path} log
CREATE VIRTUAL TABLE text USING fts5 ({names}, content = '', columnsize = 0, tokenize = 'iw');
INSERT INTO text (rowid, {names}) SELECT rowid, {names} FROM log;
COMMIT;
SELECT count(*) FROM log;
'''
    os.sync()
    start = time.monotonic()
    out = subprocess.run(['sqlite3', database], input=script, check=True, capture_output=True, text=True)
    took = time.monotonic() - start
    if out.stderr:
        sys.exit(f'import: sqlite3 says {out.stderr}')
    return took, int(out.stdout.split()[-1])


def find_count(result, name):
    """The number under a name, wherever the answer keeps it."""
    if isinstance(result, dict):
        if isinstance(result.get(name), int):
            return result[name]
        result = list(result.values())
    if isinstance(result, list):
        for value in result:
            found = find_count(value, name)
            if found is not None:
                return found
    return None


def main():
    os.makedirs(folder, exist_ok=True)
    path = make_file()
    mine, plain = [], []
    for _ in range(rounds):
        took, result = ours(path)
        mine.append(took)
        took, rows = theirs(path)
        plain.append(took)
    good = find_count(result, 'good')
    ratio = statistics.median(mine) / statistics.median(plain)
    print(f'import: {ratio:.2f} times sqlite3 .import with the same full-text index '
          f'({statistics.median(mine):.2f} s against {statistics.median(plain):.2f} s; at most 2.0 times)'
          f'{"" if ratio <= 2 else "   TOO SLOW"}')
    print(f'import: {good} rows of {rows}{"" if good == rows else "   ROWS LOST"}')
    sys.exit(0 if ratio <= 2 and good == rows else 1)


main()
