// Who may write what, for any CouchDB 3: the same rules as src/response/iw-write-rules.c, held to the same table of
// cases (tests/data/write-rules.json). Plain ES5: CouchDB's JavaScript may be old. TABLES is what the program knows of
// each kind of decision and document; it is put in when the design document is built.
function (newDoc, oldDoc, userCtx, secObj) {
  var TABLES = null;

  var WRITERS = ['responder', 'incident-manager', 'legal', 'executive'];
  var OTHER_TYPES = ['incident', 'entry', 'evidence', 'matrix', 'filter', 'erasure'];
  var MAX_FIELD = 65536, MAX_TEXT = 1048576, MAX_TAGS = 1000, MAX_TAG = 1024, MAX_LINKS = 10000;
  var MAX_LINE = 4096, MAX_LONG = 65536, MAX_ITEM = 1024, MAX_ITEMS = 100000;
  var MAX_SKEW = 36525 * 86400 * 1000000, MAX_MINUTES = 10 * 366 * 24 * 60, MAX_NUMBER = 2147483647;
  var UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
  var SHA256 = /^[0-9a-f]{64}$/;
  var TIME = new RegExp('^(\\d{4})(?:-(\\d\\d)(?:-(\\d\\d)(?:[Tt ](\\d\\d)(?::(\\d\\d)(?::(\\d\\d)(?:[.,]\\d{1,9})?)?)?' +
                        '(?:([Zz])|([+-])(\\d\\d)(?::?(\\d\\d))?))?)?)?$');

  function forbid(reason) {
    throw({forbidden: reason});
  }
  function quote(name) {
    return '\u201c' + name + '\u201d';
  }
  function forbidField(name) {
    forbid('The field ' + quote(name) + ' is missing or does not fit.');
  }
  function has(list, item) {
    return list.indexOf(item) >= 0;
  }
  function isArray(value) {
    return Object.prototype.toString.call(value) === '[object Array]';
  }
  function isObject(value) {
    return typeof value === 'object' && value !== null && !isArray(value);
  }
  // A member that is absent and one that is null are the same.
  function member(doc, name) {
    if (!doc || !Object.prototype.hasOwnProperty.call(doc, name) || doc[name] === null) {
      return undefined;
    }
    return doc[name];
  }
  function text(doc, name) {
    var value = member(doc, name);
    return typeof value === 'string' ? value : '';
  }
  function bytes(string) {
    var n = 0, i, c;
    for (i = 0; i < string.length; i++) {
      c = string.charCodeAt(i);
      // Either half of a pair counts for two of its four.
      n += c < 0x80 ? 1 : c < 0x800 || (c >= 0xd800 && c < 0xe000) ? 2 : 3;
    }
    return n;
  }

  // ---- accounts ----

  var name = userCtx.name;
  var roles = userCtx.roles || [];

  function isDatabaseAdmin() {
    var admins = (secObj && secObj.admins) || {};
    var i;
    if (has(admins.names || [], name)) {
      return true;
    }
    for (i = 0; i < roles.length; i++) {
      if (has(admins.roles || [], roles[i])) {
        return true;
      }
    }
    return false;
  }
  function isAdmin() {
    return has(roles, 'admin') || has(roles, '_admin') || isDatabaseAdmin();
  }
  function hasAny(wanted) {
    var i;
    if (isAdmin()) {
      return true;
    }
    for (i = 0; i < wanted.length; i++) {
      if (has(roles, wanted[i])) {
        return true;
      }
    }
    return false;
  }
  function isOwnName(author) {
    return author === name || has(roles, 'author:' + author);
  }

  // ---- what a document is ----

  function isKnown(type) {
    return has(OTHER_TYPES, type) || Object.prototype.hasOwnProperty.call(TABLES.documents, type);
  }
  function isDecision(doc) {
    return text(doc, 'type') === 'entry' && has(TABLES.decisions, text(doc, 'kind'));
  }

  // ---- times ----

  function daysIn(year, month) {
    if (month === 2) {
      return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
    }
    return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  }
  // A 60th second is one only where a leap second may be: at the end of June or December, UTC.
  function isLeapSecond(m) {
    var offset = (Number(m[9] || 0) * 60 + Number(m[10] || 0)) * (m[8] === '-' ? -1 : 1);
    var before = new Date(Date.UTC(Number(m[1]), m[2] - 1, Number(m[3]), Number(m[4]), Number(m[5]) - offset, 59));
    var day = (before.getUTCMonth() + 1) * 100 + before.getUTCDate();
    return (day === 630 || day === 1231) && before.getUTCHours() === 23 && before.getUTCMinutes() === 59;
  }
  function isTime(value) {
    var m = TIME.exec(value);
    if (!m || Number(m[1]) < 1) {
      return false;
    }
    if (m[2] !== undefined && (Number(m[2]) < 1 || Number(m[2]) > 12)) {
      return false;
    }
    if (m[3] !== undefined && (Number(m[3]) < 1 || Number(m[3]) > daysIn(Number(m[1]), Number(m[2])))) {
      return false;
    }
    if (Number(m[4] || 0) > 23 || Number(m[5] || 0) > 59 || Number(m[6] || 0) > 60 || Number(m[9] || 0) > 23 ||
        Number(m[10] || 0) > 59) {
      return false;
    }
    return Number(m[6] || 0) < 60 || isLeapSecond(m);
  }

  // ---- members of foreign documents ----

  function isString(doc, field, max) {
    var value = member(doc, field);
    return value === undefined || (typeof value === 'string' && bytes(value) <= max);
  }
  function isRequired(doc, field) {
    return text(doc, field) !== '' && isString(doc, field, MAX_FIELD);
  }
  function isInteger(doc, field) {
    var value = member(doc, field);
    return value === undefined || (typeof value === 'number' && Math.floor(value) === value);
  }
  function isTimeMember(doc, field) {
    var value = member(doc, field);
    return value === undefined || (isString(doc, field, 64) && isTime(value));
  }
  function areStrings(doc, fields, max) {
    var i;
    for (i = 0; i < fields.length; i++) {
      if (!isString(doc, fields[i], max)) {
        return false;
      }
    }
    return true;
  }

  // ---- entries, evidence, incidents ----

  function areTags(doc) {
    var value = member(doc, 'tags');
    var i;
    if (value === undefined) {
      return true;
    }
    if (!isArray(value) || value.length > MAX_TAGS) {
      return false;
    }
    for (i = 0; i < value.length; i++) {
      if (typeof value[i] !== 'string' || bytes(value[i]) > MAX_TAG) {
        return false;
      }
    }
    return true;
  }
  function areLinks(doc) {
    var value = member(doc, 'links');
    var i, row;
    if (value === undefined) {
      return true;
    }
    if (!isArray(value) || value.length > MAX_LINKS) {
      return false;
    }
    for (i = 0; i < value.length; i++) {
      if (!isObject(value[i]) || !areStrings(value[i], ['evidence', 'document'], MAX_FIELD) || !isInteger(value[i], 'row')) {
        return false;
      }
      row = member(value[i], 'row');
      if (row !== undefined && row < 1) {
        return false;
      }
    }
    return true;
  }
  function isEntry(doc) {
    var times = ['occurred_at', 'occurred_end', 'discovered_at', 'recorded_at', 'created_at', 'modified_at'];
    var key = member(doc, 'key');
    var i;
    if (!isInteger(doc, 'v') || !isRequired(doc, 'incident') || !isRequired(doc, 'kind') ||
        !UUID.test(text(doc, 'incident'))) {
      return false;
    }
    for (i = 0; i < times.length; i++) {
      if (!isTimeMember(doc, times[i])) {
        return false;
      }
    }
    return areStrings(doc, ['occurred_zone', 'actor', 'team', 'source', 'confidence', 'stage', 'created_by', 'modified_by',
                            'from', 'to', 'why'], MAX_FIELD) &&
           isString(doc, 'text', MAX_TEXT) && (key === undefined || typeof key === 'boolean') && areTags(doc) && areLinks(doc);
  }
  function isEvidence(doc) {
    var length = member(doc, 'length');
    var skew = member(doc, 'skew_us');
    var timeline = member(doc, 'timeline');
    return isRequired(doc, 'incident') && isRequired(doc, 'name') && isRequired(doc, 'sha256') &&
           areStrings(doc, ['media_type', 'collected_by', 'origin'], MAX_FIELD) && isInteger(doc, 'v') &&
           isInteger(doc, 'length') && isInteger(doc, 'skew_us') && isTimeMember(doc, 'collected_at') &&
           (timeline === undefined || isObject(timeline)) && UUID.test(text(doc, 'incident')) &&
           SHA256.test(text(doc, 'sha256')) && length !== undefined && length >= 0 &&
           (skew === undefined || (skew >= -MAX_SKEW && skew <= MAX_SKEW));
  }
  function isIncident(doc) {
    return UUID.test(text(doc, 'incident')) && areStrings(doc, ['title', 'summary', 'zone'], 2147483647);
  }

  // ---- fields of decisions and documents, as text ----

  function isList(field) {
    return has(['set', 'lines', 'items', 'links'], field.input);
  }
  function linksText(doc) {
    var links = member(doc, 'links');
    var lines = [];
    var i, evidence, other, row;
    for (i = 0; isArray(links) && i < links.length; i++) {
      evidence = member(links[i], 'evidence');
      other = member(links[i], 'document');
      row = member(links[i], 'row');
      if (typeof evidence === 'string') {
        lines.push(row > 0 ? evidence + ' ' + row : evidence);
      } else if (typeof other === 'string') {
        lines.push(other);
      }
    }
    return lines.join('\n');
  }
  function listText(doc, field) {
    var list = member(doc, field);
    var lines = [];
    var i;
    for (i = 0; isArray(list) && i < list.length; i++) {
      if (typeof list[i] === 'string') {
        lines.push(list[i]);
      }
    }
    return lines.join('\n');
  }
  function isEmpty(value) {
    return /^\s*$/.test(value);
  }
  // By hand: an expression that looks for the end of each run of spaces takes the square of their number.
  function trim(line) {
    var space = ' \t\r\f\v';
    var start = 0, end = line.length;
    while (start < end && space.indexOf(line.charAt(start)) >= 0) {
      start++;
    }
    while (end > start && space.indexOf(line.charAt(end - 1)) >= 0) {
      end--;
    }
    return line.substring(start, end);
  }
  function linesOf(value) {
    var parts = value.split('\n');
    var lines = [];
    var i;
    for (i = 0; i < parts.length; i++) {
      if (!isEmpty(parts[i])) {
        lines.push(trim(parts[i]));
      }
    }
    return lines;
  }
  function isLink(line) {
    return /^[^ ]+( 0*[1-9][0-9]*)?$/.test(line);
  }
  function isNumberUpTo(value, least, most) {
    return /^[0-9]+$/.test(value) && Number(value) >= least && Number(value) <= most;
  }
  function fitsList(field, value) {
    var lines = linesOf(value);
    var i;
    if (lines.length > (field.input === 'links' ? MAX_LINKS : MAX_ITEMS)) {
      return false;
    }
    for (i = 0; i < lines.length; i++) {
      if (bytes(lines[i]) > MAX_ITEM || (field.input === 'set' && !has(field.choices, lines[i])) ||
          (field.input === 'links' && !isLink(lines[i]))) {
        return false;
      }
    }
    return true;
  }
  function fits(field, value) {
    if (isList(field)) {
      return fitsList(field, value);
    }
    switch (field.input) {
    case 'long':
      return bytes(value) <= MAX_LONG;
    case 'choice':
      return has(field.choices, value);
    case 'tick':
      return value === 'true';
    case 'time':
      return isTime(value);
    case 'duration':
      return isNumberUpTo(value, 1, MAX_MINUTES);
    case 'number':
      return isNumberUpTo(value, 0, MAX_NUMBER);
    default:
      return bytes(value) <= MAX_LINE;
    }
  }

  // ---- rules of kinds that no field says alone: the name of the field that breaks one ----

  var RULES = {
    stage: function (get) {
      var order = ['detect', 'assess', 'diagnose', 'stabilise', 'closed'];
      var from = order.indexOf(get('from')), to = order.indexOf(get('to'));
      return from >= 0 && to >= 0 && to < from && isEmpty(get('why')) ? 'why' : null;
    },
    assessment: function (get) {
      return isEmpty(get('evidence')) && isEmpty(get('links')) ? 'evidence' : null;
    },
    classification: function (get) {
      return !isEmpty(get('from')) && isEmpty(get('why')) ? 'why' : null;
    },
    declaration: function (get) {
      return get('access') === 'none' && get('duty') === 'none' ? 'access' : null;
    },
    impact: function (get) {
      var urgent = has(['imminent', 'confirmed'], get('risk'));
      function overridden(field) {
        return !isEmpty(get(field)) && get(field) !== get('proposed_' + field);
      }
      if ((overridden('severity') || overridden('priority')) && isEmpty(get('override_why'))) {
        return 'override_why';
      }
      if (urgent && has(['low', 'medium'], get('severity'))) {
        return 'severity';
      }
      return urgent && has(['p4', 'p3', 'p2'], get('priority')) ? 'priority' : null;
    },
    severity: function (get) {
      return !isEmpty(get('from')) && isEmpty(get('why')) ? 'why' : null;
    },
    acknowledgement: function (get) {
      return get('to') === 'declined' && isEmpty(get('why')) ? 'why' : null;
    },
    'clock-end': function (get) {
      return get('to') === 'stopped' && isEmpty(get('why')) ? 'why' : null;
    },
    'notice-state': function (get) {
      var digest = get('digest');
      if (has(['approved', 'sent'], get('to')) && digest !== '' && !SHA256.test(digest)) {
        return 'digest';
      }
      if (!isEmpty(get('why'))) {
        return null;
      }
      return get('to') === 'deferred' || (get('to') === 'draft' && get('from') === 'approved') ? 'why' : null;
    },
    'scope-state': function (get) {
      return isEmpty(get('why')) && isEmpty(get('links')) ? 'why' : null;
    },
    release: function (get) {
      return get('manifest') !== '' && !SHA256.test(get('manifest')) ? 'manifest' : null;
    },
    sweep: function (get) {
      return isEmpty(get('found')) && isEmpty(get('clear')) ? 'found' : null;
    },
    'task-state': function (get) {
      return get('to') === 'dropped' && isEmpty(get('why')) ? 'why' : null;
    }
  };
  RULES.priority = RULES.severity;

  function checkFields(doc, fields, rule) {
    var isEntryDoc = text(doc, 'type') === 'entry';
    var i, field, value, broken;

    function get(wanted) {
      var known = null;
      var n, other;
      for (n = 0; n < fields.length; n++) {
        if (fields[n].name === wanted) {
          known = fields[n];
        }
      }
      if (known && known.input === 'links') {
        return isEntryDoc ? linksText(doc) : '';
      }
      if (known && isList(known)) {
        return listText(doc, wanted);
      }
      other = member(doc, wanted);
      return isEntryDoc && typeof other === 'number' ? String(other) : text(doc, wanted);
    }

    for (i = 0; i < fields.length; i++) {
      field = fields[i];
      value = get(field.name);
      if (field.when && !has(field.values, get(field.when))) {
        continue;
      }
      if (isEmpty(value) ? field.required : !fits(field, value)) {
        forbidField(field.name);
      }
    }
    broken = rule ? rule(get) : null;
    if (broken) {
      forbidField(broken);
    }
  }

  function checkDecision(doc) {
    var kind = text(doc, 'kind');
    var form = kind === 'classification' && text(doc, 'to') === 'crsi' ? 'declaration' : TABLES.kinds[kind];
    checkFields(doc, TABLES.forms[form], RULES[form]);
  }

  function checkContent(doc) {
    var type = text(doc, 'type');
    var scope = String(doc._id).substring(0, 36);
    var incident = member(doc, 'incident');
    if (UUID.test(scope) && doc._id.charAt(36) === ':' && doc._id.length > 37 && typeof incident === 'string' &&
        incident !== scope) {
      forbid('The document belongs to another incident than its id says.');
    }
    if (type === 'entry') {
      if (!isEntry(doc)) {
        forbid('This is no entry: a field is missing or of the wrong type.');
      }
      if (isDecision(doc)) {
        checkDecision(doc);
      }
    } else if (type === 'evidence') {
      if (!isEvidence(doc)) {
        forbid('This is no evidence: a field is missing or of the wrong type.');
      }
    } else if (type === 'incident') {
      if (!isIncident(doc)) {
        forbid('This is no incident: a field is missing or of the wrong type.');
      }
    } else if (Object.prototype.hasOwnProperty.call(TABLES.documents, type)) {
      checkFields(doc, TABLES.documents[type], null);
    }
  }

  // ---- who wrote it ----

  function isMerge(doc) {
    var merged = member(doc, 'merged');
    return isArray(merged) && merged.length >= 2 && !isDecision(doc);
  }
  function forbidAuthor(author) {
    forbid('This account does not write as ' + quote(author) + '.');
  }
  function checkCreated(before, after) {
    var by = text(after, 'created_by');
    if (before) {
      if (text(before, 'created_at') !== text(after, 'created_at') || text(before, 'created_by') !== by) {
        forbid('Who made a document, and when, does not change.');
      }
    } else if (by !== '' && text(after, 'created_at') === text(after, 'modified_at') && by !== text(after, 'modified_by')) {
      forbidAuthor(by);
    }
  }
  function checkAuthor(before, after, deleted) {
    var by = text(after, 'modified_by');
    if (isAdmin() || isMerge(after)) {
      return;
    }
    if (by === '') {
      if (!deleted) {
        forbid('The document does not say who wrote it.');
      }
      return;
    }
    if (!isOwnName(by)) {
      forbidAuthor(by);
    }
    if (!deleted) {
      checkCreated(before, after);
    }
  }

  // ---- what needs a role ----

  function checkDeferral(doc) {
    var legal = text(doc, 'legal'), executive = text(doc, 'executive');
    if (legal === executive) {
      forbid('A deferral is vetted by two people: a legal adviser and an executive.');
    }
    if (!isAdmin() && !(has(roles, 'legal') && isOwnName(legal)) && !(has(roles, 'executive') && isOwnName(executive))) {
      forbid('A deferral is recorded by the legal adviser or the executive who vetted it, under their name.');
    }
  }
  var GUARDED = [
    ['classification/crsi', ['incident-manager', 'executive']],
    ['approval', ['incident-manager']],
    ['notice/approved/regulator', ['legal', 'executive']],
    ['notice/approved/', ['incident-manager', 'legal', 'executive']],
    ['notice/deferred/', ['legal', 'executive']]
  ];
  // Which decision it is of only a program that has it can look up: there one that says it wrongly counts for nothing.
  function checkWithdrawal(of) {
    var i;
    if (of === '' || of === 'withdrawal') {
      if (!hasAny(['incident-manager'])) {
        forbid('A withdrawal that does not say what it withdraws needs a security incident manager.');
      }
      return;
    }
    for (i = 0; i < GUARDED.length; i++) {
      if (of.indexOf(GUARDED[i][0]) === 0) {
        if (!hasAny(GUARDED[i][1])) {
          forbid('A declaration, an approval or a deferral is withdrawn by somebody with a role that may make it.');
        }
        return;
      }
    }
  }
  function checkRole(doc) {
    var kind = text(doc, 'kind'), to = text(doc, 'to');
    if (kind === 'classification' && to === 'crsi' && !hasAny(['incident-manager', 'executive'])) {
      forbid('A customer-reportable incident is declared by a security incident manager or an executive.');
    }
    if (kind === 'approval' && !hasAny(['incident-manager'])) {
      forbid('Evidence is approved to go out by a security incident manager.');
    }
    if (kind === 'notice' && to === 'approved') {
      if (text(doc, 'audience') === 'regulator' && !hasAny(['legal', 'executive'])) {
        forbid('A notice to a regulator is approved by a legal adviser or an executive.');
      }
      if (!hasAny(['incident-manager', 'legal', 'executive'])) {
        forbid('A notice is approved by a security incident manager, a legal adviser or an executive.');
      }
    }
    if (kind === 'notice' && to === 'deferred') {
      checkDeferral(doc);
    }
    if (kind === 'withdrawal') {
      checkWithdrawal(text(doc, 'of'));
    }
  }

  // ---- all of it ----

  var before = oldDoc && !oldDoc._deleted ? oldDoc : null;
  var deleted = newDoc._deleted === true;

  if (!name) {
    throw({unauthorized: 'Sign in to write.'});
  }
  if (String(newDoc._id).indexOf('_design/') === 0) {
    if (!isAdmin()) {
      forbid('Only an administrator may change a design document.');
    }
    return;
  }
  if (!hasAny(WRITERS) && hasAny(['reader', 'auditor'])) {
    forbid('This account may read, not write.');
  }
  if (!isKnown(text(before, 'type')) && !isKnown(text(newDoc, 'type'))) {
    return;
  }
  if (!hasAny(WRITERS)) {
    forbid('This account may read, not write.');
  }
  if (isDecision(before)) {
    forbid(deleted ? 'A decision is never deleted; withdraw it instead.'
                   : 'A decision is never edited; decide again instead.');
  }
  if (text(before, 'type') === 'erasure' || text(newDoc, 'type') === 'erasure') {
    if (!isAdmin()) {
      forbid('Only an administrator may record an erasure.');
    }
    return;
  }
  if (deleted) {
    checkAuthor(before, newDoc, true);
    return;
  }
  if (before && text(before, 'type') !== text(newDoc, 'type')) {
    forbid('A document keeps its type.');
  }
  if (before && isDecision(newDoc)) {
    forbid('An entry cannot become a decision; make the decision instead.');
  }
  checkContent(newDoc);
  checkAuthor(before, newDoc, false);
  if (isDecision(newDoc)) {
    checkRole(newDoc);
  }
}
