-- What the city sends back, and what units write into their workbooks.
-- A task is open until closed_on is set: by the step that reports the patch again, or by a passed review.
CREATE TABLE return_task (
    fid INTEGER PRIMARY KEY,
    patch_no TEXT NOT NULL REFERENCES patch (patch_no) ON UPDATE CASCADE,
    reason TEXT NOT NULL CHECK (TRIM(reason) <> ''),  -- the reviewer's own words
    category TEXT NOT NULL DEFAULT '',                -- of plans/return_reasons.yaml, several joined by 、
    round TEXT NOT NULL,                              -- which export was reviewed, else the file's digest
    source_file TEXT NOT NULL,
    opened_by TEXT NOT NULL CHECK (TRIM(opened_by) <> ''),
    opened_on TEXT NOT NULL CHECK (opened_on IS date(opened_on, '+0 days')),
    closed_by TEXT NOT NULL DEFAULT '',
    closed_on TEXT NOT NULL DEFAULT '' CHECK (closed_on = '' OR closed_on IS date(closed_on, '+0 days')),
    CONSTRAINT closed_by_somebody CHECK ((closed_on = '') = (closed_by = '')),
    CONSTRAINT once_a_round UNIQUE (patch_no, reason, round)
);
CREATE INDEX return_task_open ON return_task (patch_no) WHERE closed_on = '';

CREATE TABLE patch_note (
    fid INTEGER PRIMARY KEY,
    patch_no TEXT NOT NULL REFERENCES patch (patch_no) ON UPDATE CASCADE,
    field TEXT NOT NULL CHECK (field <> ''),          -- key of plans/feedback_table.yaml, such as remark
    text TEXT NOT NULL CHECK (TRIM(text) <> ''),
    source TEXT NOT NULL CHECK (TRIM(source) <> ''),  -- who says so: 市级, or the unit
    source_file TEXT NOT NULL,
    noted_on TEXT NOT NULL CHECK (noted_on IS date(noted_on, '+0 days'))
);
CREATE INDEX patch_note_patch ON patch_note (patch_no, field);
CREATE TRIGGER patch_note_only_appended BEFORE INSERT ON patch_note
BEGIN
    SELECT RAISE(ABORT, '填报内容只能依次追加') WHERE EXISTS (SELECT 1 FROM patch_note WHERE fid = NEW.fid);
END;
CREATE TRIGGER patch_note_never_updated BEFORE UPDATE ON patch_note
BEGIN
    SELECT RAISE(ABORT, '填报内容只能追加，不能修改');
END;
CREATE TRIGGER patch_note_never_deleted BEFORE DELETE ON patch_note
BEGIN
    SELECT RAISE(ABORT, '填报内容不能删除');
END;

INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES
    ('return_task', 'attributes', 'return_task', '市级退回待办', 0),
    ('patch_note', 'attributes', 'patch_note', '备注和填报内容', 0);
