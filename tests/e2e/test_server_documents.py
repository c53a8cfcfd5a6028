"""The server's answers about documents, as CouchDB's documentation has them, over its real HTTPS."""
import base64
import gzip
import hashlib
import http.client
import json
import pathlib
import ssl
import sys
import threading
import time
import traceback
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / 'peers'))
import peers  # noqa: E402

JSON = {'Content-Type': 'application/json'}
server = peers.Server()


class Client:
    def __init__(self, db=None, user='admin'):
        context = ssl.create_default_context(cafile=str(server.certificate))
        self.connection = http.client.HTTPSConnection('localhost', server.port, context=context, timeout=30)
        self.auth = 'Basic ' + base64.b64encode(f'{user}:{peers.PASSWORD}'.encode()).decode()
        self.db = db

    def send(self, method, path='', body=None, headers=None):
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
            headers = {**JSON, **(headers or {})}
        self.connection.request(method, f'/{self.db}{path}', body, {'Authorization': self.auth, **(headers or {})})
        answer = self.connection.getresponse()
        self.headers = answer.headers
        self.status = answer.status
        return answer.read()

    def call(self, method, path='', body=None, status=None, headers=None):
        """The answer, which must be JSON."""
        data = self.send(method, path, body, headers)
        wanted = status or (201 if method in ('PUT', 'POST') else 200)
        if isinstance(wanted, int):
            wanted = (wanted,)
        assert self.status in wanted, f'{method} {path}: {self.status}, not {wanted}: {data[:300]!r}'
        assert self.headers['Content-Type'] == 'application/json', self.headers['Content-Type']
        return json.loads(data)

    def get(self, path='', **more):
        return self.call('GET', path, **more)

    def refused(self, method, path, status, error, body=None, **more):
        answer = self.call(method, path, body, status=status, **more)
        assert answer['error'] == error and answer['reason'], answer
        return answer['reason']


number = 0


def new_db():
    global number
    number += 1
    client = Client(f'db{number}')
    assert client.call('PUT') == {'ok': True}
    return client


def test_a_document_from_beginning_to_end():
    c = new_db()
    first = c.call('PUT', '/a', {'n': 1})
    assert first['ok'] and first['id'] == 'a' and first['rev'].startswith('1-')
    assert c.headers['ETag'] == f'"{first["rev"]}"' and c.headers['Location'].endswith(f'/{c.db}/a')
    assert c.get('/a') == {'_id': 'a', '_rev': first['rev'], 'n': 1}
    assert c.send('GET', '/a', headers={'If-None-Match': f'"{first["rev"]}"'}) == b'' and c.status == 304
    assert c.send('HEAD', '/a') == b'' and c.status == 200
    c.refused('PUT', '/a', 409, 'conflict', {'n': 2})
    c.refused('PUT', '/a', 409, 'conflict', {'_rev': '1-0', 'n': 2})
    c.refused('PUT', '/a', 400, 'bad_request', {'_rev': 'x', 'n': 2})
    # What follows the number is anybody's word.
    c.refused('PUT', '/a', 409, 'conflict', {'_rev': '3-of_no.body~', 'n': 2})
    for odd in '3-', '3-a-b', '3-a b', '3-"', '3-\u00e9', '3-a/b', '3-' + 'a' * 2000:
        c.refused('PUT', '/a', 400, 'bad_request', {'_rev': odd, 'n': 2})
    c.refused('PUT', '/a?rev=1-b', 400, 'bad_request', {'_rev': first['rev']})
    c.refused('PUT', '/a', 400, 'bad_request', {'_id': 'b'})
    c.refused('PUT', '/a', 400, 'bad_request', '[1]', headers=JSON)
    c.refused('PUT', '/a', 400, 'bad_request', '{', headers=JSON)
    c.refused('PUT', '/a', 400, 'doc_validation', {'_strange': 1})
    c.refused('GET', '/_a', 400, 'illegal_docid')
    second = c.call('PUT', '/a', {'n': 2}, headers={'If-Match': f'"{first["rev"]}"'})
    assert c.get(f'/a?rev={first["rev"]}')['n'] == 1
    c.refused('GET', '/a?rev=7-nope', 404, 'not_found')
    c.refused('GET', '/a?rev=nope', 400, 'bad_request')
    info = c.get('/a?revs=true&revs_info=true&local_seq=true')
    assert info['_revisions'] == {'start': 2, 'ids': [second['rev'][2:], first['rev'][2:]]}
    assert [r['status'] for r in info['_revs_info']] == ['available', 'available'] and info['_local_seq'] == 2
    c.refused('DELETE', '/a', 409, 'conflict')
    gone = c.call('DELETE', f'/a?rev={second["rev"]}')
    assert gone['rev'].startswith('3-')
    assert c.refused('GET', '/a', 404, 'not_found') == 'deleted'
    assert c.refused('GET', '/never', 404, 'not_found') == 'missing'
    assert c.get(f'/a?rev={gone["rev"]}')['_deleted'] is True
    again = c.call('PUT', '/a', {'n': 4})
    assert again['rev'].startswith('4-')


