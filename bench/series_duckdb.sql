-- The same questions put to DuckDB, over the same points; part of bench.sql.
\copy (SELECT ts AT TIME ZONE 'UTC', token, rate FROM bench_points ORDER BY ts, token) TO PROGRAM 'cat > "$BENCH_WORK/points.csv"' (FORMAT csv)
\! cd "$BENCH_DUCKDB" && node "$OLDPWD/bench/duckdb.mjs" "$BENCH_WORK/points.csv" "$BENCH_WORK/points.duckdb" "$BENCH_ROUNDS" > "$BENCH_WORK/duckdb.csv"
CREATE TEMP TABLE duckdb_result (title text, name text, ms float8[]);
\copy duckdb_result FROM PROGRAM 'cat "$BENCH_WORK/duckdb.csv"' (FORMAT csv)
INSERT INTO measure (title, name, ms) SELECT title, name, ms FROM duckdb_result r WHERE EXISTS (SELECT FROM measure m WHERE m.title = r.title);
INSERT INTO storage SELECT 'DuckDB', name::bigint FROM duckdb_result WHERE title = 'bytes';
