#!/usr/bin/env python3
"""The first start: an empty workspace says what to do first, and holds what every page must."""
import audits
from driver import Scenario

s = Scenario()
with s.step('the application starts'):
    app = s.start()
audits.page(s, '1-first')
with s.step('it ends when asked'):
    assert app.quit() == 0, app.process.returncode
s.check('it logged no warnings', app.complaints())
s.finish()