def test_the_same_edit_is_the_same_revision():
    a, b = new_db(), new_db()
    assert a.call('PUT', '/x', {'b': 1, 'a': [1.0, 'é']}) == b.call('PUT', '/x', '{"a":[1.0,"\\u00e9"],\n"b":1}')


def test_ids():
    c = new_db()
    posted = c.call('POST', '', {'n': 1})
    assert len(posted['id']) == 32 and c.get('/' + posted['id'])['n'] == 1
    assert c.call('POST', '', {'_id': 'mine'})['id'] == 'mine'
    for docid in 'a/b', 'ü é', 'a+b?c#d', '_design/x', 'x:y', '%41':
        path = '/' + urllib.parse.quote(docid, safe='')
        rev = c.call('PUT', path, {'n': docid})['rev']
        assert c.get(path)['_id'] == docid
        c.call('PUT', f'{path}/file%2F1.txt?rev={rev}', 'text', headers={'Content-Type': 'text/plain'})
        assert c.send('GET', f'{path}/file/1.txt') == b'text'
    assert c.get('/_design/x')['n'] == '_design/x'
    assert c.send('GET', '/_design/x/file/1.txt') == b'text'
    c.refused('PUT', '/' + 'x' * 3000, 400, 'illegal_docid', {})
    c.refused('POST', '', 415, 'bad_content_type', 'a=b', headers={'Content-Type': 'application/x-www-form-urlencoded'})


def conflicted(c):
    rev = c.call('PUT', '/a', {'n': 1})['rev']
    docs = [{'_id': 'a', 'n': name, '_revisions': {'start': 2, 'ids': [name, rev[2:]]}} for name in ('bb', 'cc')]
    docs.append({'_id': 'a', '_deleted': True, '_revisions': {'start': 3, 'ids': ['dd', 'ee', rev[2:]]}})
    assert c.call('POST', '/_bulk_docs', {'new_edits': False, 'docs': docs}) == []
    return rev


def test_conflicts():
    c = new_db()
    first = conflicted(c)
    assert c.get('/a')['_rev'] == '2-cc'
    assert c.get('/a?conflicts=true')['_conflicts'] == ['2-bb']
    meta = c.get('/a?meta=true')
    assert meta['_deleted_conflicts'] == ['3-dd'] and len(meta['_revs_info']) == 2
    leaves = c.get('/a?open_revs=all')
    assert [leaf['ok']['_rev'] for leaf in leaves] == ['2-cc', '2-bb', '3-dd']
    some = c.get('/a?open_revs=' + urllib.parse.quote(json.dumps(['2-bb', '9-x'])))
    assert some[0]['ok']['n'] == 'bb' and some[1] == {'missing': '9-x'}
    latest = c.get(f'/a?latest=true&open_revs={urllib.parse.quote(json.dumps([first]))}')
    assert {leaf['ok']['_rev'] for leaf in latest} == {'2-cc', '2-bb', '3-dd'}
    assert c.get(f'/a?latest=true&rev={first}')['_rev'] == '2-cc'
    c.refused('GET', '/never?open_revs=all', 404, 'not_found')
    rows = c.get('/_changes?style=all_docs')['results']
    assert [r['rev'] for r in rows[0]['changes']] == ['2-cc', '2-bb', '3-dd']
    assert [r['rev'] for r in c.get('/_changes')['results'][0]['changes']] == ['2-cc']
    row = c.get('/_all_docs?include_docs=true&conflicts=true')['rows'][0]
    assert row['doc']['_conflicts'] == ['2-bb']
    row = c.get('/_changes?include_docs=true&conflicts=true')['results'][0]
    assert row['doc']['_conflicts'] == ['2-bb'] and row['doc']['n'] == 'cc'


