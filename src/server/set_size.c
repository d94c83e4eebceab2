/*-------------------------------------------------------------------------
 *
 * server/set_size.c
 *	  How many rows a set-returning function gives, told to the planner.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "nodes/nodeFuncs.h"
#include "nodes/supportnodes.h"
#include "optimizer/optimizer.h"
#include "utils/array.h"

#include "server/set_size.h"

/*
 * What a support function is asked, or NULL if that is something else than the
 * size of a set.
 */
set_size *
set_size_asked(FunctionCallInfo fcinfo)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);

	if (!IsA(request, SupportRequestRows) ||
		!is_funcclause(((SupportRequestRows *) request)->node))
		return NULL;
	return (set_size *) request;
}

/* Argument n, or NULL if there is none. */
static Node *
given_argument(const set_size *asked, int n)
{
	List	   *arguments = ((FuncExpr *) asked->node)->args;

	return n < list_length(arguments) ? (Node *) list_nth(arguments, n) : NULL;
}

/* The type of argument n; InvalidOid behind the last. */
Oid
set_size_type(const set_size *asked, int n)
{
	return exprType(given_argument(asked, n));
}

/* Argument n as far as it is known now; NULL if it is not of that type. */
static Node *
planned_argument(set_size *asked, int n, Oid type)
{
	if (set_size_type(asked, n) != type)
		return NULL;
	return estimate_expression_value(asked->root, given_argument(asked, n));
}

static bool
is_constant(const Node *argument, bool is_null)
{
	return argument != NULL && IsA(argument, Const) &&
		((const Const *) argument)->constisnull == is_null;
}

/* Argument n, if it has that type, and a value that is known and not NULL. */
bool
set_size_argument(set_size *asked, int n, Oid type, Datum *value)
{
	Node	   *argument = planned_argument(asked, n, type);

	if (!is_constant(argument, false))
		return false;
	*value = ((Const *) argument)->constvalue;
	return true;
}

/* Is argument n known to be NULL? */
bool
set_size_is_null(set_size *asked, int n)
{
	return is_constant(planned_argument(asked, n, set_size_type(asked, n)), true);
}

/* How many elements argument n has, if it is an array of that type whose length is known. */
bool
set_size_array(set_size *asked, int n, Oid type, int *length)
{
	Node	   *argument = planned_argument(asked, n, type);
	ArrayType  *array;

	if (argument != NULL && IsA(argument, ArrayExpr) && !((ArrayExpr *) argument)->multidims)
	{
		*length = list_length(((ArrayExpr *) argument)->elements);
		return true;
	}
	if (!is_constant(argument, false))
		return false;
	array = DatumGetArrayTypeP(((Const *) argument)->constvalue);
	*length = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	return true;
}

/* The result of a support function that knows the size. */
Datum
set_size_answer(set_size *asked, double rows)
{
	asked->rows = Max(rows, 1);
	PG_RETURN_POINTER(asked);
}
