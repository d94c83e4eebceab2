/*-------------------------------------------------------------------------
 *
 * liquidity/coins.c
 *	  Arguments of pools that have a number of coins: arrays of one word for each
 *	  coin, and coins by their number.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/array.h"

#include "chain/words.h"
#include "liquidity/coins.h"
#include "server/compat.h"

/* The words of an array of "least" to "most" elements into "words"; false where one is NULL */
bool
coins_array(FunctionCallInfo fcinfo, int position, const char *argument, int least, int most,
			const char *hint, u256 *words, int *n)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(position);
	int			length = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	u256	   *read;

	if (unlikely(length < least || length > most))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must have from %d to %d elements, not %d", argument, least, most,
						length),
				 errhint("%s", hint)));
	read = uint_array(array, argument, n);
	if (read == NULL)
		return false;
	memcpy(words, read, sizeof(u256) * length);
	return true;
}

/* Argument "position", the number of a coin, from 0 */
int
coin_argument(FunctionCallInfo fcinfo, int position, const char *argument, int n)
{
	int64		coin = PG_GETARG_INT64(position);

	if (unlikely(coin < 0 || coin >= n))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be from 0 to %d, not " INT64_FORMAT, argument, n - 1, coin),
				 errhint("Coins are counted from 0, as in the contract.")));
	return (int) coin;
}

/* Arguments 0 and 1, two coins */
void
coin_pair(FunctionCallInfo fcinfo, int n, int *i, int *j)
{
	*i = coin_argument(fcinfo, 0, "i", n);
	*j = coin_argument(fcinfo, 1, "j", n);
	if (unlikely(*i == *j))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("i and j must not be the same coin, %d", *i)));
}