def test_bulk_docs_says_of_each():
    c = new_db()
    rows = c.call('POST', '/_bulk_docs', {'docs': [{'_id': 'a'}, {'n': 1}, {'_id': 'a'}, {'_id': '_x'}, {'_id': 'b', '_odd': 1}]})
    assert rows[0]['ok'] and rows[0]['id'] == 'a' and len(rows[1]['id']) == 32
    assert rows[2] == {'id': 'a', 'error': 'conflict', 'reason': 'Document update conflict.'}
    assert rows[3]['error'] == 'illegal_docid' and rows[4]['error'] == 'doc_validation'
    deleted = c.call('POST', '/_bulk_docs', {'docs': [{'_id': 'a', '_rev': rows[0]['rev'], '_deleted': True}]})
    assert deleted[0]['ok']
    for body in {}, {'docs': 3}, {'docs': [], 'new_edits': 'x'}:
        c.refused('POST', '/_bulk_docs', 400, 'bad_request', body)
    rows = c.call('POST', '/_bulk_docs', {'new_edits': False, 'docs': [
        {'_id': 'c', '_rev': '1-x'}, {'_id': 'd'}, {'_id': 'e', '_rev': '1-x', '_attachments': {'f': {'stub': True}}}]})
    assert [(r['id'], r['error']) for r in rows] == [('d', 'bad_request'), ('e', 'missing_stub')], rows
    assert c.get('/c')['_rev'] == '1-x'
    # One that cannot be stored is no reason to refuse the others.
    deep = 'x'
    for _ in range(100):
        deep = [deep]
    rows = c.call('POST', '/_bulk_docs', {'new_edits': False, 'docs': [
        {'_id': 'f', '_rev': '1-x', 'text': 'a\0b'}, {'_id': 'g', '_rev': '1-x', 'deep': deep}, {'_id': 'h', '_rev': '1-x', 'n\0': 1}]
        + [{'_id': 'c', '_rev': '1-x'}]})
    assert [(r['id'], r['error']) for r in rows] == [(x, 'bad_request') for x in 'fgh'], rows
    c.call('PUT', '/' + 'i' * 2000, {})
    # Sent again it is no news; many at once go the other way through the server.
    before = c.get('')['update_seq']
    assert c.call('POST', '/_bulk_docs', {'new_edits': False, 'docs': [{'_id': 'c', '_rev': '1-x'}]}) == []
    assert c.get('')['update_seq'] == before
    many = [{'_id': f'm{i:04}', 'text': 'x' * 200} for i in range(1000)]
    assert all(row['ok'] for row in c.call('POST', '/_bulk_docs', {'docs': many}))
    assert len(c.get('/_all_docs?startkey="m"&endkey="n"')['rows']) == 1000
    assert len(c.get('/_changes?include_docs=true')['results']) == 1004
    c.refused('POST', '/_bulk_docs', 417, 'expectation_failed', {'docs': [{'_id': 'whole'}], 'all_or_nothing': True})
    c.refused('GET', '/whole', 404, 'not_found')


def test_attachments():
    c = new_db()
    data = bytes(range(256)) * 4096
    rev = c.call('PUT', '/a/big.bin', data, headers={'Content-Type': 'image/png'})['rev']
    assert c.headers['Location'].endswith(f'/{c.db}/a/big.bin')
    assert c.send('GET', '/a/big.bin') == data and c.headers['Content-Type'] == 'image/png'
    digest = base64.b64encode(hashlib.md5(data).digest()).decode()
    assert c.headers['ETag'] == f'"{digest}"' and c.headers['Content-Security-Policy'] == 'sandbox'
    stub = c.get('/a')['_attachments']['big.bin']
    assert stub == {'content_type': 'image/png', 'revpos': 1, 'digest': f'md5-{digest}', 'length': len(data), 'stub': True}
    assert c.send('GET', '/a/big.bin', headers={'Range': 'bytes=10-19'}) == data[10:20] and c.status == 206
    assert c.headers['Content-Range'] == f'bytes 10-19/{len(data)}'
    assert c.send('GET', '/a/big.bin', headers={'Range': f'bytes=0-{len(data) - 1}'}) == data and c.status == 206
    assert c.headers['Content-Range'] == f'bytes 0-{len(data) - 1}/{len(data)}'
    assert c.send('GET', '/a/big.bin', headers={'Range': 'bytes=0-'}) == data and c.status == 200
    assert c.headers['Content-Range'] is None
    assert c.send('GET', '/a/big.bin', headers={'Range': 'bytes=0-1,0-1'}) == data and c.status == 200
    assert c.send('GET', '/a/big.bin', headers={'Range': f'bytes=-{len(data) + 9}'}) == data and c.status == 206
    c.send('GET', '/a/big.bin', headers={'Range': 'bytes=5-3'})
    assert c.status == 416
    assert c.send('GET', '/a/big.bin', headers={'Range': 'bytes=-5'}) == data[-5:]
    assert c.send('GET', '/a/big.bin', headers={'Range': f'bytes={len(data) - 3}-'}) == data[-3:]
    c.send('GET', '/a/big.bin', headers={'Range': f'bytes={len(data)}-'})
    assert c.status == 416
    c.send('GET', '/a/big.bin', headers={'If-None-Match': f'"{digest}"'})
    assert c.status == 304
    assert c.send('HEAD', '/a/big.bin') == b'' and c.headers['Content-Length'] == str(len(data))
    c.refused('PUT', '/a/two', 409, 'conflict', 'x')
    c.refused('PUT', f'/a/_two?rev={rev}', 400, 'bad_request', 'x')
    c.refused('PUT', f'/a/two?rev={rev}', 415, 'bad_content_type', b'x', headers={'Content-Encoding': 'gzip'})
    rev = c.call('PUT', f'/a/two?rev={rev}', b'two' * 1000)['rev']
    assert c.send('GET', '/a/two') == b'two' * 1000 and c.headers['Content-Type'] == 'application/octet-stream'
    # An edit keeps by stub, drops by silence; a stub for what is not there is refused.
    doc = c.get('/a')
    del doc['_attachments']['two']
    rev = c.call('PUT', '/a', {**doc, 'edited': True})['rev']
    doc = c.get('/a?attachments=true')
    assert list(doc['_attachments']) == ['big.bin'] and base64.b64decode(doc['_attachments']['big.bin']['data']) == data
    c.refused('PUT', '/a', 412, 'missing_stub', {'_rev': rev, '_attachments': {'x': {'stub': True}}})
    c.refused('DELETE', f'/a/two?rev={rev}', 404, 'not_found')
    c.call('DELETE', f'/a/big.bin?rev={rev}')
    c.refused('GET', '/a/big.bin', 404, 'not_found')
    assert '_attachments' not in c.get('/a')


