-- Everything that belongs to the extension, one line each: what it is, how it is
-- defined, what its comment says. Two databases whose lines are the same have
-- the same extension, however they came to it.
SET search_path = pg_catalog;
SET quote_all_identifiers = off;

WITH member AS (
	SELECT d.classid, d.objid
	FROM pg_depend d
	JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'pg_yield'
	WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
), definition AS (
	SELECT 'pg_proc'::regclass AS classid, p.oid,
		CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid)
		ELSE concat_ws(' ', pg_get_function_arguments(p.oid), 'RETURNS', format_type(p.prorettype, NULL),
			'VOLATILE', p.provolatile, 'PARALLEL', p.proparallel, 'STRICT', p.proisstrict, 'DEFINER', p.prosecdef)
		END || concat_ws(' ', ' OWNER', pg_get_userbyid(p.proowner), 'ACL', p.proacl::text)
		|| coalesce((SELECT ' AGGREGATE ' || concat_ws(' ', a.aggkind, a.aggnumdirectargs, a.aggtransfn::regprocedure,
				a.aggfinalfn::oid::regprocedure, a.aggcombinefn::oid::regprocedure, a.aggserialfn::oid::regprocedure,
				a.aggdeserialfn::oid::regprocedure, a.aggmtransfn::oid::regprocedure, a.aggminvtransfn::oid::regprocedure,
				a.aggmfinalfn::oid::regprocedure, a.aggfinalextra, a.aggmfinalextra, a.aggfinalmodify, a.aggmfinalmodify,
				a.aggsortop::regoperator, format_type(a.aggtranstype, NULL), a.aggtransspace,
				format_type(a.aggmtranstype, NULL), a.aggmtransspace, a.agginitval, a.aggminitval)
			FROM pg_aggregate a WHERE a.aggfnoid = p.oid), '') AS text
	FROM pg_proc p
	UNION ALL
	SELECT 'pg_type'::regclass, t.oid, concat_ws(' ', t.typlen, t.typbyval, t.typtype, t.typcategory, t.typispreferred,
		t.typdelim, t.typsubscript, t.typelem::regtype, t.typinput, t.typoutput, t.typreceive, t.typsend, t.typmodin,
		t.typmodout, t.typanalyze, t.typalign, t.typstorage, t.typnotnull, t.typbasetype::regtype, t.typtypmod,
		t.typcollation, t.typdefault, t.typacl::text, pg_get_userbyid(t.typowner),
		(SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum)
		 FROM pg_attribute WHERE attrelid = t.typrelid AND attnum > 0 AND NOT attisdropped),
		(SELECT string_agg(pg_get_constraintdef(oid), ', ' ORDER BY conname) FROM pg_constraint WHERE contypid = t.oid))
	FROM pg_type t
	UNION ALL
	SELECT 'pg_operator'::regclass, o.oid, concat_ws(' ', o.oprkind, o.oprcanmerge, o.oprcanhash, o.oprresult::regtype,
		o.oprcom::regoperator, o.oprnegate::regoperator, o.oprcode, o.oprrest, o.oprjoin)
	FROM pg_operator o
	UNION ALL
	SELECT 'pg_cast'::regclass, c.oid, concat_ws(' ', c.castfunc::regprocedure, c.castcontext, c.castmethod)
	FROM pg_cast c
	UNION ALL
	SELECT 'pg_opclass'::regclass, c.oid, concat_ws(' ', c.opcintype::regtype, c.opcdefault, c.opckeytype::regtype, f.opfname)
	FROM pg_opclass c JOIN pg_opfamily f ON f.oid = c.opcfamily
	UNION ALL
	SELECT 'pg_opfamily'::regclass, f.oid, concat_ws(' ',
		(SELECT string_agg(concat_ws(' ', amopstrategy, amoppurpose, amopopr::regoperator), ', '
			ORDER BY amoplefttype::regtype::text, amoprighttype::regtype::text, amopstrategy)
		 FROM pg_amop WHERE amopfamily = f.oid),
		(SELECT string_agg(concat_ws(' ', amprocnum, amproc::oid::regprocedure), ', '
			ORDER BY amproclefttype::regtype::text, amprocrighttype::regtype::text, amprocnum)
		 FROM pg_amproc WHERE amprocfamily = f.oid))
	FROM pg_opfamily f
	UNION ALL
	SELECT 'pg_class'::regclass, c.oid, concat_ws(' ', c.relkind, c.relacl::text, c.reloptions::text,
		(SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum)
		 FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped),
		CASE WHEN c.relkind = 'v' THEN pg_get_viewdef(c.oid) END)
	FROM pg_class c
)
SELECT line FROM (
SELECT translate(concat_ws(' | ', pg_describe_object(m.classid, m.objid, 0),
	coalesce(d.text, 'of a kind that test/upgrade/catalogue.sql does not know'),
	coalesce(obj_description(objid, (SELECT relname FROM pg_class c WHERE c.oid = m.classid)), 'no comment')), E'\n\t', '  ')
	AS line
FROM member m
LEFT JOIN definition d ON d.classid = m.classid AND d.oid = m.objid
UNION ALL
SELECT 'extension | ' || concat_ws(' ', extrelocatable, extconfig::text, extcondition::text, obj_description(oid, 'pg_extension'))
FROM pg_extension WHERE extname = 'pg_yield'
) AS lines
ORDER BY line COLLATE "C";
