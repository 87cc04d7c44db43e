-- The map of duties: where which spatial claims to 查处 meet. A file of its own, made anew each time.
CREATE TABLE duty_area (
    fid INTEGER PRIMARY KEY,
    geom MULTIPOLYGON NOT NULL,
    town_name TEXT NOT NULL,
    claims INTEGER NOT NULL,             -- how many units claim here
    kind TEXT NOT NULL CHECK (kind IN ('无', '一家', '多家')),
    units TEXT NOT NULL,
    rule_ids TEXT NOT NULL,
    clauses TEXT NOT NULL,
    layers TEXT NOT NULL,
    not_evaluated TEXT NOT NULL,         -- layers that the library does not hold, or that end here
    area_m2 REAL NOT NULL,
    area_km2 REAL NOT NULL
);
CREATE TABLE duty_combination (
    fid INTEGER PRIMARY KEY,
    claims INTEGER NOT NULL,
    kind TEXT NOT NULL,
    units TEXT NOT NULL,
    rule_ids TEXT NOT NULL,
    clauses TEXT NOT NULL,
    layers TEXT NOT NULL,
    not_evaluated TEXT NOT NULL,
    area_m2 REAL NOT NULL,
    area_km2 REAL NOT NULL,
    share REAL NOT NULL                  -- of the district
);
CREATE TABLE duty_map_info (
    fid INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL
);
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES
    ('duty_combination', 'attributes', 'duty_combination', '职责组合面积表', 0),
    ('duty_map_info', 'attributes', 'duty_map_info', '说明', 0);