def test_attachments_in_lists():
    c = new_db()
    for i in range(10):
        c.call('PUT', f'/d{i}', {'_attachments': {'f': {'data': 'aGVsbG8='}}})
    c.call('PUT', '/large/f', b'x' * (5 << 20))
    for path in '/_changes?include_docs=true&attachments=true', '/_all_docs?include_docs=true&attachments=true':
        answer = c.get(path)
        files = {doc['_id']: doc['_attachments']['f'] for doc in (row['doc'] for row in answer.get('results') or answer['rows'])}
        assert len(files) == 11 and all(files[f'd{i}']['data'] == 'aGVsbG8=' for i in range(10))
        assert files['large']['stub'] is True
    rows = c.get('/_changes?include_docs=true&attachments=true&conflicts=true&descending=true')['results']
    assert [row['id'] for row in rows] == ['large'] + [f'd{i}' for i in range(9, -1, -1)]


def test_inline_attachments():
    c = new_db()
    def put(name, status=201, **attachment):
        return c.call('PUT', f'/{name}', {'_attachments': {'f': attachment}}, status=status)
    put('a', content_type='text/plain', data='aGVsbG8=')
    assert c.send('GET', '/a/f') == b'hello'
    assert put('b', 400, data='aGVsbG8')['error'] == 'bad_request'
    assert put('c', 400, data='aGVsbG8=', digest='md5-' + 'A' * 22 + '==')['error'] == 'bad_request'
    put('d', data='')
    assert c.send('GET', '/d/f') == b''


def related(doc, *parts, boundary='edge'):
    body = f'--{boundary}\r\nContent-Type: application/json\r\n\r\n{json.dumps(doc)}'.encode()
    for head, data in parts:
        body += f'\r\n--{boundary}\r\n{head}\r\n'.encode() + data
    return body + f'\r\n--{boundary}--'.encode()


