-- How a patch moves through its stages. stage_transition is the one truth of what may follow what: the program reads
-- it, and the triggers hold everyone else to it. patch.stage changes only through a row of stage_event.
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

CREATE TABLE stage_event (
    fid INTEGER PRIMARY KEY,
    patch_no TEXT NOT NULL REFERENCES patch (patch_no) ON UPDATE CASCADE,
    step TEXT NOT NULL,
    from_stage TEXT NOT NULL,
    to_stage TEXT NOT NULL,
    person TEXT NOT NULL CHECK (TRIM(person) <> ''),
    taken_on TEXT NOT NULL CHECK (taken_on IS date(taken_on, '+0 days')),  -- the day the person took the step
    recorded_at TEXT NOT NULL CHECK (recorded_at <> ''),
    reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX stage_event_patch ON stage_event (patch_no);
CREATE TRIGGER stage_event_follows_the_rules BEFORE INSERT ON stage_event
BEGIN
    SELECT RAISE(ABORT, '办理步骤只能依次追加')
    WHERE EXISTS (SELECT 1 FROM stage_event WHERE fid = NEW.fid);
    SELECT RAISE(ABORT, '办理步骤没有写明由谁办理')
    WHERE TRIM(NEW.person, char(9, 10, 13, 32, 12288)) = '';
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
        AND REPLACE(REPLACE(NEW.person, ' ', ''), char(12288), '')
            = (SELECT REPLACE(REPLACE(decided_by, ' ', ''), char(12288), '') FROM determination
               WHERE patch_no = NEW.patch_no ORDER BY revision DESC LIMIT 1);
    SELECT RAISE(ABORT, '撤销只能由判定人办理')
    WHERE NEW.step IN ('撤销判定', '撤销重判')
        AND NEW.person IS NOT (SELECT decided_by FROM determination WHERE patch_no = NEW.patch_no
                               ORDER BY revision DESC LIMIT 1);
    SELECT RAISE(ABORT, '撤销只能紧接在判定之后，回到判定前的办理阶段')
    WHERE NEW.step IN ('撤销判定', '撤销重判')
        AND ('判定', NEW.to_stage) IS NOT (SELECT step, from_stage FROM stage_event WHERE patch_no = NEW.patch_no
                                           ORDER BY fid DESC LIMIT 1);
END;
CREATE TRIGGER stage_event_moves_the_patch AFTER INSERT ON stage_event
BEGIN
    UPDATE patch SET stage = NEW.to_stage WHERE patch_no = NEW.patch_no;
END;
CREATE TRIGGER stage_event_never_updated BEFORE UPDATE ON stage_event
BEGIN
    SELECT RAISE(ABORT, '办理步骤只能追加，不能修改');
END;
CREATE TRIGGER stage_event_never_deleted BEFORE DELETE ON stage_event
BEGIN
    SELECT RAISE(ABORT, '办理步骤只能追加，不能删除');
END;

CREATE TRIGGER patch_stage_only_by_event BEFORE UPDATE OF stage ON patch
    WHEN NEW.stage IS NOT OLD.stage
BEGIN
    SELECT RAISE(ABORT, '办理阶段只能随办理步骤改变')
    WHERE NOT EXISTS (
        SELECT 1 FROM stage_event
        WHERE fid = (SELECT MAX(fid) FROM stage_event WHERE patch_no = OLD.patch_no)
            AND from_stage = OLD.stage AND to_stage = NEW.stage);
END;
CREATE TRIGGER patch_starts_unchecked BEFORE INSERT ON patch
BEGIN
    SELECT RAISE(ABORT, '新图斑的办理阶段必须是待核查') WHERE NEW.stage IS NOT '待核查';
    -- Also stops INSERT OR REPLACE, which would put a patch back to its first stage.
    SELECT RAISE(ABORT, '图斑编号或序号已在工作库中')
    WHERE EXISTS (SELECT 1 FROM patch WHERE patch_no = NEW.patch_no OR fid = NEW.fid);
END;

-- What was done about a patch is known by its number: neither may go, or come to stand for another patch.
CREATE TRIGGER patch_on_record_keeps_its_number BEFORE UPDATE OF fid, patch_no ON patch
    WHEN NEW.fid IS NOT OLD.fid OR NEW.patch_no IS NOT OLD.patch_no
BEGIN
    SELECT RAISE(ABORT, '图斑已有办理记录，编号不能改')
    WHERE EXISTS (SELECT 1 FROM stage_event WHERE patch_no IN (OLD.patch_no, NEW.patch_no))
        OR EXISTS (SELECT 1 FROM determination WHERE patch_no IN (OLD.patch_no, NEW.patch_no));
END;
CREATE TRIGGER patch_on_record_stays BEFORE DELETE ON patch
BEGIN
    SELECT RAISE(ABORT, '图斑已有办理记录，不能删除')
    WHERE EXISTS (SELECT 1 FROM stage_event WHERE patch_no = OLD.patch_no)
        OR EXISTS (SELECT 1 FROM determination WHERE patch_no = OLD.patch_no);
END;

CREATE TRIGGER determination_only_while_open BEFORE INSERT ON determination
BEGIN
    SELECT RAISE(ABORT, '图斑已经复核，要改判定须先退回')
    WHERE (SELECT stage FROM patch WHERE patch_no = NEW.patch_no) NOT IN ('待核查', '市级退回', '已判定');
    SELECT RAISE(ABORT, '图斑已拆分，应对子图斑判定')
    WHERE (SELECT split_state FROM patch WHERE patch_no = NEW.patch_no) = '被拆分';
    SELECT RAISE(ABORT, '判定记录只能依次追加')
    WHERE EXISTS (SELECT 1 FROM determination
                  WHERE fid = NEW.fid OR patch_no = NEW.patch_no AND revision >= NEW.revision);
END;
CREATE TRIGGER determination_never_updated BEFORE UPDATE ON determination
BEGIN
    SELECT RAISE(ABORT, '判定记录只能追加新的一次，不能修改');
END;
CREATE TRIGGER determination_never_deleted BEFORE DELETE ON determination
BEGIN
    SELECT RAISE(ABORT, '判定记录不能删除');
END;

-- 存疑: what a person could not tell, and why. It is no determination: the patch stays open.
CREATE TABLE doubt (
    fid INTEGER PRIMARY KEY,
    patch_no TEXT NOT NULL REFERENCES patch (patch_no) ON UPDATE CASCADE,
    reason TEXT NOT NULL CHECK (TRIM(reason) <> ''),
    noted_by TEXT NOT NULL CHECK (TRIM(noted_by) <> ''),
    noted_on TEXT NOT NULL CHECK (noted_on IS date(noted_on, '+0 days')),
    after_revision INTEGER NOT NULL CHECK (after_revision >= 0)  -- of the determination; a later one settles the doubt
);
CREATE INDEX doubt_patch ON doubt (patch_no);
CREATE TRIGGER doubt_only_while_open BEFORE INSERT ON doubt
BEGIN
    SELECT RAISE(ABORT, '图斑已经判定，要改为存疑须先退回')
    WHERE (SELECT stage FROM patch WHERE patch_no = NEW.patch_no) NOT IN ('待核查', '市级退回');
    SELECT RAISE(ABORT, '存疑记录只能依次追加') WHERE EXISTS (SELECT 1 FROM doubt WHERE fid = NEW.fid);
END;
CREATE TRIGGER doubt_never_updated BEFORE UPDATE ON doubt
BEGIN
    SELECT RAISE(ABORT, '存疑记录只能追加，不能修改');
END;
CREATE TRIGGER doubt_never_deleted BEFORE DELETE ON doubt
BEGIN
    SELECT RAISE(ABORT, '存疑记录只能追加，不能删除');
END;

-- More days for the determination, granted by somebody. Granted days add up.
CREATE TABLE extension (
    fid INTEGER PRIMARY KEY,
    patch_no TEXT NOT NULL REFERENCES patch (patch_no) ON UPDATE CASCADE,
    days INTEGER NOT NULL CHECK (typeof(days) = 'integer' AND days BETWEEN 1 AND 366),
    reason TEXT NOT NULL CHECK (TRIM(reason) <> ''),
    approved_by TEXT NOT NULL CHECK (TRIM(approved_by) <> ''),
    approved_on TEXT NOT NULL CHECK (approved_on IS date(approved_on)),
    document_no TEXT NOT NULL DEFAULT '',
    recorded_by TEXT NOT NULL CHECK (recorded_by <> ''),
    recorded_at TEXT NOT NULL CHECK (recorded_at <> ''),
    CONSTRAINT granted_once UNIQUE (patch_no, approved_on, days, document_no)
);
CREATE TRIGGER extension_only_appended BEFORE INSERT ON extension
BEGIN
    SELECT RAISE(ABORT, '延期记录只能依次追加') WHERE EXISTS (SELECT 1 FROM extension WHERE fid = NEW.fid);
END;
CREATE TRIGGER extension_never_updated BEFORE UPDATE ON extension
BEGIN
    SELECT RAISE(ABORT, '延期记录只能追加，不能修改');
END;
CREATE TRIGGER extension_never_deleted BEFORE DELETE ON extension
BEGIN
    SELECT RAISE(ABORT, '延期记录只能追加，不能删除');
END;

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
CREATE TRIGGER extension_withdrawal_only_appended BEFORE INSERT ON extension_withdrawal
BEGIN
    SELECT RAISE(ABORT, '延期的撤销只能依次追加')
    WHERE EXISTS (SELECT 1 FROM extension_withdrawal WHERE fid = NEW.fid);
END;
CREATE TRIGGER extension_withdrawal_never_updated BEFORE UPDATE ON extension_withdrawal
BEGIN
    SELECT RAISE(ABORT, '延期的撤销只能追加，不能修改');
END;
CREATE TRIGGER extension_withdrawal_never_deleted BEFORE DELETE ON extension_withdrawal
BEGIN
    SELECT RAISE(ABORT, '延期的撤销只能追加，不能删除');
END;

INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES
    ('stage_transition', 'attributes', 'stage_transition', '办理阶段流转规则', 0),
    ('stage_event', 'attributes', 'stage_event', '办理步骤', 0),
    ('doubt', 'attributes', 'doubt', '存疑记录', 0),
    ('extension', 'attributes', 'extension', '判定期限延长', 0),
    ('extension_withdrawal', 'attributes', 'extension_withdrawal', '判定期限延长的撤销', 0);
