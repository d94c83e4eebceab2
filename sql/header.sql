-- pg_yield: on-chain yield computed inside PostgreSQL

-- complain if the script is sourced in psql rather than by CREATE EXTENSION
\echo Use "CREATE EXTENSION pg_yield" to load this file. \quit

