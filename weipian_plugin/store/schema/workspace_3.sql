-- From version 2 to version 3.

-- A split has its day.
ALTER TABLE patch ADD COLUMN split_on TEXT NOT NULL DEFAULT ''
    CHECK (split_on = '' OR split_state = '被拆分' AND split_on IS date(split_on, '+0 days'));

-- Statistics of a hundred thousand patches.
CREATE INDEX patch_figures ON patch
    (patch_no, parent_no, batch_id, kind, town_name, area_m2, duty_state, split_state, split_on);
CREATE INDEX determination_figures ON determination (patch_no, revision, decided_on, result, category);

-- A grant taken back, because it was wrong: from that day on its days do not count.
CREATE TABLE extension_withdrawal (
    fid INTEGER PRIMARY KEY,
    patch_no TEXT NOT NULL,
    approved_on TEXT NOT NULL,
    days INTEGER NOT NULL,
    document_no TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (TRIM(reason) <> ''),
    withdrawn_by TEXT NOT NULL CHECK (TRIM(withdrawn_by) <> ''),
    withdrawn_on TEXT NOT NULL CHECK (withdrawn_on IS date(withdrawn_on, '+0 days') AND withdrawn_on >= approved_on),
    recorded_by TEXT NOT NULL CHECK (recorded_by <> ''),
    recorded_at TEXT NOT NULL CHECK (recorded_at <> ''),
    CONSTRAINT withdrawn_once UNIQUE (patch_no, approved_on, days, document_no),
    CONSTRAINT of_a_grant FOREIGN KEY (patch_no, approved_on, days, document_no)
        REFERENCES extension (patch_no, approved_on, days, document_no) ON UPDATE CASCADE
);
CREATE TRIGGER extension_withdrawal_never_updated BEFORE UPDATE ON extension_withdrawal
    WHEN (OLD.fid, OLD.approved_on, OLD.days, OLD.document_no, OLD.reason, OLD.withdrawn_by, OLD.withdrawn_on,
          OLD.recorded_by, OLD.recorded_at)
        IS NOT (NEW.fid, NEW.approved_on, NEW.days, NEW.document_no, NEW.reason, NEW.withdrawn_by,
                NEW.withdrawn_on, NEW.recorded_by, NEW.recorded_at)
BEGIN
    SELECT RAISE(ABORT, '延期的撤销只能追加，不能修改');
END;
CREATE TRIGGER extension_withdrawal_never_deleted BEFORE DELETE ON extension_withdrawal
BEGIN
    SELECT RAISE(ABORT, '延期的撤销只能追加，不能删除');
END;

INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES
    ('extension_withdrawal', 'attributes', 'extension_withdrawal', '判定期限延长的撤销', 0);
