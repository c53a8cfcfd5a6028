#!/usr/bin/env python3
"""The man page names every command and option that the program has, and no others."""
import os
import re

from harness import contains, equal, main

MACROS = {'.TH', '.SH', '.SS', '.TP', '.PP', '.B', '.I', '.BR', '.RB', '.RI', '.IR', '.nf', '.fi'}


def page():
    with open(os.environ['IW_MAN_PAGE'], encoding='utf-8') as file:
        return file.read()


def options_of(text):
    return set(re.findall(r'--([a-z][a-z-]+)', text))


def test_markup_is_sound():
    lines = page().splitlines()
    for number, line in enumerate(lines, 1):
        if line.startswith('.'):
            assert line.split()[0] in MACROS, f'line {number}: {line}'
        assert re.sub(r'\\(-|&|fI|fR|fB)', '', line).count('\\') == 0, f'line {number}: {line}'
        assert line == line.rstrip(), f'line {number}: space at the end'
    equal([line for line in lines if line.startswith('.TH')], lines[:1])


def test_every_command_and_option_is_there(box):
    text = page().replace('\\-', '-')
    commands = re.findall(r'^  ([a-z]+) +\S', box.run('--help').out.split('Commands:')[1], re.M)
    assert len(commands) >= 11, commands
    has = options_of(text)
    known = {'help', 'version'}
    for command in commands:
        assert re.search(rf'^\.SS .*\b{command}\b', text, re.M), f'no section for {command}'
        help = box.run(command, '--help').out
        words = re.findall(r'^  ([a-z-]+) +\S', help.split('Words (')[1], re.M) if 'Words (' in help else []
        for word in words:
            assert re.search(rf'^\.SS .*\b{command}\b.*\b{word}\b', text, re.M), f'no section for {command} {word}'
            help += box.run(command, word, '--help').out
        options = options_of(help)
        assert options <= has, f'{command}: not in the page: {options - has}'
        known |= options
    assert has <= known, f'in the page only: {has - known}'


def test_formats_and_exit_codes(box):
    text = page().replace('\\-', '-')
    box.new()
    said = box.run('import', 'An incident', 'x', '--format', 'none', code=2).err.split('Known are: ')[1].rstrip('.\n')
    for name in said.split(', '):
        contains(text, name)
    for code in range(8):
        contains(text, f'.TP\n.B {code}\n')


main(__name__)
