-- 工作库: one year's casework. Column names are a contract with other programs: add, never rename.
CREATE TABLE setting (
    fid INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL
);

CREATE TABLE plan_file (
    version INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    adopted_at TEXT NOT NULL,
    adopted_by TEXT NOT NULL
);

CREATE TABLE batch (
    batch_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    source_file TEXT NOT NULL,
    source_sha256 TEXT NOT NULL,
    received_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    patch_count INTEGER NOT NULL CHECK (patch_count >= 0),
    crs TEXT NOT NULL,
    encoding TEXT NOT NULL,
    area_unit TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    report TEXT NOT NULL DEFAULT '{}',   -- JSON: the decisions of the import (field mapping, guesses)
    findings TEXT NOT NULL DEFAULT '[]'  -- JSON: list of findings
);
CREATE INDEX batch_source_sha256 ON batch (source_sha256);

CREATE TABLE patch (
    fid INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again: workbooks that come back name their rows by it
    geom MULTIPOLYGON NOT NULL,
    patch_no TEXT NOT NULL UNIQUE CHECK (patch_no <> ''),
    parent_no TEXT NOT NULL DEFAULT '',
    batch_id INTEGER NOT NULL REFERENCES batch (batch_id),
    kind TEXT NOT NULL CHECK (kind IN ('', '土地', '矿产')),  -- '': not known
    county_code TEXT NOT NULL DEFAULT '',
    town_code TEXT NOT NULL DEFAULT '',
    town_name TEXT NOT NULL DEFAULT '',
    patch_type TEXT NOT NULL DEFAULT '',
    date_before TEXT NOT NULL DEFAULT '',
    date_after TEXT NOT NULL DEFAULT '',
    area_m2 REAL NOT NULL CHECK (area_m2 >= 0),
    area_mu REAL NOT NULL CHECK (area_mu >= 0),
    issued_area REAL,
    duty_state TEXT NOT NULL DEFAULT '未评估' CHECK (duty_state IN ('唯一', '待会商', '兜底', '未评估')),
    stage TEXT NOT NULL DEFAULT '待核查'
        CHECK (stage IN ('待核查', '已判定', '已复核', '已审定', '已上报', '市级退回', '审核结束')),
    split_state TEXT NOT NULL DEFAULT '' CHECK (split_state IN ('', '拆分', '被拆分')),
    attributes TEXT NOT NULL DEFAULT '{}',  -- JSON: every issued field, unchanged
    split_on TEXT NOT NULL DEFAULT ''       -- the day on which the office split it; '' where it was issued split
        CHECK (split_on = '' OR split_state = '被拆分' AND split_on IS date(split_on, '+0 days'))
);
CREATE INDEX patch_batch ON patch (batch_id);
CREATE INDEX patch_parent ON patch (parent_no) WHERE parent_no <> '';
-- So that statistics pass by geometries and issued fields.
CREATE INDEX patch_figures ON patch
    (patch_no, parent_no, batch_id, kind, town_name, area_m2, duty_state, split_state, split_on);

-- 原始下发: what was issued, split patches whole.
CREATE VIEW patch_issued AS
    SELECT * FROM patch WHERE split_state = '' OR NOT EXISTS (
        SELECT 1 FROM patch AS parent WHERE parent.patch_no = patch.parent_no AND parent.split_state = '被拆分'
    );
-- 核实后: what is worked on, the children of split patches in place of their parents.
CREATE VIEW patch_verified AS
    SELECT * FROM patch WHERE split_state <> '被拆分';

CREATE TABLE overlay_area (
    fid INTEGER PRIMARY KEY,
    patch_no TEXT NOT NULL REFERENCES patch (patch_no) ON UPDATE CASCADE,
    role TEXT NOT NULL CHECK (role <> ''),
    class_code TEXT NOT NULL DEFAULT '',
    class_name TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL CHECK (status IN ('命中', '未命中', '未评估')),
    area_m2 REAL,
    area_mu REAL,
    net_area_m2 REAL,
    net_area_mu REAL,
    share REAL,
    edition TEXT NOT NULL DEFAULT '',
    CONSTRAINT one_row_per_class UNIQUE (patch_no, role, class_code, status)
);

-- So that statistics read 100,000 patches at once.
CREATE INDEX overlay_area_land ON overlay_area (patch_no, class_code, status, area_m2, net_area_m2)
    WHERE role = 'land_class';
CREATE INDEX overlay_area_basic ON overlay_area (patch_no, area_m2) WHERE role = 'basic_farmland';