def test_multipart_documents():
    c = new_db()
    kind = {'Content-Type': 'multipart/related; boundary="edge"'}
    packed = gzip.compress(b'text ' * 5000)
    doc = {'_id': 'm', '_rev': '3-x', 'n': 1, '_attachments': {
        'a': {'follows': True, 'length': 4, 'content_type': 'image/png', 'revpos': 2},
        'z': {'follows': True, 'length': 25000, 'encoding': 'gzip', 'encoded_length': len(packed), 'content_type': 'text/plain',
              'digest': 'md5-' + base64.b64encode(hashlib.md5(packed).digest()).decode()}}}
    parts = [('', b'\r\n--'), ('Content-Encoding: gzip\r\n', packed)]
    answer = c.call('PUT', '/m?new_edits=false', related(doc, *parts), headers=kind)
    assert answer == {'ok': True, 'id': 'm', 'rev': '3-x'}
    assert c.send('GET', '/m/a') == b'\r\n--' and c.send('GET', '/m/z') == b'text ' * 5000
    assert c.get('/m')['_attachments']['a']['revpos'] == 2
    for bad in related(doc, parts[0]), related(doc, *parts)[:-10], related({**doc, '_id': 'x'}, *parts), b'no multipart':
        c.refused('PUT', '/m?new_edits=false', 400, 'bad_request', bad, headers=kind)
    c.refused('PUT', '/m', 400, 'bad_request', b'x', headers={'Content-Type': 'multipart/related'})
    answer = c.send('GET', '/m?attachments=true', headers={'Accept': 'multipart/related'})
    assert c.headers['Content-Type'].startswith('multipart/related; boundary=')
    assert b'"follows":true' in answer and answer.count(b'text ') == 5000
    answer = c.send('GET', '/m?open_revs=all&revs=true', headers={'Accept': 'multipart/mixed'})
    assert c.headers['Content-Type'].startswith('multipart/mixed; boundary=')
    assert answer.count(b'Content-Disposition: attachment; filename="') == 2
    since = urllib.parse.quote(json.dumps(['2-unknown', '3-x']))
    answer = c.send('GET', f'/m?open_revs=all&atts_since={since}', headers={'Accept': 'multipart/mixed'})
    assert b'Content-Disposition' not in answer and answer.count(b'"stub":true') == 2
    answer = c.send('POST', '/_bulk_get?revs=true', {'docs': [{'id': 'm', 'rev': '3-x'}, {'id': 'm', 'rev': '9-q'}]},
                    headers={'Accept': 'multipart/mixed'})
    assert answer.count(b'multipart/related') == 1 and b'error="true"' in answer


def test_bulk_get_and_revs_diff():
    c = new_db()
    first = conflicted(c)
    def ask(docs, query=''):
        return c.call('POST', f'/_bulk_get{query}', {'docs': docs}, status=200)['results']
    rows = ask([{'id': 'a', 'rev': '2-bb'}, {'id': 'a'}, {'id': 'no', 'rev': '1-x'}, {'id': 'a', 'rev': 'bad'}, {}], '?revs=true')
    assert rows[0]['docs'][0]['ok']['_revisions']['ids'] == ['bb', first[2:]]
    assert len(rows[1]['docs']) == 3
    assert rows[2]['docs'][0]['error'] == {'id': 'no', 'rev': '1-x', 'error': 'not_found', 'reason': 'missing'}
    assert rows[3]['docs'][0]['error']['error'] == 'bad_request' and 'error' in rows[4]['docs'][0]
    latest = ask([{'id': 'a', 'rev': first}], '?latest=true')
    assert len(latest[0]['docs']) == 3
    c.refused('POST', '/_bulk_get', 400, 'bad_request', {'x': 1})
    diff = c.call('POST', '/_revs_diff', {'a': ['2-bb', '4-new'], 'b': ['1-x'], 'c': []}, status=200)
    assert diff['a']['missing'] == ['4-new'] and set(diff['a']['possible_ancestors']) == {'2-bb', '2-cc', '3-dd'}
    assert diff['b'] == {'missing': ['1-x']} and 'c' not in diff
    assert c.call('POST', '/_missing_revs', {'b': ['1-x']}, status=200) == {'missing_revs': {'b': ['1-x']}}
    c.refused('POST', '/_revs_diff', 400, 'bad_request', {'a': 'x'})
    c.refused('POST', '/_revs_diff', 400, 'bad_request', {'a': ['x']})


