-- Job 0123456789abcdef of qingku.
SET spark.sql.shuffle.partitions=64;
-- Pairs grow with the square of a block, so partitions that are small in bytes are not put together.
SET spark.sql.adaptive.coalescePartitions.enabled=false;
SET spark.sql.files.maxPartitionBytes=8m;
SELECT 'qingku', 'keys';
INSERT OVERWRITE DIRECTORY '/shared/stages/qingku-0123456789abcdef/keys' USING parquet
SELECT TRANSFORM (value) ROW FORMAT DELIMITED FIELDS TERMINATED BY '\001'
  USING 'exec qingku-worker keys --model job-0123456789abcdef.json --format 1 --job-hash 0123456789abcdef'
  AS (kind STRING, block STRING, crossed STRING, part STRING, record STRING, payload STRING)
  ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t'
FROM text.`/shared/stages/qingku-0123456789abcdef/records`;
SELECT assert_true(
  coalesce(sum(try_cast(block AS BIGINT)), 0) = 1000000
  AND coalesce(sum(try_cast(crossed AS BIGINT)), 0) = 3000000
  AND (SELECT count(*) FROM parquet.`/shared/stages/qingku-0123456789abcdef/keys` WHERE kind = 'K') = 3000000,
  'qingku-rows-are-missing')
  FROM parquet.`/shared/stages/qingku-0123456789abcdef/keys` WHERE kind = 'E';

SELECT 'qingku', 'pairs';
INSERT OVERWRITE DIRECTORY '/shared/stages/qingku-0123456789abcdef/pairs' USING text
SELECT TRANSFORM (block, crossed, part, record, payload) ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t'
  USING 'exec qingku-worker pairs --model job-0123456789abcdef.json --format 1 --job-hash 0123456789abcdef'
  AS (line STRING) ROW FORMAT DELIMITED FIELDS TERMINATED BY '\001'
FROM (
  SELECT block, crossed, part, record, payload FROM parquet.`/shared/stages/qingku-0123456789abcdef/keys` WHERE kind = 'K'
  DISTRIBUTE BY block SORT BY block
);
