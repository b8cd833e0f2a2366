-- Step 2.
-- Whose answer it was and why it was changed; the submission that an imported visit goes on from.
ALTER TABLE trail ADD COLUMN person TEXT NOT NULL DEFAULT '';
ALTER TABLE trail ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE visits ADD COLUMN origin TEXT NOT NULL DEFAULT '';
-- Problems that no visit of ours found; who answers at which level; and the record as issued beside what its events made of it.
CREATE TABLE problems_2 (
    id TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    school_id TEXT NOT NULL,
    ref TEXT NOT NULL,
    item TEXT NOT NULL,
    matter TEXT NOT NULL,
    text TEXT NOT NULL,
    basis TEXT NOT NULL,
    measure TEXT NOT NULL,
    grade TEXT NOT NULL,
    handling TEXT NOT NULL,
    found_at TEXT NOT NULL,
    state TEXT NOT NULL,
    due TEXT,
    responsible TEXT NOT NULL,
    leader TEXT NOT NULL,
    confirmed BOOLEAN NOT NULL,
    evidence_wanted INTEGER NOT NULL,
    notice_number TEXT NOT NULL,
    veto BOOLEAN NOT NULL,
    source TEXT NOT NULL DEFAULT 'inspection',
    origin TEXT NOT NULL DEFAULT '',
    unit TEXT NOT NULL DEFAULT '',
    supervising TEXT NOT NULL DEFAULT '',
    chain TEXT NOT NULL DEFAULT '[]',
    returned INTEGER NOT NULL DEFAULT 0,
    rebounds INTEGER NOT NULL DEFAULT 0,
    extended INTEGER NOT NULL DEFAULT 0,
    level TEXT NOT NULL DEFAULT '',
    conflicts TEXT NOT NULL DEFAULT '[]',
    ended TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(school_id) REFERENCES schools (id)
);
INSERT INTO problems_2 (id, visit_id, school_id, ref, item, matter, text, basis, measure, grade, handling, found_at,
    state, due, responsible, leader, confirmed, evidence_wanted, notice_number, veto)
SELECT id, visit_id, school_id, ref, item, matter, text, basis, measure, grade, handling, found_at,
    state, due, responsible, leader, confirmed, evidence_wanted, notice_number, veto FROM problems;
UPDATE problems_2 SET ended = substr((SELECT max(at) FROM problem_events e WHERE e.problem_id = problems_2.id), 1, 10)
WHERE state IN ('struck_off', 'fixed_on_the_spot');
DROP TABLE problems;
ALTER TABLE problems_2 RENAME TO problems;
CREATE INDEX problems_by_school ON problems (school_id, state);
CREATE INDEX problems_by_visit ON problems (visit_id);
-- An event may arrive before the problem it is about.
CREATE TABLE problem_events_2 (
    id TEXT NOT NULL,
    problem_id TEXT NOT NULL,
    step TEXT NOT NULL,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    device TEXT NOT NULL,
    note TEXT NOT NULL,
    role TEXT NOT NULL,
    parents TEXT NOT NULL,
    proof TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (id)
);
INSERT INTO problem_events_2
SELECT id, problem_id, step, at, person, device, note, 'inspector', '[]', '[]', '{}' FROM problem_events;
DROP TABLE problem_events;
ALTER TABLE problem_events_2 RENAME TO problem_events;
CREATE INDEX problem_events_by_problem ON problem_events (problem_id);
CREATE TABLE problem_bases (
    problem_id TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (problem_id),
    FOREIGN KEY(problem_id) REFERENCES problems (id) ON DELETE CASCADE
);
INSERT INTO problem_bases (problem_id, record)
SELECT id, json_object('id', id, 'visit_id', visit_id, 'school_id', school_id, 'ref', ref, 'item', item, 'matter', matter,
    'text', text, 'basis', basis, 'measure', measure, 'grade', grade, 'handling', handling, 'found_at', found_at,
    'state', state, 'due', due, 'responsible', responsible, 'leader', leader,
    'confirmed', json(iif(confirmed, 'true', 'false')), 'evidence_wanted', evidence_wanted,
    'notice_number', notice_number, 'veto', json(iif(veto, 'true', 'false'))) FROM problems WHERE state <> 'found';
