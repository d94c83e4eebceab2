/*-------------------------------------------------------------------------
 *
 * core/rate/backing.c
 *	  What stands behind a token: over chains and bridges, and for who lent
 *	  against it.
 *
 *-------------------------------------------------------------------------
 */
#include "core/rate/backing.h"

#include <math.h>

core_status
backing_summary_add(backing_summary *into, const backing_summary *other)
{
	u256		assets;
	u256		supply;

	if (!u256_add(into->assets, other->assets, &assets) ||
		!u256_add(into->supply, other->supply, &supply) ||
		into->num_rows > INT64_MAX - other->num_rows)
		return CORE_OUT_OF_RANGE;
	*into = (backing_summary) {assets, supply, into->num_rows + other->num_rows};
	return CORE_OK;
}

void
backing_summary_remove(backing_summary *from, const backing_summary *other)
{
	from->assets = u256_sub_wrap(from->assets, other->assets);
	from->supply = u256_sub_wrap(from->supply, other->supply);
	from->num_rows -= other->num_rows;
}

int
backing_summary_cmp(const backing_summary *a, const backing_summary *b)
{
	int			order = u256_cmp(a->assets, b->assets);

	if (order == 0)
		order = u256_cmp(a->supply, b->supply);
	if (order == 0)
		order = (a->num_rows > b->num_rows) - (a->num_rows < b->num_rows);
	return order;
}

core_status
backing_summary_ratio(const backing_summary *s, double *ratio)
{
	return u256_ratio(s->assets, s->supply, ratio) ? CORE_OK : CORE_NULL;
}

u256
backing_summary_shortfall(const backing_summary *s)
{
	u256		lacking;

	return u256_sub(s->supply, s->assets, &lacking) ? lacking : U256_ZERO;
}

bool
backing_read_amount(const char *text, u256 *out)
{
	u256		amount = U256_ZERO;

	if (*text == '\0')
		return false;
	for (; *text != '\0'; text++)
		if (*text < '0' || *text > '9' ||
			limbs_mul_add(amount.limb, 4, 10, (uint64_t) (*text - '0')) != 0)
			return false;
	*out = amount;
	return true;
}

core_status
backing_supplier_loss(double deficit, double supply, double *loss)
{
	if (supply == 0)
		return CORE_NULL;
	*loss = deficit / supply;
	return isfinite(*loss) ? CORE_OK : CORE_OUT_OF_RANGE;
}
