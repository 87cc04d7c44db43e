-- From version 3 to version 4.

-- The city sends a patch back that nobody here recorded as reported.
DROP TRIGGER stage_transition_never_added;
INSERT INTO stage_transition (step, from_stage, to_stage, needs_reason, by_another) VALUES
    ('市级退回补记', '待核查', '市级退回', 1, 0),
    ('市级退回补记', '已判定', '市级退回', 1, 0),
    ('市级退回补记', '已复核', '市级退回', 1, 0),
    ('市级退回补记', '已审定', '市级退回', 1, 0);
CREATE TRIGGER stage_transition_never_added BEFORE INSERT ON stage_transition
BEGIN
    SELECT RAISE(ABORT, '办理阶段的流转规则不能改');
END;
