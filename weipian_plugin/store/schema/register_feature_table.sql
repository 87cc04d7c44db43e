-- Lists a feature table in the GeoPackage and makes its empty R-tree. $name, $title: SQL text.
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
VALUES ($name, 'features', $name, $title, 4490);
INSERT INTO gpkg_geometry_columns VALUES ($name, 'geom', 'MULTIPOLYGON', 4490, 0, 0);
INSERT INTO gpkg_extensions
VALUES ($name, 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only');
CREATE VIRTUAL TABLE $rtree USING rtree(id, minx, maxx, miny, maxy);