CREATE TABLE overlay_hit (
    fid INTEGER PRIMARY KEY,
    patch_no TEXT NOT NULL REFERENCES patch (patch_no) ON UPDATE CASCADE,
    role TEXT NOT NULL CHECK (role <> ''),
    source_fid INTEGER NOT NULL,
    label TEXT NOT NULL DEFAULT '',
    class_code TEXT NOT NULL DEFAULT '',
    area_m2 REAL NOT NULL,
    share REAL NOT NULL
);
CREATE INDEX overlay_hit_patch_role ON overlay_hit (patch_no, role);

CREATE TABLE duty (
    fid INTEGER PRIMARY KEY,
    patch_no TEXT NOT NULL REFERENCES patch (patch_no) ON UPDATE CASCADE,
    duty TEXT NOT NULL CHECK (duty <> ''),
    unit TEXT NOT NULL CHECK (unit <> ''),
    status TEXT NOT NULL CHECK (status IN ('建议', '确认', '改派')),
    rule_id TEXT NOT NULL DEFAULT '',
    clause TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    area_m2 REAL,
    share REAL,
    plan_version TEXT NOT NULL DEFAULT '',
    decided_by TEXT NOT NULL DEFAULT '',
    decided_on TEXT NOT NULL DEFAULT '',
    decision TEXT NOT NULL DEFAULT '' CHECK (decision IN ('', '确认', '改派', '增加')),
    decision_reason TEXT NOT NULL DEFAULT '',
    reference TEXT NOT NULL DEFAULT '',  -- the document that the decision rests on
    note TEXT NOT NULL DEFAULT ''        -- where later figures contradict the decision
);
CREATE INDEX duty_patch ON duty (patch_no, duty);
CREATE INDEX duty_lead ON duty (patch_no, status, unit) WHERE duty = '查处';

-- Every decision about a duty as it was given, oldest first. What stands because of them is in `duty`;
-- what a person took off a unit is only here.
CREATE TABLE duty_decision (
    fid INTEGER PRIMARY KEY,
    patch_no TEXT NOT NULL REFERENCES patch (patch_no) ON UPDATE CASCADE,
    duty TEXT NOT NULL CHECK (duty <> ''),
    decision TEXT NOT NULL CHECK (decision IN ('确认', '改派', '增加', '撤销')),
    unit TEXT NOT NULL CHECK (unit <> ''),       -- who has the duty now; 撤销: who had it
    former_unit TEXT NOT NULL DEFAULT '',        -- 改派: who had it
    reason TEXT NOT NULL DEFAULT '',
    reference TEXT NOT NULL DEFAULT '',
    decided_by TEXT NOT NULL CHECK (decided_by <> ''),
    decided_on TEXT NOT NULL CHECK (decided_on <> ''),
    recorded_at TEXT NOT NULL,
    seen TEXT NOT NULL DEFAULT '{}',             -- JSON: what the plan proposed for `unit` then
    former_seen TEXT NOT NULL DEFAULT '{}'       -- JSON: and for `former_unit`
);
CREATE INDEX duty_decision_patch ON duty_decision (patch_no);
CREATE TRIGGER duty_decision_only_appended BEFORE INSERT ON duty_decision
BEGIN
    SELECT RAISE(ABORT, '职责决定只能依次追加') WHERE EXISTS (SELECT 1 FROM duty_decision WHERE fid = NEW.fid);
END;
CREATE TRIGGER duty_decision_never_updated BEFORE UPDATE ON duty_decision
BEGIN
    SELECT RAISE(ABORT, '职责决定只能追加，不能修改');
END;
CREATE TRIGGER duty_decision_never_deleted BEFORE DELETE ON duty_decision
BEGIN
    SELECT RAISE(ABORT, '职责决定只能追加，不能删除');
END;

-- What a person found out about a patch. An empty value says that it is not known, whatever was issued.
CREATE TABLE patch_fact (
    fid INTEGER PRIMARY KEY,
    patch_no TEXT NOT NULL REFERENCES patch (patch_no) ON UPDATE CASCADE,
    fact TEXT NOT NULL CHECK (fact IN ('kind', 'subject', 'use', 'outcome')),
    value TEXT NOT NULL,
    reference TEXT NOT NULL DEFAULT '',
    decided_by TEXT NOT NULL CHECK (decided_by <> ''),
    decided_on TEXT NOT NULL CHECK (decided_on <> ''),
    CONSTRAINT one_row_per_value UNIQUE (patch_no, fact, value)
);
CREATE UNIQUE INDEX one_value_but_outcomes ON patch_fact (patch_no, fact) WHERE fact <> 'outcome';

