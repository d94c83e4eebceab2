-- All of the warehouse. Run in this directory, with the extension's schema on the search path:
--
--   psql -f install.sql

\ir 1_tables.sql
\ir 2_triggers.sql
\ir 3_metrics.sql
\ir 4_alerts.sql
