-- From version 4 to version 5.

-- A determination can be taken back by who made it. Two steps may lead the same way now.
DROP TABLE stage_transition;
CREATE TABLE stage_transition (
    fid INTEGER PRIMARY KEY,
    step TEXT NOT NULL CHECK (step <> ''),
    from_stage TEXT NOT NULL,
    to_stage TEXT NOT NULL,
    needs_reason INTEGER NOT NULL CHECK (needs_reason IN (0, 1)),
    by_another INTEGER NOT NULL CHECK (by_another IN (0, 1)),  -- 1: not by who judged, unless the setting says so
    CONSTRAINT one_way_out UNIQUE (step, from_stage)
);
INSERT INTO stage_transition (step, from_stage, to_stage, needs_reason, by_another) VALUES
    ('判定', '待核查', '已判定', 0, 0),
    ('判定', '市级退回', '已判定', 0, 0),
    ('复核', '已判定', '已复核', 0, 1),
    ('复核不通过', '已判定', '待核查', 1, 1),
    ('审定', '已复核', '已审定', 0, 0),
    ('审定不通过', '已复核', '待核查', 1, 0),
    ('撤回', '已审定', '待核查', 1, 0),
    ('上报', '已审定', '已上报', 0, 0),
    ('市级退回', '已上报', '市级退回', 1, 0),
    ('审核结束', '已上报', '审核结束', 0, 0),
    -- The city sends a patch back that nobody here recorded as reported: only back, never past a review.
    ('市级退回补记', '待核查', '市级退回', 1, 0),
    ('市级退回补记', '已判定', '市级退回', 1, 0),
    ('市级退回补记', '已复核', '市级退回', 1, 0),
    ('市级退回补记', '已审定', '市级退回', 1, 0),
    -- Who judged takes it back before anybody reviews it: to where the patch stood before.
    ('撤销判定', '已判定', '待核查', 1, 0),
    ('撤销重判', '已判定', '市级退回', 1, 0);
CREATE TRIGGER stage_transition_never_added BEFORE INSERT ON stage_transition
BEGIN
    SELECT RAISE(ABORT, '办理阶段的流转规则不能改');
END;
CREATE TRIGGER stage_transition_never_updated BEFORE UPDATE ON stage_transition
BEGIN
    SELECT RAISE(ABORT, '办理阶段的流转规则不能改');
END;
CREATE TRIGGER stage_transition_never_deleted BEFORE DELETE ON stage_transition
BEGIN
    SELECT RAISE(ABORT, '办理阶段的流转规则不能改');
END;
DROP TRIGGER stage_event_follows_the_rules;
CREATE TRIGGER stage_event_follows_the_rules BEFORE INSERT ON stage_event
BEGIN
    SELECT RAISE(ABORT, '办理步骤只能依次追加')
    WHERE EXISTS (SELECT 1 FROM stage_event WHERE fid = NEW.fid);
    SELECT RAISE(ABORT, '办理步骤的起点不是图斑现在的办理阶段')
    WHERE NEW.from_stage IS NOT (SELECT stage FROM patch WHERE patch_no = NEW.patch_no);
    SELECT RAISE(ABORT, '图斑已拆分，应对子图斑办理')
    WHERE (SELECT split_state FROM patch WHERE patch_no = NEW.patch_no) = '被拆分';
    SELECT RAISE(ABORT, '不允许这样改变办理阶段')
    WHERE NOT EXISTS (
        SELECT 1 FROM stage_transition
        WHERE step = NEW.step AND from_stage = NEW.from_stage AND to_stage = NEW.to_stage
            AND (needs_reason = 0 OR TRIM(NEW.reason) <> ''));
    SELECT RAISE(ABORT, '没有判定记录，不能改为已判定')
    WHERE NEW.to_stage = '已判定'
        AND NOT EXISTS (SELECT 1 FROM determination WHERE patch_no = NEW.patch_no);
    SELECT RAISE(ABORT, '复核人不能是判定人')
    WHERE EXISTS (SELECT 1 FROM stage_transition
                  WHERE step = NEW.step AND from_stage = NEW.from_stage AND by_another = 1)
        AND COALESCE((SELECT value FROM setting WHERE key = 'review_by_another'), '是') <> '否'
        AND NEW.person = (SELECT decided_by FROM determination WHERE patch_no = NEW.patch_no
                          ORDER BY revision DESC LIMIT 1);
    SELECT RAISE(ABORT, '撤销只能由判定人办理')
    WHERE NEW.step IN ('撤销判定', '撤销重判')
        AND NEW.person IS NOT (SELECT decided_by FROM determination WHERE patch_no = NEW.patch_no
                               ORDER BY revision DESC LIMIT 1);
    SELECT RAISE(ABORT, '撤销只能紧接在判定之后，回到判定前的办理阶段')
    WHERE NEW.step IN ('撤销判定', '撤销重判')
        AND ('判定', NEW.to_stage) IS NOT (SELECT step, from_stage FROM stage_event WHERE patch_no = NEW.patch_no
                                           ORDER BY fid DESC LIMIT 1);
END;

-- Papers and photos that prove a determination: copied into the folder beside the workspace. Taking one away is
-- one more row; the file stays.
CREATE TABLE evidence_file (
    fid INTEGER PRIMARY KEY,
    patch_no TEXT NOT NULL REFERENCES patch (patch_no) ON UPDATE CASCADE,
    act TEXT NOT NULL CHECK (act IN ('附上', '撤下')),
    name TEXT NOT NULL CHECK (TRIM(name) <> ''),            -- what the person's file was called
    stored_as TEXT NOT NULL CHECK (TRIM(stored_as) <> ''),  -- path in the folder, with /
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    size INTEGER NOT NULL CHECK (typeof(size) = 'integer' AND size >= 0),  -- bytes
    source TEXT NOT NULL DEFAULT '',                        -- where it lay when it was attached
    person TEXT NOT NULL CHECK (TRIM(person) <> ''),
    acted_on TEXT NOT NULL CHECK (acted_on IS date(acted_on, '+0 days'))
);
CREATE INDEX evidence_file_patch ON evidence_file (patch_no);
CREATE TRIGGER evidence_file_only_appended BEFORE INSERT ON evidence_file
BEGIN
    SELECT RAISE(ABORT, '举证材料的记录只能依次追加') WHERE EXISTS (SELECT 1 FROM evidence_file WHERE fid = NEW.fid);
END;
CREATE TRIGGER evidence_file_never_updated
BEFORE UPDATE OF fid, act, name, stored_as, sha256, size, source, person, acted_on ON evidence_file
BEGIN
    SELECT RAISE(ABORT, '举证材料的记录只能追加，不能修改');
END;
CREATE TRIGGER evidence_file_never_deleted BEFORE DELETE ON evidence_file
BEGIN
    SELECT RAISE(ABORT, '举证材料的记录只能追加，不能删除');
END;

INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES
    ('evidence_file', 'attributes', 'evidence_file', '举证材料', 0);
