#!/usr/bin/env python3
"""count-results.py LOG [AGAIN]: counts the results in meson's testlog.json: each TAP line of its own, else each test program.

Prints the end of what failed and "N passed, N failed[, N skipped]"; exits 1 if a test failed or none was run.
AGAIN: the log of those that were played once more, whose results count. Both are printed.
--again LOG: names those which are worth that.
"""
import json
import re
import sys

TAP_LINE = re.compile(r'^(not )?ok\b[^#]*(#\s*(\w+))?')
GOOD = ('OK', 'EXPECTEDFAIL')
LINES, WIDTH = 25, 300  # of what a failed program said
MAX_AGAIN = 3


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


def read(path):
    try:
        with open(path, encoding='utf-8') as log:
            return [json.loads(line) for line in log if line.strip()]
    except OSError as error:
        print(f'count-results: {error}', file=sys.stderr)
        return []


def may_be_late(test):
    """A scenario of the window that waited for something in vain (driver.Late): beside others it may not have got its
    turn. What died, what was found to be wrong, and warnings are no matter of time."""
    said = test.get('stdout', '') + test.get('stderr', '')
    return (':gui / ' in test['name'] and count(test)[1] == 1 and re.search('^# driver\\.Late: ', said, re.M)
            and not re.search('Sanitizer|runtime error', said))


def to_play_again(tests):
    """Where few were late, and nothing else failed: many are no chance."""
    failed = [test for test in tests if count(test)[1]]
    return [test['name'] for test in failed] if len(failed) <= MAX_AGAIN and all(map(may_be_late, failed)) else []


def complain(test, how):
    print(f"{how}: {test['name']} ({test['result']})")
    print(tail(test))


def main():
    if sys.argv[1] == '--again':
        print(' '.join(name.split(' / ')[-1] for name in to_play_again(read(sys.argv[2]))))
        return 0
    tests, *more = map(read, sys.argv[1:])
    again = {test['name']: test for log in more for test in log}
    for test in tests:
        if test['name'] in again:
            complain(test, 'failed beside others, played again alone')
    tests = [again.get(test['name'], test) for test in tests]
    for test in tests:
        if count(test)[1]:
            complain(test, 'failed')
    passed, failed, skipped = (sum(column) for column in zip(*map(count, tests))) if tests else (0, 1, 0)
    print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