def test_all_docs():
    c = new_db()
    revs = {row['id']: row['rev'] for row in c.call('POST', '/_bulk_docs', {'docs': [{'_id': x, 'n': x} for x in 'abcde']})}
    c.call('DELETE', f'/e?rev={revs["e"]}')
    def ids(query='', body=None):
        answer = c.call('POST', f'/_all_docs?{query}', body, status=200) if body is not None else c.get(f'/_all_docs?{query}')
        assert answer['total_rows'] == 4
        return ''.join(row.get('id') or '-' for row in answer['rows'])
    assert ids() == 'abcd' and ids('descending=true') == 'dcba'
    assert ids('startkey="b"&endkey="c"') == 'bc' and ids('startkey="b"&endkey="c"&inclusive_end=false') == 'b'
    assert ids('start_key="c"&descending=true') == 'cba' and ids('key="b"') == 'b' and ids('key="zz"') == ''
    assert ids('limit=2&skip=1') == 'bc' and ids('limit=0') == ''
    assert ids('startkey=1') == 'abcd' and ids('endkey=1') == '' and ids('endkey={}') == 'abcd' and ids('startkey={}') == ''
    assert ids('keys=["d","zz","a","e"]') == 'd-ae' and ids('', {'keys': ['b', 'a']}) == 'ba'
    assert ids('', {'startkey': 'c'}) == 'cd' and ids('include_docs=true', {}) == 'abcd'
    # Right behind an id, as who goes through pages asks.
    assert ids('startkey="b\\u0000"') == 'cd' and ids('startkey="\\u0000"') == 'abcd' and ids('endkey="b\\u0000"') == 'ab'
    assert ids('startkey="b\\u0000x"&descending=true') == 'ba' and ids('endkey="b\\u0000"&descending=true') == 'dc'
    assert ids('endkey="b\\u0000"&inclusive_end=false') == 'ab' and ids('', {'startkey': 'b\0', 'limit': 1}) == 'c'
    c.refused('POST', '/_all_docs', 400, 'bad_request', {'keys': ['a\0']})
    c.refused('GET', '/_all_docs?key="a\\u0000"', 400, 'query_parse_error')
    row = c.call('POST', '/_all_docs?include_docs=true', {'keys': ['e', 'a']}, status=200)['rows']
    assert row[0]['doc'] is None and row[0]['value']['deleted'] is True and row[1]['doc']['n'] == 'a'
    c.refused('POST', '/_all_docs', 400, 'bad_request', {'keys': 'a'})
    # Where the address and the body both say it, the address counts.
    assert ids('limit=1', {'keys': ['a', 'b'], 'limit': 2}) == 'a' and ids('', {'keys': ['a', 'b'], 'limit': 1}) == 'a'
    assert ids('keys=["a"]', {}) == 'a' and ids('keys=["a"]', {'keys': ['b', 'a']}) == 'a'
    assert ids('startkey="c"', {'startkey': 'b', 'limit': 1}) == 'c' and ids('start_key="c"', {'startkey': 'b', 'limit': 1}) == 'c'
    assert ids('descending=false', {'descending': True}) == 'abcd' and ids('', {'descending': True}) == 'dcba'
    assert ids('skip=0', {'skip': 1}) == 'abcd' and ids('', {'skip': 1}) == 'bcd'
    # Keys and a range at once say nothing that makes sense.
    for bound in 'key', 'startkey', 'start_key', 'endkey', 'end_key':
        c.refused('GET', f'/_all_docs?keys=["a"]&{bound}="a"', 400, 'query_parse_error')
        c.refused('POST', f'/_all_docs?{bound}="a"', 400, 'query_parse_error', {'keys': ['a']})
    c.refused('POST', '/_all_docs', 400, 'query_parse_error', {'keys': ['a'], 'endkey': {}})
    c.refused('GET', '/_all_docs?startkey=x', 400, 'query_parse_error')
    c.refused('GET', '/_all_docs?limit=-1', 400, 'query_parse_error')


def test_changes():
    c = new_db()
    for x in 'abc':
        c.call('PUT', f'/{x}', {'n': x})
    rev = c.get('/b')['_rev']
    c.call('DELETE', f'/b?rev={rev}')
    all_rows = c.get('/_changes')
    assert [row['id'] for row in all_rows['results']] == ['a', 'c', 'b'] and all_rows['pending'] == 0
    assert all_rows['results'][2]['deleted'] is True and all_rows['last_seq'] == all_rows['results'][2]['seq']
    page = c.get('/_changes?limit=1')
    assert page['pending'] == 2 and [row['id'] for row in page['results']] == ['a']
    assert [row['id'] for row in c.get(f'/_changes?since={page["last_seq"]}')['results']] == ['c', 'b']
    assert c.get('/_changes?since=now')['results'] == [] and c.get('/_changes?since=1')['results'][0]['id'] == 'c'
    assert len(c.get('/_changes?since=99-ffffffff')['results']) == 3
    assert [row['id'] for row in c.get('/_changes?descending=true&limit=2')['results']] == ['b', 'c']
    assert c.get('/_changes?include_docs=true')['results'][2]['doc']['_deleted'] is True
    named = c.call('POST', '/_changes?filter=_doc_ids', {'doc_ids': ['c', 'zz']}, status=200)
    assert [row['id'] for row in named['results']] == ['c'] and named['last_seq'] == all_rows['last_seq']
    assert [row['id'] for row in c.get('/_changes?filter=_doc_ids&doc_ids=["b"]')['results']] == ['b']
    chosen = c.call('POST', '/_changes?filter=_selector', {'selector': {'n': {'$in': ['a', 'c']}}}, status=200)
    assert [row['id'] for row in chosen['results']] == ['a', 'c']
    for query in 'since=x', 'style=odd', 'feed=odd', 'filter=_selector':
        c.refused('GET', f'/_changes?{query}', 400, 'bad_request')
    for filter in 'app/mine', '_view&view=app/mine':
        assert '_selector' in c.refused('GET', f'/_changes?filter={filter}', 404, 'not_found')
    c.refused('GET', '/_changes?filter=_view', 400, 'bad_request')
    c.refused('POST', '/_changes?filter=_selector', 400, 'bad_request', {'selector': {'n': {'$regex': 'x'}}})


