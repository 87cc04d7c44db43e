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
CREATE TRIGGER evidence_file_never_updated BEFORE UPDATE ON evidence_file
BEGIN
    SELECT RAISE(ABORT, '举证材料的记录只能追加，不能修改');
END;
CREATE TRIGGER evidence_file_never_deleted BEFORE DELETE ON evidence_file
BEGIN
    SELECT RAISE(ABORT, '举证材料的记录只能追加，不能删除');
END;

INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES
    ('evidence_file', 'attributes', 'evidence_file', '举证材料', 0);
