-- Step 1: the database as first released. Times are ISO 8601 text with offset, dates ISO text, lists JSON.
CREATE TABLE acknowledged (
    device TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (device)
);
CREATE TABLE blob_refs (
    name TEXT NOT NULL,
    device TEXT NOT NULL,
    seq INTEGER NOT NULL,
    length INTEGER NOT NULL,
    period TEXT NOT NULL,
    role TEXT NOT NULL,
    sent BOOLEAN NOT NULL,
    stored BOOLEAN NOT NULL,
    PRIMARY KEY (name, device)
);
CREATE INDEX blob_refs_missing ON blob_refs (stored, role);
CREATE TABLE checklists (
    file_hash TEXT NOT NULL,
    form_id TEXT NOT NULL,
    version TEXT NOT NULL,
    title TEXT NOT NULL,
    item_count INTEGER NOT NULL,
    added_at TEXT NOT NULL,
    current BOOLEAN NOT NULL,
    PRIMARY KEY (file_hash)
);
CREATE INDEX checklists_by_form ON checklists (form_id);
CREATE TABLE devices (
    device TEXT NOT NULL,
    public_key BLOB NOT NULL,
    person TEXT NOT NULL,
    role TEXT NOT NULL,
    invitation TEXT NOT NULL,
    certified BOOLEAN NOT NULL,
    last_seq INTEGER,
    PRIMARY KEY (device)
);
CREATE TABLE facts (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY ("key")
);
CREATE TABLE inspectors (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    certificate TEXT NOT NULL,
    area TEXT NOT NULL,
    employment TEXT NOT NULL,
    phone TEXT NOT NULL,
    stages TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE number_blocks (
    id TEXT NOT NULL,
    device TEXT NOT NULL,
    prefix TEXT NOT NULL,
    year INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    used INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE operations (
    op_id TEXT NOT NULL,
    device TEXT NOT NULL,
    number INTEGER NOT NULL,
    hlc TEXT NOT NULL,
    parents TEXT NOT NULL,
    person TEXT NOT NULL,
    entity TEXT NOT NULL,
    kind TEXT NOT NULL,
    data TEXT NOT NULL,
    segment INTEGER,
    PRIMARY KEY (op_id)
);
CREATE INDEX operations_by_device ON operations (device, number);
CREATE INDEX operations_by_entity ON operations (entity);
CREATE TABLE positions (
    device TEXT NOT NULL,
    seq INTEGER NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (device)
);
CREATE TABLE receipts (
    id TEXT NOT NULL,
    at TEXT NOT NULL,
    folder TEXT NOT NULL,
    report TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE refusals (
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    facts TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    PRIMARY KEY (name)
);
CREATE TABLE schools (
    id TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    stage TEXT NOT NULL,
    area TEXT NOT NULL,
    district TEXT NOT NULL,
    ownership TEXT NOT NULL,
    setting TEXT NOT NULL,
    address TEXT NOT NULL,
    head TEXT NOT NULL,
    phone TEXT NOT NULL,
    pupils INTEGER,
    teachers INTEGER,
    classes INTEGER,
    boarders INTEGER,
    PRIMARY KEY (id),
    UNIQUE (code)
);
CREATE TABLE segments (
    device TEXT NOT NULL,
    seq INTEGER NOT NULL,
    digest TEXT NOT NULL,
    content BLOB NOT NULL,
    first_op INTEGER NOT NULL,
    last_op INTEGER NOT NULL,
    sent BOOLEAN NOT NULL,
    PRIMARY KEY (device, seq)
);
CREATE TABLE wants (
    publisher TEXT NOT NULL,
    blobs TEXT NOT NULL,
    segments TEXT NOT NULL,
    PRIMARY KEY (publisher)
);
CREATE TABLE assignments (
    id TEXT NOT NULL,
    school_id TEXT NOT NULL,
    task TEXT NOT NULL,
    kind TEXT NOT NULL,
    form_id TEXT NOT NULL,
    inspector_ids TEXT NOT NULL,
    due TEXT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(school_id) REFERENCES schools (id)
);
CREATE INDEX assignments_by_school ON assignments (school_id);
CREATE TABLE visits (
    id TEXT NOT NULL,
    assignment_id TEXT,
    school_id TEXT NOT NULL,
    task TEXT NOT NULL,
    kind TEXT NOT NULL,
    form_id TEXT NOT NULL,
    checklist_hash TEXT NOT NULL,
    inspector_ids TEXT NOT NULL,
    started_at TEXT NOT NULL,
    state TEXT NOT NULL,
    companions TEXT NOT NULL,
    finished_at TEXT,
    content_hash TEXT NOT NULL,
    revision INTEGER NOT NULL,
    revises TEXT,
    revision_reason TEXT NOT NULL,
    score TEXT,
    vetoed TEXT NOT NULL,
    answered INTEGER NOT NULL,
    item_total INTEGER NOT NULL,
    opinion TEXT NOT NULL,
    opinion_text TEXT NOT NULL,
    device TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(assignment_id) REFERENCES assignments (id),
    FOREIGN KEY(school_id) REFERENCES schools (id)
);
CREATE INDEX visits_by_assignment ON visits (assignment_id);
CREATE INDEX visits_by_school ON visits (school_id, finished_at);
CREATE TABLE answers (
    visit_id TEXT NOT NULL,
    ref TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (visit_id, ref),
    FOREIGN KEY(visit_id) REFERENCES visits (id) ON DELETE CASCADE
);
CREATE TABLE documents (
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
    PRIMARY KEY (id),
    FOREIGN KEY(visit_id) REFERENCES visits (id),
    FOREIGN KEY(school_id) REFERENCES schools (id)
);
CREATE INDEX documents_by_visit ON documents (visit_id);
CREATE TABLE photos (
    id TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    ref TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    added_at TEXT NOT NULL,
    taken_at TEXT,
    "after" BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(visit_id) REFERENCES visits (id) ON DELETE CASCADE
);
CREATE INDEX photos_by_visit ON photos (visit_id);
CREATE TABLE places (
    visit_id TEXT NOT NULL,
    ref TEXT NOT NULL,
    scroll INTEGER NOT NULL,
    unsaved TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (visit_id),
    FOREIGN KEY(visit_id) REFERENCES visits (id) ON DELETE CASCADE
);
CREATE TABLE problems (
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
    PRIMARY KEY (id),
    FOREIGN KEY(visit_id) REFERENCES visits (id),
    FOREIGN KEY(school_id) REFERENCES schools (id)
);
CREATE INDEX problems_by_school ON problems (school_id, state);
CREATE INDEX problems_by_visit ON problems (visit_id);
CREATE TABLE remarks (
    visit_id TEXT NOT NULL,
    ref TEXT NOT NULL,
    note TEXT NOT NULL,
    kept BOOLEAN NOT NULL,
    PRIMARY KEY (visit_id, ref),
    FOREIGN KEY(visit_id) REFERENCES visits (id) ON DELETE CASCADE
);
CREATE TABLE signatures (
    visit_id TEXT NOT NULL,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    signed_at TEXT,
    strokes TEXT NOT NULL,
    PRIMARY KEY (visit_id, role, name),
    FOREIGN KEY(visit_id) REFERENCES visits (id) ON DELETE CASCADE
);
CREATE TABLE trail (
    seq INTEGER NOT NULL,
    visit_id TEXT NOT NULL,
    ref TEXT NOT NULL,
    old TEXT,
    new TEXT,
    at TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (seq),
    FOREIGN KEY(visit_id) REFERENCES visits (id) ON DELETE CASCADE
);
CREATE INDEX trail_by_visit ON trail (visit_id);
CREATE TABLE problem_events (
    id TEXT NOT NULL,
    problem_id TEXT NOT NULL,
    step TEXT NOT NULL,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    device TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(problem_id) REFERENCES problems (id) ON DELETE CASCADE
);
CREATE INDEX problem_events_by_problem ON problem_events (problem_id);