CREATE TABLE determination (
    fid INTEGER PRIMARY KEY,
    patch_no TEXT NOT NULL REFERENCES patch (patch_no) ON UPDATE CASCADE,
    result TEXT NOT NULL CHECK (result IN ('合法', '违法', '其他')),
    category TEXT NOT NULL DEFAULT '',
    basis TEXT NOT NULL DEFAULT '',
    document_no TEXT NOT NULL DEFAULT '',
    decided_by TEXT NOT NULL CHECK (decided_by <> ''),
    decided_on TEXT NOT NULL CHECK (decided_on <> ''),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    evidence TEXT NOT NULL DEFAULT '{}',  -- JSON: the evidence fields that the category asks for
    dictionary TEXT NOT NULL DEFAULT '',  -- the category dictionary, with its version
    CONSTRAINT one_row_per_revision UNIQUE (patch_no, revision)
);
CREATE INDEX determination_figures ON determination (patch_no, revision, decided_on, result, category);

-- What was done about an illegal patch, and its acceptance. Words of `measure`: plans/remedies.yaml.
CREATE TABLE rectification (
    fid INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL UNIQUE CHECK (entry >= 1),  -- counts all entries ever made, never used twice
    patch_no TEXT NOT NULL REFERENCES patch (patch_no) ON UPDATE CASCADE,
    measure TEXT NOT NULL CHECK (measure <> ''),
    area_mu REAL CHECK (area_mu > 0),
    amount_yuan REAL CHECK (amount_yuan > 0),
    document_no TEXT NOT NULL DEFAULT '',
    done_on TEXT NOT NULL CHECK (done_on <> ''),
    unit TEXT NOT NULL CHECK (unit <> ''),
    note TEXT NOT NULL DEFAULT '',
    recorded_by TEXT NOT NULL CHECK (recorded_by <> ''),
    recorded_at TEXT NOT NULL CHECK (recorded_at <> '')
);
CREATE INDEX rectification_patch ON rectification (patch_no);

-- A split patch is worked on no more: what is decided goes to its children.
CREATE TRIGGER determination_not_of_split BEFORE INSERT ON determination
    WHEN (SELECT split_state FROM patch WHERE patch_no = NEW.patch_no) = '被拆分'
BEGIN
    SELECT RAISE(ABORT, '图斑已拆分，请在子图斑上办理');
END;
CREATE TRIGGER rectification_of_illegal_only BEFORE INSERT ON rectification
BEGIN
    SELECT RAISE(ABORT, '图斑已拆分，请在子图斑上办理')
    WHERE (SELECT split_state FROM patch WHERE patch_no = NEW.patch_no) = '被拆分';
    SELECT RAISE(ABORT, '只有判定为违法的图斑才能登记查处整改')
    WHERE (SELECT result FROM determination WHERE patch_no = NEW.patch_no
           ORDER BY revision DESC LIMIT 1) IS NOT '违法';
END;

CREATE TABLE history (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    table_name TEXT NOT NULL,
    record_key TEXT NOT NULL,
    before TEXT,
    after TEXT,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX history_record ON history (table_name, record_key);
CREATE TRIGGER history_never_updated BEFORE UPDATE ON history
BEGIN
    SELECT RAISE(ABORT, '历史记录只能追加，不能修改');
END;
CREATE TRIGGER history_never_deleted BEFORE DELETE ON history
BEGIN
    SELECT RAISE(ABORT, '历史记录只能追加，不能删除');
END;
-- Also stops INSERT OR REPLACE, which would delete without firing the trigger above.
CREATE TRIGGER history_only_appended BEFORE INSERT ON history
    WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM history)
BEGIN
    SELECT RAISE(ABORT, '历史记录只能依次追加');
END;

INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES
    ('setting', 'attributes', 'setting', '设置', 0),
    ('plan_file', 'attributes', 'plan_file', '实施方案文件', 0),
    ('batch', 'attributes', 'batch', '批次', 0),
    ('overlay_area', 'attributes', 'overlay_area', '套合面积', 0),
    ('overlay_hit', 'attributes', 'overlay_hit', '套合要素', 0),
    ('duty', 'attributes', 'duty', '职责分派', 0),
    ('duty_decision', 'attributes', 'duty_decision', '职责决定', 0),
    ('patch_fact', 'attributes', 'patch_fact', '图斑事实', 0),
    ('determination', 'attributes', 'determination', '合法性判定', 0),
    ('rectification', 'attributes', 'rectification', '查处整改', 0),
    ('history', 'attributes', 'history', '变更历史', 0);
