#!/usr/bin/env python3
"""Counts the results in meson's testlog.json: each TAP line of its own, else each test program.

Prints the end of what failed and "N passed, N failed[, N skipped]"; exits 1 if a test failed or none was run.
"""
import json
import re
import sys

TAP_LINE = re.compile(r'^(not )?ok\b[^#]*(#\s*(\w+))?')
GOOD = ('OK', 'EXPECTEDFAIL')
LINES, WIDTH = 25, 300  # of what a failed program said


def count(test):
    """(passed, failed, skipped) of one program."""
    passed = failed = skipped = 0
    for line in test.get('stdout', '').splitlines():
        match = TAP_LINE.match(line)
        if not match:
            continue
        directive = (match.group(3) or '').upper()
        if directive == 'SKIP':
            skipped += 1
        elif match.group(1) and directive != 'TODO':
            failed += 1
        else:
            passed += 1
    result = test['result']
    if result == 'SKIP' and not skipped:
        skipped = 1
    elif result in GOOD and not passed + skipped:
        passed = 1
    elif result not in GOOD + ('SKIP',) and not failed:
        failed = 1  # it crashed, ran out of time, or stopped before its last test
    return passed, failed, skipped


def tail(test):
    """What a failed program said last, without the steps that went well."""
    said = [line for line in (test.get('stdout', '') + test.get('stderr', '')).splitlines()
            if line.strip() and not re.match(r'ok\b', line)]
    return '\n'.join('  ' + line[:WIDTH] for line in said[-LINES:])


def main():
    try:
        with open(sys.argv[1], encoding='utf-8') as log:
            tests = [json.loads(line) for line in log if line.strip()]
    except OSError as error:
        print(f'count-results: {error}', file=sys.stderr)
        tests = []
    passed, failed, skipped = (sum(column) for column in zip(*map(count, tests))) if tests else (0, 1, 0)
    for test in tests:
        if count(test)[1]:
            print(f"failed: {test['name']} ({test['result']})")
            print(tail(test))
    print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