-- Documents that no visit issued (督办函, 通报 …): to whom, about which problems, from which laptop.
CREATE TABLE documents_2 (
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    school_id TEXT NOT NULL,
    title TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    pages INTEGER NOT NULL,
    prints INTEGER NOT NULL,
    addressee TEXT NOT NULL,
    problems TEXT NOT NULL,
    device TEXT NOT NULL,
    PRIMARY KEY (id)
);
INSERT INTO documents_2
SELECT d.id, d.kind, d.number, d.visit_id, d.school_id, d.title, d.issued_at, d.sha256, d.pages, d.prints, '', '[]', v.device
FROM documents d JOIN visits v ON v.id = d.visit_id;
DROP TABLE documents;
ALTER TABLE documents_2 RENAME TO documents;
CREATE INDEX documents_by_visit ON documents (visit_id);
-- Sync: what a device was before a restore, whose history was confirmed, refused files as the office tells them, bytes
-- that were purged after confirmation, what is known of other laptops' programs, and values that contradict each other.
ALTER TABLE devices ADD COLUMN forked_from TEXT NOT NULL DEFAULT '';
ALTER TABLE acknowledged ADD COLUMN digest TEXT NOT NULL DEFAULT '';
ALTER TABLE wants ADD COLUMN quarantined TEXT NOT NULL DEFAULT '[]';
CREATE TABLE purged (
    name TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (name)
);
CREATE TABLE device_reports (
    device TEXT NOT NULL,
    app_version TEXT NOT NULL,
    read_at TEXT NOT NULL,
    written_at TEXT NOT NULL,
    PRIMARY KEY (device)
);
CREATE TABLE conflicts (
    id TEXT NOT NULL,
    entity TEXT NOT NULL,
    kind TEXT NOT NULL,
    field TEXT NOT NULL,
    "values" TEXT NOT NULL,
    found_at TEXT NOT NULL,
    resolved_at TEXT,
    resolution TEXT NOT NULL,
    reason TEXT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX conflicts_by_entity ON conflicts (entity);
-- Files that belong to a checklist (lists of choices, pictures of labels): name → SHA-256.
ALTER TABLE checklists ADD COLUMN attachments TEXT NOT NULL DEFAULT '{}';
-- 自评 beside 督评.
ALTER TABLE remarks ADD COLUMN self_rating TEXT NOT NULL DEFAULT '';
-- An idle sync asks only for what is one's own and not sent yet, however much the others have written.
CREATE INDEX operations_by_segment ON operations (device, segment, number);
CREATE INDEX segments_briefly ON segments (device, seq, digest, first_op, last_op, sent);
CREATE INDEX blob_refs_by_device ON blob_refs (device, sent, seq);
-- What an issued document says as a record, from which its Word file is made (SHA-256).
ALTER TABLE documents ADD COLUMN words TEXT NOT NULL DEFAULT '';
-- What became of an issued document or of a number: voided, superseded, signed copy back, refused, numbered, certified.
CREATE TABLE paper_events (
    id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    number TEXT NOT NULL,
    step TEXT NOT NULL,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    device TEXT NOT NULL,
    note TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX paper_events_by_document ON paper_events (document_id);
-- Refusal to sign: its reason, and who saw it.
ALTER TABLE signatures ADD COLUMN refused TEXT NOT NULL DEFAULT '';
ALTER TABLE signatures ADD COLUMN witnesses TEXT NOT NULL DEFAULT '[]';
-- Answers are the most rows by far: kept once, in the order of their key, instead of in a table and an index.
CREATE TABLE answers_2 (
    visit_id TEXT NOT NULL,
    ref TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (visit_id, ref),
    FOREIGN KEY(visit_id) REFERENCES visits (id) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO answers_2 (visit_id, ref, value) SELECT visit_id, ref, value FROM answers;
DROP TABLE answers;
ALTER TABLE answers_2 RENAME TO answers;
-- The trail of a visit that arrived is read from the operation that brought it: the longest part of it is kept once.
CREATE TABLE received_trails (
    visit_id TEXT NOT NULL,
    op_id TEXT NOT NULL,
    PRIMARY KEY (visit_id),
    FOREIGN KEY(visit_id) REFERENCES visits (id) ON DELETE CASCADE
);
-- What a visit that is no re-check found of the school's open problems on the way: 已改, 部分整改, 未改.
CREATE TABLE owed_results (
    visit_id TEXT NOT NULL,
    problem_id TEXT NOT NULL,
    result TEXT NOT NULL,
    PRIMARY KEY (visit_id, problem_id),
    FOREIGN KEY(visit_id) REFERENCES visits (id) ON DELETE CASCADE
);
-- 督导方式: 明察 or 暗访, 定期 or 随机.
ALTER TABLE visits ADD COLUMN approach TEXT NOT NULL DEFAULT 'open';
ALTER TABLE visits ADD COLUMN timing TEXT NOT NULL DEFAULT 'planned';
-- Whether a number was used twice is asked of every document that arrives.
CREATE INDEX documents_by_number ON documents (number);
-- 包抓: who looks after a school, from the county down.
ALTER TABLE schools ADD COLUMN chain TEXT NOT NULL DEFAULT '[]';
-- The file as it was taken, where what is kept was made of it.
ALTER TABLE photos ADD COLUMN original TEXT NOT NULL DEFAULT '';