def listen(c, query, lines):
    """Reads a feed's lines into a list until it ends."""
    listener = Client(c.db)
    listener.connection.request('GET', f'/{c.db}/_changes?{query}', headers={'Authorization': listener.auth})
    answer = listener.connection.getresponse()
    def read():
        try:
            for line in answer:
                lines.append(line)
        except (OSError, http.client.HTTPException):
            pass
    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    return thread


def wait(condition, what):
    for _ in range(400):
        if condition():
            return
        time.sleep(0.025)
    raise AssertionError(f'it did not come: {what}')


def test_live_feeds():
    c = new_db()
    c.call('PUT', '/a', {})
    lines, filtered, ended, events = [], [], [], []
    listen(c, 'feed=continuous&include_docs=true&heartbeat=1000', lines)
    listen(c, 'feed=continuous&filter=_doc_ids&doc_ids=["x5"]', filtered)
    listen(c, 'feed=eventsource&since=now', events)
    ends = listen(c, 'feed=continuous&since=0&limit=4', ended)
    wait(lambda: len(lines) == 1 and len(ended) == 1, 'what was there before')
    time.sleep(0.3)
    for i in range(20):
        c.call('PUT', f'/x{i}', {'i': i})
    rows = lambda: [json.loads(line) for line in lines if line.strip()]
    wait(lambda: len(rows()) == 21, 'all rows')
    assert [row['doc']['i'] for row in rows()[1:]] == list(range(20))
    wait(lambda: any(line == b'\n' for line in lines), 'a heartbeat')
    ends.join(10)
    assert [json.loads(line)['id'] for line in ended[:4]] == ['a', 'x0', 'x1', 'x2'] and 'last_seq' in json.loads(ended[4])
    wait(lambda: len(filtered) > 0, 'the one that passes')
    assert [json.loads(line)['id'] for line in filtered] == ['x5']
    wait(lambda: sum(line.startswith(b'data: {') for line in events) == 20, 'events')
    # A database that goes ends its feeds.
    c.call('DELETE')
    wait(lambda: threading.active_count() == 1, 'the end of the feeds')


def test_longpoll():
    c = new_db()
    c.call('PUT', '/a', {})
    there = c.get('/_changes?feed=longpoll')
    assert [row['id'] for row in there['results']] == ['a']
    begin = time.monotonic()
    none = c.get(f'/_changes?feed=longpoll&since={there["last_seq"]}&timeout=300')
    assert none['results'] == [] and none['last_seq'] == there['last_seq'] and 0.2 < time.monotonic() - begin < 10
    for query in '', '&heartbeat=1000', '&filter=_doc_ids&doc_ids=["b"]', '&include_docs=true&conflicts=true':
        since = c.get('')['update_seq']
        answer = []
        thread = threading.Thread(target=lambda: answer.append(
            Client(c.db).get(f'/_changes?feed=longpoll&since={since}{query}')), daemon=True)
        thread.start()
        time.sleep(1.5 if 'heartbeat' in query else 0.3)
        rev = c.get('/b').get('_rev') if query else None
        c.call('PUT', '/b', {'q': query, **({'_rev': rev} if rev else {})})
        thread.join(10)
        assert [row['id'] for row in answer[0]['results']] == ['b'], (query, answer)


def test_local_documents():
    c = new_db()
    assert c.refused('GET', '/_local/x', 404, 'not_found') == 'missing'
    assert c.call('PUT', '/_local/x', {'n': 1}) == {'ok': True, 'id': '_local/x', 'rev': '0-1'}
    c.refused('PUT', '/_local/x', 409, 'conflict', {'n': 2})
    assert c.call('PUT', '/_local/x', {'_rev': '0-1', 'n': 2})['rev'] == '0-2'
    assert c.get('/_local/x') == {'_id': '_local/x', '_rev': '0-2', 'n': 2}
    assert c.get('/_all_docs')['rows'] == [] and c.get('/_changes')['results'] == []
    c.refused('PUT', '/_local/y', 400, 'bad_request', {'_attachments': {'f': {'data': ''}}})
    for method, body in ('GET', None), ('PUT', b'{}'), ('DELETE', None):
        assert c.refused(method, '/_local/y/file.txt', 400, 'bad_request', body) == '_local documents do not accept attachments.'
    assert c.call('PUT', '/_local/a%2Fb', {})['id'] == '_local/a/b' and c.get('/_local/a%2Fb')['_id'] == '_local/a/b'
    c.refused('DELETE', '/_local/x?rev=0-1', 409, 'conflict')
    c.call('DELETE', '/_local/x?rev=0-2')
    c.refused('DELETE', '/_local/x', 404, 'not_found')
    rows = c.call('POST', '/_bulk_docs', {'docs': [{'_id': '_local/z', 'n': 3}]})
    assert rows[0]['id'] == '_local/z' and c.get('/_local/z')['n'] == 3


