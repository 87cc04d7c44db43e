-- From version 5 to version 6.

-- Nothing on record changes, goes, or comes to stand for another patch, whoever writes.
DROP TRIGGER stage_event_follows_the_rules;
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
DROP TRIGGER stage_event_never_updated;
CREATE TRIGGER stage_event_never_updated BEFORE UPDATE ON stage_event
BEGIN
    SELECT RAISE(ABORT, '办理步骤只能追加，不能修改');
END;
DROP TRIGGER determination_never_updated;
CREATE TRIGGER determination_never_updated BEFORE UPDATE ON determination
BEGIN
    SELECT RAISE(ABORT, '判定记录只能追加新的一次，不能修改');
END;
DROP TRIGGER extension_never_updated;
CREATE TRIGGER extension_never_updated BEFORE UPDATE ON extension
BEGIN
    SELECT RAISE(ABORT, '延期记录只能追加，不能修改');
END;
DROP TRIGGER extension_withdrawal_never_updated;
CREATE TRIGGER extension_withdrawal_never_updated BEFORE UPDATE ON extension_withdrawal
BEGIN
    SELECT RAISE(ABORT, '延期的撤销只能追加，不能修改');
END;
DROP TRIGGER doubt_only_while_open;
CREATE TRIGGER doubt_only_while_open BEFORE INSERT ON doubt
BEGIN
    SELECT RAISE(ABORT, '图斑已经判定，要改为存疑须先退回')
    WHERE (SELECT stage FROM patch WHERE patch_no = NEW.patch_no) NOT IN ('待核查', '市级退回');
    SELECT RAISE(ABORT, '存疑记录只能依次追加') WHERE EXISTS (SELECT 1 FROM doubt WHERE fid = NEW.fid);
END;
DROP TRIGGER patch_note_never_updated;
CREATE TRIGGER patch_note_never_updated BEFORE UPDATE ON patch_note
BEGIN
    SELECT RAISE(ABORT, '填报内容只能追加，不能修改');
END;
DROP TRIGGER evidence_file_never_updated;
CREATE TRIGGER evidence_file_never_updated BEFORE UPDATE ON evidence_file
BEGIN
    SELECT RAISE(ABORT, '举证材料的记录只能追加，不能修改');
END;
CREATE TRIGGER extension_only_appended BEFORE INSERT ON extension
BEGIN
    SELECT RAISE(ABORT, '延期记录只能依次追加') WHERE EXISTS (SELECT 1 FROM extension WHERE fid = NEW.fid);
END;
CREATE TRIGGER extension_withdrawal_only_appended BEFORE INSERT ON extension_withdrawal
BEGIN
    SELECT RAISE(ABORT, '延期的撤销只能依次追加')
    WHERE EXISTS (SELECT 1 FROM extension_withdrawal WHERE fid = NEW.fid);
END;
CREATE TRIGGER doubt_never_updated BEFORE UPDATE ON doubt
BEGIN
    SELECT RAISE(ABORT, '存疑记录只能追加，不能修改');
END;
CREATE TRIGGER doubt_never_deleted BEFORE DELETE ON doubt
BEGIN
    SELECT RAISE(ABORT, '存疑记录只能追加，不能删除');
END;
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
CREATE TRIGGER patch_note_only_appended BEFORE INSERT ON patch_note
BEGIN
    SELECT RAISE(ABORT, '填报内容只能依次追加') WHERE EXISTS (SELECT 1 FROM patch_note WHERE fid = NEW.fid);
END;
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

-- A patch that was issued by itself is no piece of a split one, whatever its number says.
DROP VIEW patch_issued;
CREATE VIEW patch_issued AS
    SELECT * FROM patch WHERE split_state = '' OR NOT EXISTS (
        SELECT 1 FROM patch AS parent WHERE parent.patch_no = patch.parent_no AND parent.split_state = '被拆分'
    );
