#!/usr/bin/env python3
"""The timeline with 500,000 indexed events against 5,000: medians of many repeats.

usage: timeline.py BUILD DIR     makes and measures the workspaces DIR/large and DIR/small
"""
import os
import subprocess
import sys
from statistics import median

build, folder = sys.argv[1:3]
program = os.path.join(build, 'tests', 'bench', 'bench-timeline')
TURNS = 5  # of each measure the median of them counts
sizes = {'large': 500000, 'small': 5000}

# name, words, limit of the ratio, limit in ms
measures = [
    ('open', 'opening the incident', 1.5, 50),
    ('reload', 'the same after a change', 1.5, 16),
    ('jump', 'jump to any position', 1.5, 50),
    ('jump-time', 'jump to any time', 1.5, 50),
    ('filter', 'filter by time', 1.5, 50),
    ('histogram', 'overview of 2,000 bins', None, 16),
    ('search', 'full-text search', None, 100),
    ('search-all', 'full-text search, every event matches', None, 100),
]


def make(name):
    path = os.path.join(folder, name)
    done = os.path.join(folder, f'{name}.{sizes[name]}')
    if not os.path.exists(done):
        subprocess.run([program, 'build', path, str(sizes[name])], check=True)
        open(done, 'w').close()
    return path


def ask(*args):
    return subprocess.run([program, *args], check=True, capture_output=True, text=True).stdout


def measure(large, small):
    lines = (line.split() for line in ask('measure', large, small).splitlines())
    return {words[0]: [float(word) for word in words[1:]] for words in lines}


def main():
    os.makedirs(folder, exist_ok=True)
    large, small = make('large'), make('small')
    turns = [measure(large, small) for _ in range(TURNS)]
    failed = False
    for name, words, ratio_limit, limit in measures:
        of_large, worst, of_small, ratio = map(median, zip(*(turn[name] for turn in turns)))
        good = of_large <= limit and (ratio_limit is None or ratio <= ratio_limit)
        failed |= not good
        limits = f'at most {limit} ms' + (f' and {ratio_limit} times' if ratio_limit else '')
        print(f'timeline: {words}: {ratio:.2f} times the small one '
              f'({of_large:.3f} ms against {of_small:.3f} ms, worst {worst:.1f} ms; {limits})'
              f'{"" if good else "   TOO SLOW"}')
    of_large, of_small = float(ask('resident', large)), float(ask('resident', small))
    more = of_large - of_small
    failed |= more > 40
    print(f'timeline: resident memory: {more:+.1f} MiB ({of_large:.1f} MiB against {of_small:.1f} MiB; '
          f'at most +40 MiB){"" if more <= 40 else "   TOO MUCH"}')
    sys.exit(1 if failed else 0)


main()
