-- Takes a feature table, its R-tree and its entries out of the file. $table, $rtree: quoted names; $name: SQL text.
DROP TABLE IF EXISTS $rtree;
DROP TABLE IF EXISTS $table;
DELETE FROM gpkg_extensions WHERE table_name = $name;
DELETE FROM gpkg_geometry_columns WHERE table_name = $name;
DELETE FROM gpkg_contents WHERE table_name = $name;