def test_purge():
    c = new_db()
    rev = c.call('PUT', '/a', {'name': 'Mallory'})['rev']
    other = c.call('PUT', '/b', {})['rev']
    answer = c.call('POST', '/_purge', {'a': [rev], 'never': ['1-x']})
    assert answer == {'purge_seq': None, 'purged': {'a': [rev], 'never': []}}
    assert c.refused('GET', '/a', 404, 'not_found') == 'missing'
    c.refused('GET', f'/a?rev={rev}', 404, 'not_found')
    assert [row['id'] for row in c.get('/_changes')['results']] == ['b']
    # It does not come back from somebody who still has it.
    c.call('POST', '/_bulk_docs', {'new_edits': False, 'docs': [{'_id': 'a', '_rev': rev, 'name': 'Mallory'}]})
    c.refused('GET', '/a', 404, 'not_found')
    assert c.get('/b')['_rev'] == other


def test_write_rules_hold_on_every_road():
    c = new_db()
    cases = json.loads((pathlib.Path(__file__).parent.parent / 'data' / 'write-rules.json').read_text())
    edited = next(case for case in cases if case['name'] == 'decision edited')
    docid, before, after, reason = edited['docid'], edited['before'], edited['after'], edited['reason']
    path = '/' + urllib.parse.quote(docid, safe='')
    admin = {**before, 'created_by': 'admin', 'modified_by': 'admin'}
    rev = c.call('PUT', path, admin)['rev']
    changed = {**after, 'created_by': 'admin', 'modified_by': 'admin'}
    assert c.refused('PUT', path, 403, 'forbidden', {**changed, '_rev': rev}) == reason
    row = c.call('POST', '/_bulk_docs', {'docs': [{**changed, '_id': docid, '_rev': rev}]})[0]
    assert row['error'] == 'forbidden' and row['reason'] == reason and row['id'] == docid
    row = c.call('POST', '/_bulk_docs', {'new_edits': False, 'docs': [
        {**changed, '_id': docid, '_revisions': {'start': 2, 'ids': ['x', rev[2:]]}}, {'_id': 'fine', '_rev': '1-x'}]})
    assert [(r['id'], r['rev'], r['error']) for r in row] == [(docid, '2-x', 'forbidden')] and c.get('/fine')
    c.refused('PUT', f'{path}?new_edits=false', 403, 'forbidden', {**changed, '_revisions': {'start': 2, 'ids': ['x', rev[2:]]}})
    c.refused('PUT', f'{path}?new_edits=false', 403, 'forbidden',
              related({**changed, '_revisions': {'start': 2, 'ids': ['x', rev[2:]]}}),
              headers={'Content-Type': 'multipart/related; boundary=edge'})
    c.refused('DELETE', f'{path}?rev={rev}', 403, 'forbidden')
    # A type that has no rules is no way around them, nor is another first revision.
    c.refused('PUT', f'{path}?new_edits=false', 403, 'forbidden', {'_rev': '1-zzzz', 'type': 'note'})
    # The same again is no edit.
    assert c.call('POST', '/_bulk_docs', {'new_edits': False, 'docs': [{**admin, '_id': docid, '_rev': rev}]}) == []
    assert c.get(path)['_rev'] == rev


def main():
    tests = [(name, run) for name, run in globals().items() if name.startswith('test_') and callable(run)]
    server.init()
    server.start()
    print(f'1..{len(tests) + 1}')
    failed = 0
    for i, (name, run) in enumerate(tests, 1):
        try:
            run()
            print(f'ok {i} {name}', flush=True)
        except Exception:
            failed += 1
            print(f'not ok {i} {name}\n' + ''.join(f'# {line}\n' for line in traceback.format_exc().splitlines()), flush=True)
    code = server.stop()
    log = (server.dir / 'server.log').read_text()
    bad = [line for line in log.splitlines() if 'CRITICAL' in line or 'WARNING' in line or 'ERROR' in line]
    print(f'{"ok" if code == 0 and not bad else "not ok"} {len(tests) + 1} the server ends well, without a warning')
    print('\n'.join(f'# {line}' for line in bad[-20:]))
    if failed or code != 0 or bad:
        sys.exit(1)
    server.remove()


main()
