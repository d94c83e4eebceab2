// The questions of series.sql put to DuckDB, on one thread and in its own table
// format. Run by bench.sh: node duckdb.mjs POINTS.csv DATABASE ROUNDS > results.csv
// where @duckdb/node-api can be found. Each line of the result: title, name, the
// milliseconds of every round as an array literal of PostgreSQL.

import { createRequire } from "node:module";
import { statSync } from "node:fs";

const require = createRequire(process.cwd() + "/");
const { DuckDBInstance, version } = require("@duckdb/node-api");
const [points, file, rounds] = process.argv.slice(2);

const db = await (await DuckDBInstance.create(file)).connect();
await db.run("SET threads = 1");
await db.run("SET preserve_insertion_order = true");
await db.run(`CREATE TABLE rates AS SELECT * FROM read_csv('${points}', columns = {'ts': 'TIMESTAMP', 'token': 'VARCHAR', 'rate': 'DOUBLE'})`);
await db.run("CHECKPOINT");

const path = "WINDOW w AS (PARTITION BY token ORDER BY ts)";
const queries = {
	"APR": `SELECT token, (arg_max(rate, ts) / arg_min(rate, ts) - 1) * 31536000e6 / (epoch_us(max(ts)) - epoch_us(min(ts))) FROM rates GROUP BY token`,
	"Time-weighted average": `SELECT token, sum(rate * d) / sum(d)
		FROM (SELECT token, rate, epoch_us(lead(ts) OVER w) - epoch_us(ts) AS d FROM rates ${path}) GROUP BY token`,
	"Volatility": `SELECT token, sqrt((sum(x * x / d) - sum(x) * sum(x) / sum(d)) / (count(x) - 1) * 31536000e6)
		FROM (SELECT token, ln(rate / lag(rate) OVER w) AS x, epoch_us(ts) - epoch_us(lag(ts) OVER w) AS d FROM rates ${path}) GROUP BY token`,
	"Maximum drawdown": `SELECT token, min(rate / peak - 1)
		FROM (SELECT token, rate, max(rate) OVER (PARTITION BY token ORDER BY ts ROWS UNBOUNDED PRECEDING) AS peak FROM rates) GROUP BY token`,
	"Rolling 7-day APR": `SELECT count(*), sum((rate / r0 - 1) * 31536000e6 / nullif(epoch_us(ts) - epoch_us(t0), 0))
		FROM (SELECT ts, rate, first_value(rate) OVER w AS r0, first_value(ts) OVER w AS t0 FROM rates
			WINDOW w AS (PARTITION BY token ORDER BY ts RANGE BETWEEN INTERVAL 7 DAYS PRECEDING AND CURRENT ROW))`,
	"Last rate of each day": `SELECT count(*), sum(rate)
		FROM (SELECT token, time_bucket(INTERVAL 1 DAY, ts) AS day, arg_max(rate, ts) AS rate FROM rates GROUP BY 1, 2)`,
};

const times = Object.fromEntries(Object.keys(queries).map((title) => [title, []]));
for (let round = 0; round <= rounds; round++) {
	for (const [title, query] of Object.entries(queries)) {
		const began = performance.now();
		await (await db.runAndReadAll(query)).getRows();
		// the first round only warms up
		if (round > 0)
			times[title].push(performance.now() - began);
	}
}
for (const [title, ms] of Object.entries(times))
	console.log(`"${title} along the path, one process","DuckDB ${version().replace(/^v/, "")}, one thread","{${ms.join(",")}}"`);
console.log(`"bytes","${statSync(file).size}",`);
