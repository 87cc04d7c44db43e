-- From version 1 to version 2.

-- The kind of a patch may be unknown. SQLite has no ALTER for a CHECK; a change of its text that only allows
-- more is made in the table of the schema (see its page on ALTER TABLE, section 7).
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
SET sql = replace(sql, 'CHECK (kind IN (''土地'', ''矿产''))', 'CHECK (kind IN ('''', ''土地'', ''矿产''))')
WHERE type = 'table' AND name = 'patch';
PRAGMA writable_schema = RESET; -- reads the schema again: later steps must see the new text
