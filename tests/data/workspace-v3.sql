-- A workspace as version 3 of the schema left it. Never change this file; later versions add theirs.
PRAGMA foreign_keys = OFF; PRAGMA application_id = 1230459441; PRAGMA user_version = 3;
CREATE TABLE meta (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES('n_bytes',11081);
INSERT INTO meta VALUES('n_deleted',4);
INSERT INTO meta VALUES('n_live',30);
INSERT INTO meta VALUES('revs_limit',500);
INSERT INTO meta VALUES('seq',101);
INSERT INTO meta VALUES('uuid','01a19f59-6b81-7000-b906-5b87eb53cb64');
CREATE TABLE doc (
  id INTEGER PRIMARY KEY,
  docid TEXT NOT NULL,
  seq INTEGER NOT NULL,
  winner INTEGER REFERENCES rev (id),
  modified_at INTEGER NOT NULL DEFAULT 0 -- µs, from the winning body (or tombstone)
, shown INTEGER REFERENCES rev (id), void INTEGER NOT NULL DEFAULT 0, fork INTEGER NOT NULL DEFAULT 0);
INSERT INTO doc VALUES(1,'01900000-0000-7000-8000-00000000000a:incident',2,1,1793674800002000,1,0,0);
INSERT INTO doc VALUES(2,'01900000-0000-7000-8000-00000000000a:entry-01a19f59-6b85-7000-a386-887c6a9eeeb5',70,39,1793678400086000,39,0,0);
INSERT INTO doc VALUES(3,'01900000-0000-7000-8000-00000000000a:entry-01a19f59-6b89-7000-a6f6-ddef63d56405',7,4,1793674800013000,4,1,0);
INSERT INTO doc VALUES(4,'01900000-0000-7000-8000-00000000000a:entry-01a19f59-6b90-7000-91c0-0c437200dac1',9,5,1793674800017000,5,0,0);
INSERT INTO doc VALUES(5,'01900000-0000-7000-8000-00000000000a:evidence-1',11,6,1793674800019000,6,0,0);
INSERT INTO doc VALUES(6,'01900000-0000-7000-8000-00000000000a:x-1',14,9,0,9,0,2);
INSERT INTO doc VALUES(7,'workspace:filter-1',18,12,1793674800028000,12,1,0);
INSERT INTO doc VALUES(8,'01900000-0000-7000-8000-00000000000b:incident',76,13,1793678400001000,13,0,0);
INSERT INTO doc VALUES(9,'01900000-0000-7000-8000-00000000000b:entry-01a19f90-5a04-7000-97d8-b3e61a3f14b5',77,14,1793678400005000,14,0,0);
INSERT INTO doc VALUES(10,'01900000-0000-7000-8000-00000000000b:entry-01a19f90-5a08-7000-92b0-387a63381844',78,15,1793678400009000,15,0,0);
INSERT INTO doc VALUES(11,'01900000-0000-7000-8000-00000000000b:entry-01a19f90-5a0c-7000-9ccf-441af8d1ae4c',79,16,1793678400013000,16,0,0);
INSERT INTO doc VALUES(12,'01900000-0000-7000-8000-00000000000b:entry-01a19f90-5a10-7000-b2b8-f5f150f1f5cf',80,17,1793678400017000,17,0,0);
INSERT INTO doc VALUES(13,'01900000-0000-7000-8000-00000000000b:entry-01a19f90-5a14-7000-9778-2e47dded917d',81,18,1793678400021000,18,0,0);
INSERT INTO doc VALUES(14,'01900000-0000-7000-8000-00000000000b:entry-01a19f90-5a18-7000-bc01-47ebcd8c23fc',82,19,1793678400025000,19,0,0);
INSERT INTO doc VALUES(15,'01900000-0000-7000-8000-00000000000b:entry-01a19f90-5a1c-7000-bef6-f372f7f225ea',83,20,1793678400029000,20,0,0);
INSERT INTO doc VALUES(16,'01900000-0000-7000-8000-00000000000b:entry-01a19f90-5a20-7000-b020-dd38e73b52d8',84,21,1793678400033000,21,0,0);
INSERT INTO doc VALUES(17,'01900000-0000-7000-8000-00000000000b:entry-01a19f90-5a24-7000-9608-c494c8a7c99e',85,22,1793678400037000,22,0,0);
INSERT INTO doc VALUES(18,'01900000-0000-7000-8000-00000000000b:entry-01a19f90-5a28-7000-a022-6ac4eea8186b',86,23,1793678400041000,23,0,0);
INSERT INTO doc VALUES(19,'01900000-0000-7000-8000-00000000000b:entry-01a19f90-5a2c-7000-826a-bda157702182',87,24,1793678400045000,24,0,0);
INSERT INTO doc VALUES(20,'01900000-0000-7000-8000-00000000000b:entry-01a19f90-5a30-7000-b336-4b8ffcdb5058',88,25,1793678400049000,25,0,0);
INSERT INTO doc VALUES(21,'01900000-0000-7000-8000-00000000000b:scope-01900000-0000-7000-8000-0000000000a1',89,26,1793678400051000,26,0,0);
INSERT INTO doc VALUES(22,'01900000-0000-7000-8000-00000000000b:notice-01900000-0000-7000-8000-0000000000a2',90,27,1793678400053000,27,0,0);
INSERT INTO doc VALUES(23,'01900000-0000-7000-8000-00000000000b:task-01900000-0000-7000-8000-0000000000a3',91,28,1793678400055000,28,0,0);
INSERT INTO doc VALUES(24,'01900000-0000-7000-8000-00000000000b:indicator-01900000-0000-7000-8000-0000000000a4',92,29,1793678400057000,29,0,0);
INSERT INTO doc VALUES(25,'workspace:team-01900000-0000-7000-8000-0000000000a5',54,30,1793678400059000,30,0,0);
INSERT INTO doc VALUES(26,'01900000-0000-7000-8000-00000000000b:entry-01a19f90-5a3e-7000-8dbd-97c13df77f2c',93,31,1793678400063000,31,0,0);
INSERT INTO doc VALUES(27,'01900000-0000-7000-8000-00000000000b:entry-01a19f90-5a42-7000-a34a-1f43b96198ed',94,32,1793678400067000,32,0,0);
INSERT INTO doc VALUES(28,'01900000-0000-7000-8000-00000000000b:entry-01a19f90-5a46-7000-b2dc-692748c7bff3',99,38,0,33,0,0);
INSERT INTO doc VALUES(29,'01900000-0000-7000-8000-00000000000b:entry-01a19f90-5a4a-7000-abf3-e89e6c92fbe2',95,34,1793678400075000,34,0,0);
INSERT INTO doc VALUES(30,'01900000-0000-7000-8000-00000000000b:entry-01a19f90-5a4d-7000-9ef2-7799e83c986a',96,35,1793678400078000,35,0,0);
INSERT INTO doc VALUES(31,'01900000-0000-7000-8000-00000000000b:entry-01a19f90-5a50-7000-afa0-94497c06c508',97,36,1793678400081000,36,0,0);
INSERT INTO doc VALUES(32,'01900000-0000-7000-8000-00000000000b:entry-01a19f90-5a54-7000-84d9-66a336ae2aea',98,37,1793678400085000,37,0,0);
INSERT INTO doc VALUES(33,'01900000-0000-7000-8000-00000000000b:x-2',100,42,0,42,0,0);
INSERT INTO doc VALUES(35,'01900000-0000-7000-8000-00000000000b:x-4',101,44,0,44,0,0);
CREATE TABLE rev (
  id INTEGER PRIMARY KEY,
  doc INTEGER NOT NULL REFERENCES doc (id),
  gen INTEGER NOT NULL,
  hash TEXT NOT NULL,
  parent INTEGER REFERENCES rev (id),
  deleted INTEGER NOT NULL,
  leaf INTEGER NOT NULL,
  body TEXT
, attached INTEGER NOT NULL DEFAULT 0);
INSERT INTO rev VALUES(1,1,1,'138d954fc0d408d8f5e07e5471d3de73',NULL,0,1,'{"created_at":"2026-11-03T03:00:00.002000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000a","modified_at":"2026-11-03T03:00:00.002000Z","modified_by":"A. Sato","title":"Phished administrator","type":"incident","v":1,"zone":"UTC"}',0);
INSERT INTO rev VALUES(2,2,1,'777567b4e8b0d6b5eac5b1b41e15bc3b',NULL,0,0,'{"created_at":"2026-11-03T03:00:00.006000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000a","kind":"observation","modified_at":"2026-11-03T03:00:00.006000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T03:00:10Z","text":"first words","type":"entry","v":1}',0);
INSERT INTO rev VALUES(3,3,1,'5c5fbd2c525a9d42b14cfc067277c864',NULL,0,0,'{"created_at":"2026-11-03T03:00:00.010000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000a","kind":"observation","modified_at":"2026-11-03T03:00:00.010000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T03:00:20Z","text":"deleted","type":"entry","v":1}',0);
INSERT INTO rev VALUES(4,3,2,'9ac5428b0e33ee7d5d045b6809a3bfb6',3,1,1,'{"modified_at":"2026-11-03T03:00:00.013000Z","modified_by":"A. Sato","type":"entry"}',0);
INSERT INTO rev VALUES(5,4,1,'3d0532c5ae20d7d02b5c22df47ded8ec',NULL,0,1,'{"created_at":"2026-11-03T03:00:00.017000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000a","kind":"severity","modified_at":"2026-11-03T03:00:00.017000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T03:00:00Z","text":"Severity set to High: admin rights","to":"high","type":"entry","v":1,"why":"admin rights"}',0);
INSERT INTO rev VALUES(6,5,1,'3b5ec22372de2842d791d7d317c5e3e9',NULL,0,1,'{"created_at":"2026-11-03T03:00:00.019000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000a","length":5,"modified_at":"2026-11-03T03:00:00.019000Z","modified_by":"A. Sato","name":"proxy.csv","sha256":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","type":"evidence","v":1}',1);
INSERT INTO rev VALUES(7,6,2,'bbbb',8,0,1,'{"text":"b","type":"x"}',0);
INSERT INTO rev VALUES(8,6,1,'aaaa',NULL,0,0,NULL,0);
INSERT INTO rev VALUES(9,6,2,'cccc',8,0,1,'{"text":"c","type":"x"}',0);
INSERT INTO rev VALUES(10,2,2,'1ee8a6dbba2b8a3fb41f484df278c8fb',2,0,0,'{"actor":"Sato","created_at":"2026-11-03T03:00:00.006000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000a","kind":"observation","modified_at":"2026-11-03T03:00:00.023000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T03:00:10Z","text":"多要素認証 was off","type":"entry","v":1}',0);
INSERT INTO rev VALUES(11,7,1,'6fec41948f58ded5211d581ee92fbee0',NULL,0,0,'{"created_at":"2026-11-03T03:00:00.026000Z","created_by":"A. Sato","filter":{},"modified_at":"2026-11-03T03:00:00.026000Z","modified_by":"A. Sato","name":"Proxy","type":"filter"}',0);
INSERT INTO rev VALUES(12,7,2,'66f1122764fb03f024710043c8a7103e',11,1,1,'{"modified_at":"2026-11-03T03:00:00.028000Z","modified_by":"A. Sato","type":"filter"}',0);
INSERT INTO rev VALUES(13,8,1,'bc0689e3c0354d1163570b451b9395ed',NULL,0,1,'{"created_at":"2026-11-03T04:00:00.001000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000b","modified_at":"2026-11-03T04:00:00.001000Z","modified_by":"A. Sato","title":"Leaked storage","type":"incident","v":1,"zone":"UTC"}',0);
INSERT INTO rev VALUES(14,9,1,'cb6d9edde85f0bcc9e72fb11d9df0ccb',NULL,0,1,'{"created_at":"2026-11-03T04:00:00.005000Z","created_by":"A. Sato","detail":"a mail","incident":"01900000-0000-7000-8000-00000000000b","kind":"detection","modified_at":"2026-11-03T04:00:00.005000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T03:00:00Z","realm":"own","recorded_at":"2026-11-03T03:00:00Z","text":"Detected (Customer Report): a mail","to":"customer-report","type":"entry","v":1}',0);
INSERT INTO rev VALUES(15,10,1,'aebe5e5015434e5d16263991c263a9d6',NULL,0,1,'{"created_at":"2026-11-03T04:00:00.009000Z","created_by":"A. Sato","from":"detect","incident":"01900000-0000-7000-8000-00000000000b","kind":"stage","modified_at":"2026-11-03T04:00:00.009000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T03:00:10Z","recorded_at":"2026-11-03T03:00:10Z","text":"Stage changed from Detect to Assess","to":"assess","type":"entry","v":1}',0);
INSERT INTO rev VALUES(16,11,1,'628d8f7e2df3e3f86791a6557b34f2d4',NULL,0,1,'{"created_at":"2026-11-03T04:00:00.013000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000b","kind":"observation","modified_at":"2026-11-03T04:00:00.013000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T03:00:20Z","text":"The bucket listing is public","type":"entry","v":1}',0);
INSERT INTO rev VALUES(17,12,1,'df3bffe35d4bcb18d0b411fc31985a1c',NULL,0,1,'{"created_at":"2026-11-03T04:00:00.017000Z","created_by":"A. Sato","functional":"low","incident":"01900000-0000-7000-8000-00000000000b","information":"privacy-breach","kind":"impact","modified_at":"2026-11-03T04:00:00.017000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T03:00:30Z","proposed_priority":"p1","proposed_severity":"high","recorded_at":"2026-11-03T03:00:30Z","recoverability":"regular","risk":"confirmed","text":"Impact assessed as functional Low, information Privacy Breach, recoverability Regular, risk to customer data Confirmed","type":"entry","v":1}',0);
INSERT INTO rev VALUES(18,13,1,'fff6d773367b4a2c5e4bf21d02b2d230',NULL,0,1,'{"created_at":"2026-11-03T04:00:00.021000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000b","kind":"severity","modified_at":"2026-11-03T04:00:00.021000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T03:00:31Z","recorded_at":"2026-11-03T03:00:31Z","text":"Severity set to High: as proposed","to":"high","type":"entry","v":1,"why":"as proposed"}',0);
INSERT INTO rev VALUES(19,14,1,'0fae35a0e60c839dffdb485d9bf5234f',NULL,0,1,'{"created_at":"2026-11-03T04:00:00.025000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000b","kind":"priority","modified_at":"2026-11-03T04:00:00.025000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T03:00:32Z","recorded_at":"2026-11-03T03:00:32Z","text":"Priority set to P1: as proposed","to":"p1","type":"entry","v":1,"why":"as proposed"}',0);
INSERT INTO rev VALUES(20,15,1,'6ae99a4f1435d924f0fbc9e9c73525e0',NULL,0,1,'{"access":"occurred","created_at":"2026-11-03T04:00:00.029000Z","created_by":"A. Sato","declared_by":"M. Ito","duty":"legal","incident":"01900000-0000-7000-8000-00000000000b","kind":"classification","links":[{"document":"01900000-0000-7000-8000-00000000000b:entry-01a19f90-5a0c-7000-9ccf-441af8d1ae4c"}],"modified_at":"2026-11-03T04:00:00.029000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T03:00:40Z","recorded_at":"2026-11-03T03:00:40Z","statement":"The access log shows 12 reads","text":"Declared a customer-reportable incident by M. Ito: The access log shows 12 reads","to":"crsi","type":"entry","v":1}',0);
INSERT INTO rev VALUES(21,16,1,'c79e6f4eb3f20eb633be106d76f58b93',NULL,0,1,'{"created_at":"2026-11-03T04:00:00.033000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000b","kind":"role","modified_at":"2026-11-03T04:00:00.033000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T03:00:50Z","recorded_at":"2026-11-03T03:00:50Z","role":"incident-manager","text":"M. Ito is Security Incident Manager","to":"M. Ito","type":"entry","v":1}',0);
INSERT INTO rev VALUES(22,17,1,'31bdbbcff38375d8c5e9a5acaacad0a6',NULL,0,1,'{"ask":"name the regulator","created_at":"2026-11-03T04:00:00.037000Z","created_by":"A. Sato","due":"30","due_at":"2026-11-03T03:31:00Z","from":"On call","incident":"01900000-0000-7000-8000-00000000000b","kind":"escalation","modified_at":"2026-11-03T04:00:00.037000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T03:01:00Z","recorded_at":"2026-11-03T03:01:00Z","text":"Escalated to Legal by On call: duty to notify","to":"Legal","type":"entry","v":1,"why":"duty to notify"}',0);
INSERT INTO rev VALUES(23,18,1,'84fad12548d6169bb6a4fe125f9d00fb',NULL,0,1,'{"created_at":"2026-11-03T04:00:00.041000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000b","kind":"acknowledgement","modified_at":"2026-11-03T04:00:00.041000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T03:01:10Z","recorded_at":"2026-11-03T03:01:10Z","subject":"01900000-0000-7000-8000-00000000000b:entry-01a19f90-5a24-7000-9608-c494c8a7c99e","text":"Escalation acknowledged","to":"accepted","type":"entry","v":1}',0);
INSERT INTO rev VALUES(24,19,1,'401040bc589187bb505f5e4bd6264e40',NULL,0,1,'{"clock_kind":"contract","created_at":"2026-11-03T04:00:00.045000Z","created_by":"A. Sato","duration":"1440","ends_on":"manual","incident":"01900000-0000-7000-8000-00000000000b","kind":"clock","modified_at":"2026-11-03T04:00:00.045000Z","modified_by":"A. Sato","name":"Contract with Alpine","occurred_at":"2026-11-03T03:01:20Z","recorded_at":"2026-11-03T03:01:20Z","start":"2026-11-03T03:01:20Z","text":"Clock “Contract with Alpine” started, for 24 h","type":"entry","v":1}',0);
INSERT INTO rev VALUES(25,20,1,'73a672651d15ab4c35243f212bdc2a20',NULL,0,1,'{"created_at":"2026-11-03T04:00:00.049000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000b","kind":"containment","modified_at":"2026-11-03T04:00:00.049000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T03:01:25Z","recorded_at":"2026-11-03T03:01:25Z","text":"Containment started: listing disabled","to":"started","type":"entry","v":1,"what":"listing disabled"}',0);
INSERT INTO rev VALUES(26,21,1,'363638986776a5604800e6ed0c2053e9',NULL,0,1,'{"created_at":"2026-11-03T04:00:00.051000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000b","mail":"it@alpine.example","modified_at":"2026-11-03T04:00:00.051000Z","modified_by":"A. Sato","name":"Alpine GmbH","scope_kind":"customer","type":"scope","v":1}',0);
INSERT INTO rev VALUES(27,22,1,'50b53d2c3372b0f951a70f6f8c3fb659',NULL,0,1,'{"audience":"customers","body":"We regret to tell you","created_at":"2026-11-03T04:00:00.053000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000b","language":"en","modified_at":"2026-11-03T04:00:00.053000Z","modified_by":"A. Sato","subject":"Your data","title":"To customers","type":"notice","v":1}',0);
INSERT INTO rev VALUES(28,23,1,'6374e381e107a00a8a1e72c1b63a1ec6',NULL,0,1,'{"created_at":"2026-11-03T04:00:00.055000Z","created_by":"A. Sato","external":"tracker:77","incident":"01900000-0000-7000-8000-00000000000b","modified_at":"2026-11-03T04:00:00.055000Z","modified_by":"A. Sato","owner":"Storage team","phase":"eradication","title":"Rotate the keys","type":"task","v":1}',0);
INSERT INTO rev VALUES(29,24,1,'f88f18fb3b1b962664c725de795a15db',NULL,0,1,'{"created_at":"2026-11-03T04:00:00.057000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000b","indicator_type":"ip","modified_at":"2026-11-03T04:00:00.057000Z","modified_by":"A. Sato","note":"read the listing","type":"indicator","v":1,"value":"203.0.113.7"}',0);
INSERT INTO rev VALUES(30,25,1,'8606647949b4d84ddc672aa133ee7220',NULL,0,1,'{"created_at":"2026-11-03T04:00:00.059000Z","created_by":"A. Sato","mail":"legal@example.com","modified_at":"2026-11-03T04:00:00.059000Z","modified_by":"A. Sato","name":"Legal","type":"team","v":1}',0);
INSERT INTO rev VALUES(31,26,1,'79838e1fe9baa6f9b5de043656b4e564',NULL,0,1,'{"created_at":"2026-11-03T04:00:00.063000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000b","kind":"scope","modified_at":"2026-11-03T04:00:00.063000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T03:01:30Z","recorded_at":"2026-11-03T03:01:30Z","subject":"01900000-0000-7000-8000-00000000000b:scope-01900000-0000-7000-8000-0000000000a1","text":"Confirmed as affected: in the access log","to":"confirmed","type":"entry","v":1,"why":"in the access log"}',0);
INSERT INTO rev VALUES(32,27,1,'18b90a7704275b1aff5a4da493287da9',NULL,0,1,'{"audience":"customers","created_at":"2026-11-03T04:00:00.067000Z","created_by":"A. Sato","executive":"E. Kim","grounds":"risk-to-others","incident":"01900000-0000-7000-8000-00000000000b","kind":"notice","legal":"L. Roth","modified_at":"2026-11-03T04:00:00.067000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T03:01:35Z","recorded_at":"2026-11-03T03:01:35Z","subject":"01900000-0000-7000-8000-00000000000b:notice-01900000-0000-7000-8000-0000000000a2","text":"Notice deferred: would tip them off","to":"deferred","type":"entry","v":1,"why":"would tip them off"}',0);
INSERT INTO rev VALUES(33,28,1,'247c90d640cdcf0fb7753b732e7cfd48',NULL,0,0,'{"created_at":"2026-11-03T04:00:00.071000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000b","kind":"severity","modified_at":"2026-11-03T04:00:00.071000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T03:01:40Z","recorded_at":"2026-11-03T03:01:40Z","text":"Severity set to Critical: because","to":"critical","type":"entry","v":1,"why":"because"}',0);
INSERT INTO rev VALUES(34,29,1,'da62754bc0321292140497ae63864808',NULL,0,1,'{"actor":"A. Sato","created_at":"2026-11-03T04:00:00.075000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000b","kind":"withdrawal","modified_at":"2026-11-03T04:00:00.075000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T04:00:00.075000Z","recorded_at":"2026-11-03T04:00:00.075000Z","subject":"01900000-0000-7000-8000-00000000000b:entry-01a19f90-5a46-7000-b2dc-692748c7bff3","text":"Decision withdrawn: Undone","type":"entry","v":1,"why":"Undone"}',0);
INSERT INTO rev VALUES(35,30,1,'eca5ae9bb9cdb4c23205a2a200bc8445',NULL,0,1,'{"actor":"A. Sato","created_at":"2026-11-03T04:00:00.078000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000b","kind":"withdrawal","modified_at":"2026-11-03T04:00:00.078000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T04:00:00.078000Z","recorded_at":"2026-11-03T04:00:00.078000Z","subject":"01900000-0000-7000-8000-00000000000b:entry-01a19f90-5a4a-7000-abf3-e89e6c92fbe2","text":"Decision withdrawn: Undone","type":"entry","v":1,"why":"Undone"}',0);
INSERT INTO rev VALUES(36,31,1,'5ef0c00fd0e976c0694f4709c5318571',NULL,0,1,'{"created_at":"2026-11-03T04:00:00.081000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000b","kind":"severity","modified_at":"2026-11-03T04:00:00.081000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T03:01:50Z","recorded_at":"2026-11-03T03:01:50Z","text":"Severity set to Low: because","to":"low","type":"entry","v":1,"why":"because"}',0);
INSERT INTO rev VALUES(37,32,1,'41824c5ccc9d8b11aedc9fbac167dcca',NULL,0,1,'{"actor":"A. Sato","created_at":"2026-11-03T04:00:00.085000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000b","kind":"withdrawal","modified_at":"2026-11-03T04:00:00.085000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T04:00:00.085000Z","recorded_at":"2026-11-03T04:00:00.085000Z","subject":"01900000-0000-7000-8000-00000000000b:entry-01a19f90-5a50-7000-afa0-94497c06c508","text":"Decision withdrawn: Undone","type":"entry","v":1,"why":"Undone"}',0);
INSERT INTO rev VALUES(38,28,2,'f0e1d2c3b4a5968778695a4b3c2d1e0f',33,1,1,'{}',0);
INSERT INTO rev VALUES(39,2,3,'3224d3a91c1bdf3a8e5e56c9a1b8d24b',10,0,1,'{"actor":"Sato","created_at":"2026-11-03T03:00:00.006000Z","created_by":"A. Sato","incident":"01900000-0000-7000-8000-00000000000a","kind":"observation","modified_at":"2026-11-03T04:00:00.086000Z","modified_by":"A. Sato","occurred_at":"2026-11-03T03:00:10Z","team":"CDOC","text":"多要素認証 was off","type":"entry","v":1}',0);
INSERT INTO rev VALUES(40,33,1,'7d4d212d52b0f77283f1bbc7ceed4a4d',NULL,0,0,'{"type":"x","text":"one"}',1);
INSERT INTO rev VALUES(42,33,2,'zz',40,0,1,'{"type":"x","text":"theirs"}',0);
INSERT INTO rev VALUES(43,35,4,'aa',NULL,0,0,NULL,0);
INSERT INTO rev VALUES(44,35,5,'bb',43,1,1,'{}',0);
CREATE TABLE local (id TEXT PRIMARY KEY, body TEXT NOT NULL, saved_at INTEGER NOT NULL, rev INTEGER NOT NULL DEFAULT 1);
INSERT INTO local VALUES('checkpoint','{"text":"b","type":"x"}',1793674800022000,1);
INSERT INTO local VALUES('checkpoint-2','{"last":"13-x"}',1793682000003000,2);
CREATE TABLE draft (key TEXT PRIMARY KEY, text TEXT NOT NULL, saved_at INTEGER NOT NULL);
INSERT INTO draft VALUES('quick:a','14:05 認証',1793674800021000);
CREATE TABLE action (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  label TEXT NOT NULL,
  n_objects INTEGER NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0,
  at INTEGER NOT NULL
);
INSERT INTO action VALUES(1,'New Incident',1,0,1793674800003000);
INSERT INTO action VALUES(2,'Add Entry',1,0,1793674800007000);
INSERT INTO action VALUES(3,'Add Entry',1,0,1793674800011000);
INSERT INTO action VALUES(4,'Change',1,0,1793674800014000);
INSERT INTO action VALUES(5,'Add Entry',1,0,1793674800018000);
INSERT INTO action VALUES(6,'Import',1,0,1793674800020000);
INSERT INTO action VALUES(7,'Edit Entry',1,0,1793674800024000);
INSERT INTO action VALUES(9,'New Incident',1,0,1793678400002000);
INSERT INTO action VALUES(10,'Add Entry',1,0,1793678400006000);
INSERT INTO action VALUES(11,'Add Entry',1,0,1793678400010000);
INSERT INTO action VALUES(12,'Add Entry',1,0,1793678400014000);
INSERT INTO action VALUES(13,'Add Entry',1,0,1793678400018000);
INSERT INTO action VALUES(14,'Add Entry',1,0,1793678400022000);
INSERT INTO action VALUES(15,'Add Entry',1,0,1793678400026000);
INSERT INTO action VALUES(16,'Add Entry',1,0,1793678400030000);
INSERT INTO action VALUES(17,'Add Entry',1,0,1793678400034000);
INSERT INTO action VALUES(18,'Add Entry',1,0,1793678400038000);
INSERT INTO action VALUES(19,'Add Entry',1,0,1793678400042000);
INSERT INTO action VALUES(20,'Add Entry',1,0,1793678400046000);
INSERT INTO action VALUES(21,'Add Entry',1,0,1793678400050000);
INSERT INTO action VALUES(22,'Change',1,0,1793678400052000);
INSERT INTO action VALUES(23,'Change',1,0,1793678400054000);
INSERT INTO action VALUES(24,'Change',1,0,1793678400056000);
INSERT INTO action VALUES(25,'Change',1,0,1793678400058000);
INSERT INTO action VALUES(26,'Change',1,0,1793678400060000);
INSERT INTO action VALUES(27,'Add Entry',1,0,1793678400064000);
INSERT INTO action VALUES(28,'Add Entry',1,0,1793678400068000);
INSERT INTO action VALUES(29,'Add Entry',1,0,1793678400072000);
INSERT INTO action VALUES(31,'Edit Entry',1,0,1793678400087000);
CREATE TABLE action_step (
  action INTEGER NOT NULL REFERENCES action (id) ON DELETE CASCADE,
  doc INTEGER NOT NULL REFERENCES doc (id),
  before INTEGER REFERENCES rev (id), -- NULL: there was no document
  after INTEGER NOT NULL REFERENCES rev (id), -- what the action wrote
  winner INTEGER NOT NULL REFERENCES rev (id), withdrawal INTEGER REFERENCES doc (id), other INTEGER REFERENCES rev (id), -- what won then; another leaf where there is a conflict
  PRIMARY KEY (action, doc)
) WITHOUT ROWID;
INSERT INTO action_step VALUES(1,1,NULL,1,1,NULL,NULL);
INSERT INTO action_step VALUES(2,2,NULL,2,2,NULL,NULL);
INSERT INTO action_step VALUES(3,3,NULL,3,3,NULL,NULL);
INSERT INTO action_step VALUES(4,3,3,4,4,NULL,NULL);
INSERT INTO action_step VALUES(5,4,NULL,5,5,NULL,NULL);
INSERT INTO action_step VALUES(6,5,NULL,6,6,NULL,NULL);
INSERT INTO action_step VALUES(7,2,2,10,10,NULL,NULL);
INSERT INTO action_step VALUES(9,8,NULL,13,13,NULL,NULL);
INSERT INTO action_step VALUES(10,9,NULL,14,14,NULL,NULL);
INSERT INTO action_step VALUES(11,10,NULL,15,15,NULL,NULL);
INSERT INTO action_step VALUES(12,11,NULL,16,16,NULL,NULL);
INSERT INTO action_step VALUES(13,12,NULL,17,17,NULL,NULL);
INSERT INTO action_step VALUES(14,13,NULL,18,18,NULL,NULL);
INSERT INTO action_step VALUES(15,14,NULL,19,19,NULL,NULL);
INSERT INTO action_step VALUES(16,15,NULL,20,20,NULL,NULL);
INSERT INTO action_step VALUES(17,16,NULL,21,21,NULL,NULL);
INSERT INTO action_step VALUES(18,17,NULL,22,22,NULL,NULL);
INSERT INTO action_step VALUES(19,18,NULL,23,23,NULL,NULL);
INSERT INTO action_step VALUES(20,19,NULL,24,24,NULL,NULL);
INSERT INTO action_step VALUES(21,20,NULL,25,25,NULL,NULL);
INSERT INTO action_step VALUES(22,21,NULL,26,26,NULL,NULL);
INSERT INTO action_step VALUES(23,22,NULL,27,27,NULL,NULL);
INSERT INTO action_step VALUES(24,23,NULL,28,28,NULL,NULL);
INSERT INTO action_step VALUES(25,24,NULL,29,29,NULL,NULL);
INSERT INTO action_step VALUES(26,25,NULL,30,30,NULL,NULL);
INSERT INTO action_step VALUES(27,26,NULL,31,31,NULL,NULL);
INSERT INTO action_step VALUES(28,27,NULL,32,32,NULL,NULL);
INSERT INTO action_step VALUES(29,28,NULL,33,33,29,NULL);
INSERT INTO action_step VALUES(31,2,10,39,39,NULL,NULL);
CREATE TABLE evidence (
  doc INTEGER PRIMARY KEY REFERENCES doc (id),
  incident TEXT NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  n_rows INTEGER NOT NULL -- of a timeline, else 0
);
INSERT INTO evidence VALUES(5,'01900000-0000-7000-8000-00000000000a','proxy.csv','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',0);
CREATE TABLE incident (
  doc INTEGER PRIMARY KEY REFERENCES doc (id),
  incident TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  title_folded TEXT NOT NULL,
  stage INTEGER NOT NULL,
  severity INTEGER NOT NULL,
  classification INTEGER NOT NULL,
  opened_at INTEGER NOT NULL,
  closed_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  n_entries INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  urgent INTEGER NOT NULL,
  source TEXT NOT NULL,
  due_at INTEGER NOT NULL, -- 0: nothing runs
  due_kind TEXT NOT NULL, -- of a clock
  due_name TEXT NOT NULL, -- as a person wrote it; '' where the kind says it all
  n_customers INTEGER NOT NULL
);
INSERT INTO incident VALUES(1,'01900000-0000-7000-8000-00000000000a','Phished administrator','phished administrator',0,3,0,1793674800000000,0,1793678400086000,2,0,0,'',0,'','',0);
INSERT INTO incident VALUES(8,'01900000-0000-7000-8000-00000000000b','Leaked storage','leaked storage',1,4,3,1793674800000000,0,1793678400085000,19,4,1,'customer-report',1793761280000000,'contract','Contract with Alpine',1);
CREATE TABLE entry (
  doc INTEGER PRIMARY KEY REFERENCES doc (id),
  incident TEXT NOT NULL,
  sort_time INTEGER NOT NULL,
  decision INTEGER NOT NULL,
  key INTEGER NOT NULL,
  actor TEXT NOT NULL,
  team TEXT NOT NULL,
  source TEXT NOT NULL
);
INSERT INTO entry VALUES(2,'01900000-0000-7000-8000-00000000000a',1793674810000000,0,0,'Sato','CDOC','');
INSERT INTO entry VALUES(4,'01900000-0000-7000-8000-00000000000a',1793674800000000,1,0,'','','');
INSERT INTO entry VALUES(9,'01900000-0000-7000-8000-00000000000b',1793674800000000,1,0,'','','');
INSERT INTO entry VALUES(10,'01900000-0000-7000-8000-00000000000b',1793674810000000,1,0,'','','');
INSERT INTO entry VALUES(11,'01900000-0000-7000-8000-00000000000b',1793674820000000,0,0,'','','');
INSERT INTO entry VALUES(12,'01900000-0000-7000-8000-00000000000b',1793674830000000,1,0,'','','');
INSERT INTO entry VALUES(13,'01900000-0000-7000-8000-00000000000b',1793674831000000,1,0,'','','');
INSERT INTO entry VALUES(14,'01900000-0000-7000-8000-00000000000b',1793674832000000,1,0,'','','');
INSERT INTO entry VALUES(15,'01900000-0000-7000-8000-00000000000b',1793674840000000,1,0,'','','');
INSERT INTO entry VALUES(16,'01900000-0000-7000-8000-00000000000b',1793674850000000,1,0,'','','');
INSERT INTO entry VALUES(17,'01900000-0000-7000-8000-00000000000b',1793674860000000,1,0,'','','');
INSERT INTO entry VALUES(18,'01900000-0000-7000-8000-00000000000b',1793674870000000,1,0,'','','');
INSERT INTO entry VALUES(19,'01900000-0000-7000-8000-00000000000b',1793674880000000,1,0,'','','');
INSERT INTO entry VALUES(20,'01900000-0000-7000-8000-00000000000b',1793674885000000,1,0,'','','');
INSERT INTO entry VALUES(26,'01900000-0000-7000-8000-00000000000b',1793674890000000,1,0,'','','');
INSERT INTO entry VALUES(27,'01900000-0000-7000-8000-00000000000b',1793674895000000,1,0,'','','');
INSERT INTO entry VALUES(28,'01900000-0000-7000-8000-00000000000b',1793674900000000,1,0,'','','');
INSERT INTO entry VALUES(29,'01900000-0000-7000-8000-00000000000b',1793678400075000,1,0,'A. Sato','','');
INSERT INTO entry VALUES(30,'01900000-0000-7000-8000-00000000000b',1793678400078000,1,0,'A. Sato','','');
INSERT INTO entry VALUES(31,'01900000-0000-7000-8000-00000000000b',1793674910000000,1,0,'','','');
INSERT INTO entry VALUES(32,'01900000-0000-7000-8000-00000000000b',1793678400085000,1,0,'A. Sato','','');
CREATE TABLE entry_tag (
  doc INTEGER NOT NULL REFERENCES entry (doc) ON DELETE CASCADE,
  tag TEXT NOT NULL,
  PRIMARY KEY (doc, tag)
) WITHOUT ROWID;
CREATE TABLE document (
  doc INTEGER PRIMARY KEY REFERENCES doc (id),
  incident TEXT NOT NULL,
  type TEXT NOT NULL,
  created_at INTEGER NOT NULL
);
INSERT INTO document VALUES(1,'01900000-0000-7000-8000-00000000000a','incident',1793674800002000);
INSERT INTO document VALUES(5,'01900000-0000-7000-8000-00000000000a','evidence',1793674800019000);
INSERT INTO document VALUES(6,'01900000-0000-7000-8000-00000000000a','x',0);
INSERT INTO document VALUES(8,'01900000-0000-7000-8000-00000000000b','incident',1793678400001000);
INSERT INTO document VALUES(21,'01900000-0000-7000-8000-00000000000b','scope',1793678400051000);
INSERT INTO document VALUES(22,'01900000-0000-7000-8000-00000000000b','notice',1793678400053000);
INSERT INTO document VALUES(23,'01900000-0000-7000-8000-00000000000b','task',1793678400055000);
INSERT INTO document VALUES(24,'01900000-0000-7000-8000-00000000000b','indicator',1793678400057000);
INSERT INTO document VALUES(25,'','team',1793678400059000);
INSERT INTO document VALUES(33,'01900000-0000-7000-8000-00000000000b','x',0);
CREATE TABLE external (
  doc INTEGER PRIMARY KEY REFERENCES doc (id),
  external TEXT NOT NULL,
  created_at INTEGER NOT NULL
);
INSERT INTO external VALUES(23,'tracker:77',1793678400055000);
CREATE TABLE indicator (
  doc INTEGER PRIMARY KEY REFERENCES doc (id),
  value TEXT NOT NULL, -- in its normal form
  created_at INTEGER NOT NULL
);
INSERT INTO indicator VALUES(24,'203.0.113.7',1793678400057000);
CREATE TABLE blob (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  md5 TEXT,
  length INTEGER NOT NULL
);
INSERT INTO blob VALUES(1,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',NULL,5);
INSERT INTO blob VALUES(2,'2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae','rL0Y20zC+Fzt72VPzMSk2A==',3);
CREATE TABLE attachment (
  id INTEGER PRIMARY KEY,
  rev INTEGER NOT NULL REFERENCES rev (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  blob INTEGER NOT NULL REFERENCES blob (id),
  content_type TEXT NOT NULL,
  revpos INTEGER NOT NULL,
  UNIQUE (rev, name)
);
INSERT INTO attachment VALUES(1,6,'file',1,'application/octet-stream',1);
INSERT INTO attachment VALUES(2,40,'notes.txt',2,'text/plain',1);
CREATE TABLE purge (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL, -- µs
  who TEXT NOT NULL,
  docid TEXT NOT NULL,
  revs TEXT NOT NULL, -- with a space between them
  whole INTEGER NOT NULL
);
INSERT INTO purge VALUES(1,1793682000001000,'A. Sato','01900000-0000-7000-8000-00000000000b:x-3','1-10118b826c228dd18e74b6e15de61dbb',1);
CREATE TABLE compartment (scope TEXT PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO compartment VALUES('01900000-0000-7000-8000-00000000000b','closed');
CREATE TABLE parked (
  compartment TEXT NOT NULL,
  docid TEXT NOT NULL,
  incoming INTEGER NOT NULL,
  rev TEXT NOT NULL,
  error TEXT NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL, -- µs
  PRIMARY KEY (compartment, docid, incoming)
);
INSERT INTO parked VALUES('team','01900000-0000-7000-8000-00000000000b:x-2',0,'2-zz','forbidden','Only members may.',1793674800000000);
INSERT OR REPLACE INTO sqlite_sequence (rowid, name, seq) VALUES ((SELECT rowid FROM sqlite_sequence WHERE name = 'action'), 'action', 31);
INSERT OR REPLACE INTO sqlite_sequence (rowid, name, seq) VALUES ((SELECT rowid FROM sqlite_sequence WHERE name = 'purge'), 'purge', 1);
CREATE UNIQUE INDEX doc_docid ON doc (docid);
CREATE UNIQUE INDEX doc_seq ON doc (seq);
CREATE UNIQUE INDEX rev_id ON rev (doc, gen, hash);
CREATE INDEX evidence_incident ON evidence (incident, name);
CREATE INDEX incident_urgency ON incident
  (closed_at <> 0, -severity, opened_at, doc, closed_at, stage, severity, classification, source);
CREATE INDEX incident_stage ON incident (stage, opened_at, doc, closed_at, severity, classification, source);
CREATE INDEX incident_severity ON incident (severity, opened_at, doc, closed_at, stage, classification, source);
CREATE INDEX incident_classification ON incident
  (classification, opened_at, doc, closed_at, stage, severity, source);
CREATE INDEX incident_opened ON incident (opened_at, doc, closed_at, stage, severity, classification, source);
CREATE INDEX incident_modified ON incident (modified_at, doc, closed_at, stage, severity, classification, source);
CREATE INDEX incident_due ON incident
  (due_at = 0, due_at, doc, closed_at, stage, severity, classification, source);
CREATE INDEX incident_source ON incident (source, opened_at, doc, closed_at, stage, severity, classification);
CREATE INDEX entry_time ON entry (incident, sort_time);
CREATE INDEX entry_decision ON entry (incident) WHERE decision;
CREATE INDEX entry_key ON entry (incident) WHERE key;
CREATE INDEX document_type ON document (incident, type);
CREATE INDEX external_id ON external (external, created_at);
CREATE INDEX indicator_value ON indicator (value, created_at);
CREATE INDEX doc_conflict ON doc (docid) WHERE fork >= 2;
CREATE INDEX doc_modified ON doc (substr (docid, 1, 36), modified_at) WHERE modified_at > 0;
CREATE INDEX rev_leaf ON rev (doc, deleted, gen DESC, hash DESC) WHERE leaf;
CREATE INDEX rev_first ON rev (doc, gen, hash DESC) WHERE NOT deleted AND body IS NOT NULL;
CREATE INDEX rev_parent ON rev (parent) WHERE parent IS NOT NULL;
CREATE INDEX rev_ended ON rev (parent, hash DESC) WHERE leaf AND deleted AND parent IS NOT NULL;
CREATE INDEX rev_stem ON rev (doc, gen) WHERE parent IS NULL AND gen > 1;
CREATE INDEX blob_md5 ON blob (md5) WHERE md5 IS NOT NULL;
CREATE INDEX attachment_blob ON attachment (blob);
CREATE INDEX purge_whole ON purge (docid) WHERE whole;
CREATE VIRTUAL TABLE entry_fts USING fts5 (text, tokenize = 'iw', content = '', contentless_delete = 1);
INSERT INTO entry_fts (rowid, text) VALUES (1, 'Phished administrator');
INSERT INTO entry_fts (rowid, text) VALUES (2, '多要素認証 was off
Sato
CDOC');
INSERT INTO entry_fts (rowid, text) VALUES (4, 'Severity set to High: admin rights
admin rights');
INSERT INTO entry_fts (rowid, text) VALUES (5, 'proxy.csv');
INSERT INTO entry_fts (rowid, text) VALUES (8, 'Leaked storage');
INSERT INTO entry_fts (rowid, text) VALUES (9, 'Detected (Customer Report): a mail
a mail');
INSERT INTO entry_fts (rowid, text) VALUES (10, 'Stage changed from Detect to Assess');
INSERT INTO entry_fts (rowid, text) VALUES (11, 'The bucket listing is public');
INSERT INTO entry_fts (rowid, text) VALUES (12, 'Impact assessed as functional Low, information Privacy Breach, recoverability Regular, risk to customer data Confirmed');
INSERT INTO entry_fts (rowid, text) VALUES (13, 'Severity set to High: as proposed
as proposed');
INSERT INTO entry_fts (rowid, text) VALUES (14, 'Priority set to P1: as proposed
as proposed');
INSERT INTO entry_fts (rowid, text) VALUES (15, 'Declared a customer-reportable incident by M. Ito: The access log shows 12 reads
The access log shows 12 reads
M. Ito');
INSERT INTO entry_fts (rowid, text) VALUES (16, 'M. Ito is Security Incident Manager
M. Ito');
INSERT INTO entry_fts (rowid, text) VALUES (17, 'Escalated to Legal by On call: duty to notify
Legal
duty to notify
name the regulator
On call');
INSERT INTO entry_fts (rowid, text) VALUES (18, 'Escalation acknowledged');
INSERT INTO entry_fts (rowid, text) VALUES (19, 'Clock “Contract with Alpine” started, for 24 h
Contract with Alpine');
INSERT INTO entry_fts (rowid, text) VALUES (20, 'Containment started: listing disabled
listing disabled');
INSERT INTO entry_fts (rowid, text) VALUES (21, 'Alpine GmbH
it@alpine.example');
INSERT INTO entry_fts (rowid, text) VALUES (22, 'To customers
en
Your data
We regret to tell you');
INSERT INTO entry_fts (rowid, text) VALUES (23, 'Rotate the keys
Storage team');
INSERT INTO entry_fts (rowid, text) VALUES (24, '203.0.113.7
read the listing');
INSERT INTO entry_fts (rowid, text) VALUES (26, 'Confirmed as affected: in the access log
in the access log');
INSERT INTO entry_fts (rowid, text) VALUES (27, 'Notice deferred: would tip them off
L. Roth
E. Kim
would tip them off');
INSERT INTO entry_fts (rowid, text) VALUES (28, 'Severity set to Critical: because
because');
INSERT INTO entry_fts (rowid, text) VALUES (29, 'Decision withdrawn: Undone
A. Sato
Undone');
INSERT INTO entry_fts (rowid, text) VALUES (30, 'Decision withdrawn: Undone
A. Sato
Undone');
INSERT INTO entry_fts (rowid, text) VALUES (31, 'Severity set to Low: because
because');
INSERT INTO entry_fts (rowid, text) VALUES (32, 'Decision withdrawn: Undone
A. Sato
Undone');
