-- Job 0123456789abcdef of qingku.
SET spark.sql.shuffle.partitions=64;
-- Pairs grow with the square of a block, so partitions that are small in bytes are not put together.
SET spark.sql.adaptive.coalescePartitions.enabled=false;
SET spark.sql.files.maxPartitionBytes=8m;
SELECT 'qingku', 'pairs';
INSERT OVERWRITE DIRECTORY '/shared/stages/qingku-0123456789abcdef/pairs' USING text
SELECT TRANSFORM (block, crossed, part, record, payload) ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t'
  USING 'exec qingku-worker pairs --model job-0123456789abcdef.json --format 1 --job-hash 0123456789abcdef'
  AS (line STRING) ROW FORMAT DELIMITED FIELDS TERMINATED BY '\001'
FROM (
  SELECT block, crossed, part, record, payload FROM parquet.`/shared/stages/qingku-0123456789abcdef/keys` WHERE kind = 'K'
  DISTRIBUTE BY block SORT BY block
);
