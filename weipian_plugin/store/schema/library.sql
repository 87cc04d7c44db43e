-- 底图库: what is known about each base layer. The layers themselves are one table per role, made on import.
CREATE TABLE setting (
    fid INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL
);

CREATE TABLE layer_edition (
    fid INTEGER PRIMARY KEY,
    role TEXT NOT NULL UNIQUE,
    edition TEXT NOT NULL,
    source TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    feature_count INTEGER NOT NULL CHECK (feature_count >= 0),
    coverage TEXT NOT NULL DEFAULT '',
    imported_at TEXT NOT NULL,
    fields TEXT NOT NULL DEFAULT '{}',
    findings TEXT NOT NULL DEFAULT '[]'
);

INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES
    ('setting', 'attributes', 'setting', '设置', 0),
    ('layer_edition', 'attributes', 'layer_edition', '底图版本', 0);
