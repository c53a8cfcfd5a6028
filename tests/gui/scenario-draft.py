#!/usr/bin/env python3
"""kill -9 while one types: what stood in the line is there again, and what was confirmed is stored."""

from driver import Scenario, WORKSPACE, cli, entries, pause, text_of

s = Scenario()
with s.step('start with an incident'):
    incident = cli('new', 'Burning').strip()
    app = s.start()
    app.click_part(app.part('Burning', where=lambda part: 'navigation-sidebar' in part['classes']))
    app.find(name='Quick Entry')
with s.step('an entry is saved, another is being typed'):
    app.key('ctrl+e')
    app.type('this one is saved')
    app.key('Return')
    app.wait_text('this one is saved')
    app.wait(lambda: any(entry['text'] == 'this one is saved' for entry in entries(incident)), 'not stored')
    app.type('this one is only half')
    pause(1)
with s.step('killed, and started again'):
    app.kill()
    assert any(entry['text'] == 'this one is saved' for entry in entries(incident))
    app = s.start()
    if not app.shows(name='Quick Entry'):
        app.click_part(app.part('Burning', where=lambda part: 'navigation-sidebar' in part['classes']))
with s.step('the draft is back'):
    line = app.find(name='New Entry')
    app.wait(lambda: text_of(line) == 'this one is only half', lambda: f'the line holds {text_of(line)!r}')
with s.step('the workspace is sound'):
    cli('check', workspace=WORKSPACE)
s.finish()
