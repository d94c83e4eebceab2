/*-------------------------------------------------------------------------
 *
 * core/chain/abi_type.c
 *	  Solidity signatures, parsed: types, names, canonical form, hash.
 *
 * Types and their canonical names are those of the Contract ABI Specification
 * of the Solidity documentation; declarations follow its Language Grammar.
 * What the specification can express and the compiler cannot (tuples without
 * members, arrays of length zero) is refused: every value then takes at least
 * one word, which is what bounds the work of the decoder.
 *
 *-------------------------------------------------------------------------
 */
#include "core/chain/abi_type.h"

#include <string.h>

#include "core/chain/keccak.h"

typedef struct parser
{
	abi_signature *sig;
	abi_error  *error;
	size_t		pos;			/* the next byte to read */
	unsigned	depth;			/* tuples that are open */
} parser;

/* A run of the text. */
typedef struct token
{
	size_t		start;
	size_t		length;
} token;

const char *
abi_problem_text(abi_problem problem)
{
	static const char *const text[] = {
		[ABI_FINE] = "nothing is wrong",
		[ABI_TEXT_TOO_LONG] = "signature is too long",
		[ABI_TOO_MANY_TYPES] = "signature has too many types",
		[ABI_TOO_DEEP] = "arrays and tuples are nested too deeply",
		[ABI_WRONG_KEYWORD] = "this kind of declaration is not accepted here",
		[ABI_NO_NAME] = "declaration has no name",
		[ABI_BAD_NAME] = "a name cannot begin with a digit",
		[ABI_SAME_NAME] = "two arguments have the same name",
		[ABI_NO_TYPE] = "type is missing",
		[ABI_UNKNOWN_TYPE] = "unknown type",
		[ABI_BAD_ARRAY_LENGTH] = "array length must be a whole number from 1 to 2^64-1",
		[ABI_EMPTY_TUPLE] = "tuple has no members",
		[ABI_MISPLACED_INDEXED] = "only an argument of an event can be indexed",
		[ABI_TOO_MANY_INDEXED] = "event has more indexed arguments than a log has topics",
		[ABI_STORAGE_POINTER] = "storage pointers of library functions are not supported",
		[ABI_UNBALANCED] = "parentheses do not match",
		[ABI_UNEXPECTED] = "unexpected text",
		[ABI_TRAILING] = "unexpected text after the end",
		[ABI_OTHER_EVENT] = "first topic is not that of the event",
		[ABI_TOO_MANY_TOPICS] = "a log has at most four topics",
		[ABI_TOPIC_COUNT] = "number of topics does not match the indexed arguments",
		[ABI_SHORT_DATA] = "data is too short",
		[ABI_BAD_OFFSET] = "offset points outside the data",
		[ABI_BAD_LENGTH] = "length exceeds the data",
		[ABI_BAD_VALUE] = "value is outside the range of its type",
		[ABI_BAD_TOPIC] = "topic is outside the range of its type",
		[ABI_OVERLAP] = "offsets point to the same data too often"
	};

	return text[problem];
}

static core_status
fail(parser *p, abi_problem problem, token where)
{
	*p->error = (abi_error) {
		.problem = problem,
		.position = (uint32_t) where.start,
		.token_length = (uint32_t) where.length,
		.argument = ABI_NONE,
		.node = ABI_NONE
	};
	return CORE_BAD_PARAMETER;
}

static core_status
fail_limit(parser *p, abi_problem problem, token where, uint64_t limit, uint64_t given)
{
	core_status status = fail(p, problem, where);

	p->error->needed = limit;
	p->error->available = given;
	return status;
}

/* ---------- characters and words ---------- */

/* <ctype.h> would ask the locale. */
static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' || c == '$';
}

/* The next character that is not a space, not yet taken; -1 at the end. */
static int
peek(parser *p)
{
	while (p->pos < p->sig->length)
	{
		char		c = p->sig->text[p->pos];

		if (c != ' ' && !(c >= '\t' && c <= '\r'))
			return (unsigned char) c;
		p->pos++;
	}
	return -1;
}

static bool
take(parser *p, int c)
{
	if (peek(p) != c)
		return false;
	p->pos++;
	return true;
}

/* The next word, not yet taken; of length 0 where there is none. */
static token
peek_word(parser *p)
{
	token		word = {0, 0};

	peek(p);
	word.start = p->pos;
	while (word.start + word.length < p->sig->length &&
		   is_word_char(p->sig->text[word.start + word.length]))
		word.length++;
	return word;
}

static token
take_word(parser *p)
{
	token		word = peek_word(p);

	p->pos += word.length;
	return word;
}

static bool
same(const parser *p, token word, const char *what)
{
	return word.length == strlen(what) &&
		memcmp(p->sig->text + word.start, what, word.length) == 0;
}

static bool
is_one_of(const parser *p, token word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
	{
		if (same(p, word, words[i]))
			return true;
	}
	return false;
}

static bool
take_if(parser *p, const char *what)
{
	token		word = peek_word(p);

	if (!same(p, word, what))
		return false;
	p->pos += word.length;
	return true;
}

/*
 * What stands next, for an error to show: a word, or one character, which in
 * UTF-8 goes on for as long as its continuation bytes do.
 */
static token
peek_token(parser *p)
{
	token		next = peek_word(p);
	const char *text = p->sig->text;

	if (next.length > 0 || next.start == p->sig->length)
		return next;
	next.length = 1;
	while (next.start + next.length < p->sig->length && next.length < 4 &&
		   ((unsigned char) text[next.start + next.length] & 0xC0) == 0x80)
		next.length++;
	return next;
}

/* ---------- nodes ---------- */

uint32_t
abi_node_bound(size_t length)
{
	/*
	 * Every node but the list takes a character or more, even where the text
	 * turns out to be wrong: want of room must not hide what is wrong.
	 */
	return length < ABI_MAX_NODES ? (uint32_t) length + 1 : ABI_MAX_NODES;
}

static core_status
add_node(parser *p, abi_kind kind, token where, uint32_t *node)
{
	uint32_t	limit = p->sig->capacity < ABI_MAX_NODES ? p->sig->capacity : ABI_MAX_NODES;

	if (p->sig->num_nodes >= limit)
		return fail_limit(p, ABI_TOO_MANY_TYPES, where, limit, (uint64_t) limit + 1);

	*node = p->sig->num_nodes++;
	p->sig->nodes[*node] = (abi_node) {
		.kind = (uint8_t) kind,
		.child = ABI_NONE,
		.next = ABI_NONE,
		.body_words = 1
	};
	return CORE_OK;
}

/* Gives an array or a tuple its height, from one of the things it holds. */
static core_status
raise_height(parser *p, abi_node *node, const abi_node *child, token where)
{
	if (child->height >= node->height)
		node->height = (uint8_t) (child->height + 1);

	/* a list of arguments is a tuple too, but not one that anybody wrote */
	if (node->height > ABI_MAX_DEPTH && (node->kind != ABI_TUPLE || p->depth > 0))
		return fail_limit(p, ABI_TOO_DEEP, where, ABI_MAX_DEPTH, node->height);
	return CORE_OK;
}

/* ---------- types ---------- */

/*
 * A decimal number without leading zeros, from 1 to most. Returns false for
 * anything else.
 */
static bool
parse_number(const char *text, size_t length, uint64_t most, uint64_t *number)
{
	*number = 0;
	if (length == 0 || text[0] == '0')
		return false;
	for (size_t i = 0; i < length; i++)
	{
		uint64_t	digit = (uint64_t) (text[i] - '0');

		if (!is_digit(text[i]) || *number > (most - digit) / 10)
			return false;
		*number = *number * 10 + digit;
	}
	return true;
}

typedef struct elementary
{
	const char *name;
	abi_kind	kind;
	uint16_t	bits;
	uint8_t		decimals;
	bool		dynamic;
} elementary;

/* Types with one spelling, and the short spellings of the others. */
static const elementary elementary_types[] = {
	{"address", ABI_ADDRESS, 160, 0, false},
	{"uint", ABI_UINT, 256, 0, false},
	{"int", ABI_INT, 256, 0, false},
	{"bool", ABI_BOOL, 8, 0, false},
	{"string", ABI_STRING, 0, 0, true},
	{"bytes", ABI_BYTES, 0, 0, true},
	{"byte", ABI_BYTES_N, 8, 0, false},
	{"function", ABI_FUNCTION, 192, 0, false},
	{"fixed", ABI_FIXED, 128, 18, false},
	{"ufixed", ABI_UFIXED, 128, 18, false}
};

/*
 * Reads what follows the name in uint256, bytes32 and fixed128x18. Widths are
 * whole bytes up to 256 bits, decimals 1 to 80, as the specification has them.
 */
static bool
parse_width(const char *text, size_t length, const elementary *base, abi_node *node)
{
	bool		fixed = base->kind == ABI_FIXED || base->kind == ABI_UFIXED;
	bool		bytes = base->kind == ABI_BYTES;
	size_t		digits = 0;
	uint64_t	width;
	uint64_t	decimals = 0;

	if (!fixed && !bytes && base->kind != ABI_UINT && base->kind != ABI_INT)
		return false;
	while (digits < length && is_digit(text[digits]))
		digits++;
	if (!parse_number(text, digits, bytes ? 32 : 256, &width) || (!bytes && width % 8 != 0))
		return false;
	if (fixed && (digits == length || text[digits] != 'x' ||
				  !parse_number(text + digits + 1, length - digits - 1, 80, &decimals)))
		return false;
	if (!fixed && digits != length)
		return false;

	node->kind = (uint8_t) (bytes ? ABI_BYTES_N : base->kind);
	node->bits = (uint16_t) (bytes ? width * 8 : width);
	node->decimals = (uint8_t) decimals;
	node->dynamic = false;
	return true;
}

/* Fills in a node from the name of an elementary type; false if there is no such type. */
static bool
elementary_type(const char *text, size_t length, abi_node *node)
{
	for (size_t i = 0; i < sizeof(elementary_types) / sizeof(elementary_types[0]); i++)
	{
		const elementary *base = &elementary_types[i];
		size_t		prefix = strlen(base->name);

		if (length < prefix || memcmp(text, base->name, prefix) != 0)
			continue;
		if (length > prefix)
		{
			/* no type's name begins with another's and a digit */
			if (is_digit(text[prefix]))
				return parse_width(text + prefix, length - prefix, base, node);
			continue;
		}
		node->kind = (uint8_t) base->kind;
		node->bits = base->bits;
		node->decimals = base->decimals;
		node->dynamic = base->dynamic;
		return true;
	}
	return false;
}

static core_status
parse_elementary(parser *p, uint32_t *node)
{
	token		word = take_word(p);
	core_status status;

	if (word.length == 0)
		return fail(p, ABI_NO_TYPE, peek_token(p));
	status = add_node(p, ABI_UINT, word, node);
	if (status != CORE_OK)
		return status;
	if (!elementary_type(p->sig->text + word.start, word.length, &p->sig->nodes[*node]))
		return fail(p, ABI_UNKNOWN_TYPE, word);

	/* address payable is an address to the ABI */
	if (p->sig->nodes[*node].kind == ABI_ADDRESS)
		take_if(p, "payable");
	return CORE_OK;
}

/* Wraps *node in the array whose "[" comes next. */
static core_status
parse_array_suffix(parser *p, uint32_t *node)
{
	token		bracket = peek_token(p);
	token		number;
	uint64_t	length = 0;
	uint32_t	array;
	abi_node   *outer;
	const abi_node *element;
	core_status status;

	p->pos++;
	number = take_word(p);
	if (number.length > 0 &&
		!parse_number(p->sig->text + number.start, number.length, UINT64_MAX, &length))
		return fail(p, ABI_BAD_ARRAY_LENGTH, number);
	if (!take(p, ']'))
		return fail(p, peek(p) < 0 ? ABI_UNBALANCED : ABI_BAD_ARRAY_LENGTH,
					peek(p) < 0 ? bracket : peek_token(p));

	status = add_node(p, length > 0 ? ABI_VECTOR : ABI_ARRAY, bracket, &array);
	if (status != CORE_OK)
		return status;
	outer = &p->sig->nodes[array];
	element = &p->sig->nodes[*node];
	outer->child = *node;
	outer->length = length;
	outer->dynamic = length == 0 || element->dynamic;
	outer->body_words = abi_saturating_mul(length == 0 ? 1 : length, abi_head_words(element));
	*node = array;
	return raise_height(p, outer, element, bracket);
}

static core_status parse_members(parser *p, uint32_t tuple, token open, bool bare);

/* A tuple inside the list; its "(" comes next. */
static core_status
parse_tuple(parser *p, uint32_t *node)
{
	token		open = peek_token(p);
	core_status status;

	p->pos++;
	if (p->depth >= ABI_MAX_DEPTH)
		return fail_limit(p, ABI_TOO_DEEP, open, ABI_MAX_DEPTH, p->depth + 1);
	status = add_node(p, ABI_TUPLE, open, node);
	if (status != CORE_OK)
		return status;

	p->depth++;
	status = parse_members(p, *node, open, false);
	p->depth--;
	if (status == CORE_OK && p->sig->nodes[*node].length == 0)
		return fail(p, ABI_EMPTY_TUPLE, (token) {open.start, p->pos - open.start});
	return status;
}

/* Takes the keyword of tuple(…) if a parenthesis follows it; true at a parenthesis. */
static bool
take_tuple_keyword(parser *p)
{
	size_t		start = p->pos;

	take_if(p, "tuple");
	if (peek(p) == '(')
		return true;
	p->pos = start;
	return false;
}

static core_status
parse_type(parser *p, uint32_t *node)
{
	core_status status = take_tuple_keyword(p) ? parse_tuple(p, node) : parse_elementary(p, node);

	while (status == CORE_OK && peek(p) == '[')
		status = parse_array_suffix(p, node);
	return status;
}

/* ---------- arguments ---------- */

/* Only the arguments of an event itself, not their members, become topics. */
static core_status
mark_indexed(parser *p, abi_node *argument, token word)
{
	if ((p->sig->forms & ABI_DECL_EVENT) == 0 || p->depth > 0)
		return fail(p, ABI_MISPLACED_INDEXED, word);

	/* whether there is one topic less, because not anonymous, the end will tell */
	if (p->sig->num_indexed == ABI_MAX_TOPICS)
		return fail_limit(p, ABI_TOO_MANY_INDEXED, word, ABI_MAX_TOPICS, ABI_MAX_TOPICS + 1);
	argument->indexed = true;
	p->sig->num_indexed++;
	return CORE_OK;
}

/* A modifier that is repeated or out of its place is not to pass for a name. */
static bool
is_reserved(const parser *p, token word)
{
	static const char *const words[] = {"indexed", "memory", "calldata", "storage", "payable"};

	return is_one_of(p, word, words, sizeof(words) / sizeof(words[0]));
}

/* What may follow a type: indexed, where the value lives, the name. */
static core_status
parse_modifiers(parser *p, abi_node *argument)
{
	token		word = peek_word(p);

	if (same(p, word, "indexed"))
	{
		core_status status = mark_indexed(p, argument, take_word(p));

		if (status != CORE_OK)
			return status;
	}

	/* its canonical form would have to say storage, and its value is a slot */
	word = peek_word(p);
	if (same(p, word, "storage"))
		return fail(p, ABI_STORAGE_POINTER, word);
	if (!take_if(p, "memory"))
		take_if(p, "calldata");

	word = take_word(p);
	if (is_reserved(p, word))
		return fail(p, ABI_UNEXPECTED, word);
	if (word.length > 0 && is_digit(p->sig->text[word.start]))
		return fail(p, ABI_BAD_NAME, word);
	argument->name_start = (uint32_t) word.start;
	argument->name_length = (uint32_t) word.length;
	return CORE_OK;
}

/* Names become the keys of an object, and must not repeat; the compiler says the same. */
static core_status
check_name(parser *p, const abi_node *tuple, const abi_node *member)
{
	const char *text = p->sig->text;

	if (member->name_length == 0)
		return CORE_OK;
	for (uint32_t i = tuple->child; i != ABI_NONE; i = p->sig->nodes[i].next)
	{
		const abi_node *other = &p->sig->nodes[i];

		if (other != member && other->name_length == member->name_length &&
			memcmp(text + other->name_start, text + member->name_start, member->name_length) == 0)
			return fail(p, ABI_SAME_NAME, (token) {member->name_start, member->name_length});
	}
	return CORE_OK;
}

/* Parses a type with its modifiers and makes it the next member of a tuple; *last moves on. */
static core_status
parse_member(parser *p, uint32_t tuple, token open, uint32_t *last)
{
	abi_node   *nodes = p->sig->nodes;
	uint32_t	index;
	abi_node   *member;
	core_status status = parse_type(p, &index);

	if (status != CORE_OK)
		return status;
	member = &nodes[index];
	status = parse_modifiers(p, member);
	if (status == CORE_OK)
		status = check_name(p, &nodes[tuple], member);
	if (status != CORE_OK)
		return status;

	if (*last == ABI_NONE)
		nodes[tuple].child = index;
	else
		nodes[*last].next = index;
	*last = index;

	nodes[tuple].length++;
	nodes[tuple].named |= member->name_length > 0;
	if (!member->indexed)
	{
		uint64_t	head = abi_head_words(member);

		nodes[tuple].dynamic |= member->dynamic;
		nodes[tuple].body_words = head > UINT64_MAX - nodes[tuple].body_words ?
			UINT64_MAX : nodes[tuple].body_words + head;
	}
	return raise_height(p, &nodes[tuple], member, open);
}

/*
 * Parses members up to and with the closing parenthesis, or when bare to the
 * end of the text. open is the parenthesis that opened them, for errors.
 */
static core_status
parse_members(parser *p, uint32_t tuple, token open, bool bare)
{
	uint32_t	last = ABI_NONE;

	p->sig->nodes[tuple].body_words = 0;
	if (!bare && take(p, ')'))
		return CORE_OK;
	for (;;)
	{
		core_status status = parse_member(p, tuple, open, &last);

		if (status != CORE_OK)
			return status;
		if (take(p, ','))
			continue;
		if (bare && peek(p) < 0)
			return CORE_OK;
		if (!bare && take(p, ')'))
			return CORE_OK;
		if (peek(p) < 0)
			return fail(p, ABI_UNBALANCED, open);
		return fail(p, peek(p) == ')' ? ABI_UNBALANCED : ABI_UNEXPECTED, peek_token(p));
	}
}

/* A list in parentheses that is not itself an argument; its "(" comes next. */
static core_status
parse_list(parser *p, uint32_t *list)
{
	token		open = peek_token(p);
	core_status status;

	if (peek(p) != '(')
		return fail(p, ABI_UNEXPECTED, open);
	status = add_node(p, ABI_TUPLE, open, list);
	if (status != CORE_OK)
		return status;
	p->pos++;
	return parse_members(p, *list, open, false);
}

/* ---------- the two entries ---------- */

/* Sets out to parse; fails on a text whose offsets would not fit. */
static core_status
begin(parser *p, abi_signature *sig, unsigned forms, abi_error *error)
{
	*p = (parser) {.sig = sig, .error = error};
	*error = (abi_error) {.problem = ABI_FINE, .argument = ABI_NONE, .node = ABI_NONE};
	sig->num_nodes = 0;
	sig->num_args = 0;
	sig->outputs = ABI_NONE;
	sig->forms = forms;
	sig->num_indexed = 0;
	sig->anonymous = false;
	if (sig->length > ABI_MAX_TEXT)
		return fail_limit(p, ABI_TEXT_TOO_LONG, (token) {0, 0}, ABI_MAX_TEXT, sig->length);
	return CORE_OK;
}

/*
 * Whether the parenthesis at hand encloses all the rest of the text. One that
 * is never closed does: the parser will then say what is wrong with it.
 */
static bool
encloses_rest(parser *p)
{
	size_t		start = p->pos;
	size_t		depth = 0;
	bool		encloses;

	for (; p->pos < p->sig->length; p->pos++)
	{
		char		c = p->sig->text[p->pos];

		if (c == '(')
			depth++;
		else if (c == ')' && --depth == 0)
		{
			p->pos++;
			break;
		}
	}
	encloses = depth > 0 || peek(p) < 0;
	p->pos = start;
	return encloses;
}

core_status
abi_parse_list(abi_signature *sig, abi_error *error)
{
	parser		p;
	uint32_t	list;
	core_status status = begin(&p, sig, 0, error);

	if (status != CORE_OK)
		return status;
	if (take_tuple_keyword(&p) && encloses_rest(&p))
		status = parse_list(&p, &list);
	else
	{
		token		start = {0, 0};

		p.pos = 0;
		status = add_node(&p, ABI_TUPLE, start, &list);
		if (status == CORE_OK)
			status = parse_members(&p, list, start, true);
	}
	if (status == CORE_OK)
		sig->num_args = (uint32_t) sig->nodes[list].length;
	return status;
}

/*
 * Takes the keyword, if there is one, and narrows the forms to it. `error` is
 * a keyword only where a name follows: a function may be called error.
 */
static core_status
parse_keyword(parser *p)
{
	token		word = take_word(p);
	unsigned	form = 0;

	if (same(p, word, "event"))
		form = ABI_DECL_EVENT;
	else if (same(p, word, "function"))
		form = ABI_DECL_FUNCTION;
	else if (same(p, word, "error") && peek_word(p).length > 0)
		form = ABI_DECL_ERROR;
	else
		p->pos = word.start;

	if (form != 0 && (form & p->sig->forms) == 0)
		return fail(p, ABI_WRONG_KEYWORD, word);
	if (form != 0)
		p->sig->forms = form;
	return CORE_OK;
}

/* Words that may follow the arguments of a function and do not change its selector. */
static bool
is_function_word(const parser *p, token word)
{
	static const char *const words[] = {
		"public", "external", "internal", "private", "pure", "view", "payable",
		"nonpayable", "constant", "virtual", "override"
	};

	return is_one_of(p, word, words, sizeof(words) / sizeof(words[0]));
}

/* All that may follow the arguments, up to the end of the text. */
static core_status
parse_tail(parser *p)
{
	bool		function = (p->sig->forms & ABI_DECL_FUNCTION) != 0;
	bool		event = (p->sig->forms & ABI_DECL_EVENT) != 0;

	while (peek(p) >= 0 && !take(p, ';'))
	{
		token		word = peek_token(p);

		p->pos += word.length;
		if (function && same(p, word, "returns") && p->sig->outputs == ABI_NONE)
		{
			unsigned	forms = p->sig->forms;
			core_status status;

			/* what a function returns is never indexed */
			p->sig->forms = ABI_DECL_FUNCTION;
			status = parse_list(p, &p->sig->outputs);
			p->sig->forms = forms;
			if (status != CORE_OK)
				return status;
		}
		else if (event && same(p, word, "anonymous") && !p->sig->anonymous)
			p->sig->anonymous = true;
		else if (!function || !is_function_word(p, word))
			return fail(p, word.length == 1 && p->sig->text[word.start] == ')' ?
						ABI_UNBALANCED : ABI_TRAILING, word);
	}
	if (peek(p) >= 0)
		return fail(p, ABI_TRAILING, peek_token(p));
	return CORE_OK;
}

/* What is declared. Where the name is forgotten, a keyword would pass for it. */
static core_status
parse_name(parser *p, token *name)
{
	*name = take_word(p);
	if (name->length == 0)
		return fail(p, ABI_NO_NAME, peek_token(p));
	if (same(p, *name, "event") || same(p, *name, "function"))
		return fail(p, ABI_NO_NAME, *name);
	if (is_digit(p->sig->text[name->start]))
		return fail(p, ABI_BAD_NAME, *name);
	return CORE_OK;
}

core_status
abi_parse_declaration(abi_signature *sig, unsigned forms, abi_error *error)
{
	parser		p;
	uint32_t	list;
	token		name;
	unsigned	most;
	core_status status = begin(&p, sig, forms, error);

	if (status == CORE_OK)
		status = parse_keyword(&p);
	if (status != CORE_OK)
		return status;

	status = parse_name(&p, &name);
	if (status == CORE_OK)
		status = parse_list(&p, &list);
	if (status == CORE_OK)
		status = parse_tail(&p);
	if (status != CORE_OK)
		return status;

	most = sig->anonymous ? ABI_MAX_TOPICS : ABI_MAX_TOPICS - 1;
	if (sig->num_indexed > most)
		return fail_limit(&p, ABI_TOO_MANY_INDEXED, name, most, sig->num_indexed);
	sig->nodes[list].name_start = (uint32_t) name.start;
	sig->nodes[list].name_length = (uint32_t) name.length;
	sig->num_args = (uint32_t) sig->nodes[list].length;
	return CORE_OK;
}

/* ---------- canonical form ---------- */

/* Where the canonical form goes: to a hash, or to a buffer as far as it reaches. */
typedef struct writer
{
	keccak256_state *hash;
	char	   *out;
	size_t		capacity;
	size_t		length;
} writer;

static void
put(writer *w, const char *text, size_t length)
{
	if (w->hash != NULL)
		keccak256_update(w->hash, text, length);
	else if (w->length < w->capacity)
		memcpy(w->out + w->length, text,
			   length < w->capacity - w->length ? length : w->capacity - w->length);
	w->length += length;
}

static void
put_number(writer *w, uint64_t number)
{
	char		digits[20];
	size_t		start = sizeof(digits);

	do
	{
		digits[--start] = (char) ('0' + number % 10);
		number /= 10;
	} while (number > 0);
	put(w, digits + start, sizeof(digits) - start);
}

static void
put_elementary(writer *w, const abi_node *node)
{
	static const char *const names[] = {
		[ABI_UINT] = "uint", [ABI_INT] = "int", [ABI_UFIXED] = "ufixed", [ABI_FIXED] = "fixed",
		[ABI_BOOL] = "bool", [ABI_ADDRESS] = "address", [ABI_FUNCTION] = "function",
		[ABI_BYTES_N] = "bytes", [ABI_BYTES] = "bytes", [ABI_STRING] = "string"
	};
	bool		fixed = node->kind == ABI_FIXED || node->kind == ABI_UFIXED;

	put(w, names[node->kind], strlen(names[node->kind]));
	if (fixed || node->kind == ABI_UINT || node->kind == ABI_INT)
		put_number(w, node->bits);
	else if (node->kind == ABI_BYTES_N)
		put_number(w, node->bits / 8);
	if (fixed)
	{
		put(w, "x", 1);
		put_number(w, node->decimals);
	}
}

/* Recursion is as deep as the type, at most ABI_MAX_DEPTH and the list. */
static void
put_type(writer *w, const abi_signature *sig, uint32_t index)
{
	const abi_node *node = &sig->nodes[index];

	switch (node->kind)
	{
		case ABI_TUPLE:
			put(w, "(", 1);
			for (uint32_t i = node->child; i != ABI_NONE; i = sig->nodes[i].next)
			{
				if (i != node->child)
					put(w, ",", 1);
				put_type(w, sig, i);
			}
			put(w, ")", 1);
			break;
		case ABI_VECTOR:
		case ABI_ARRAY:
			put_type(w, sig, node->child);
			put(w, "[", 1);
			if (node->kind == ABI_VECTOR)
				put_number(w, node->length);
			put(w, "]", 1);
			break;
		default:
			put_elementary(w, node);
	}
}

static void
put_signature(writer *w, const abi_signature *sig)
{
	put(w, sig->text + sig->nodes[0].name_start, sig->nodes[0].name_length);
	put_type(w, sig, 0);
}

static size_t
end_text(writer *w)
{
	if (w->capacity > 0)
		w->out[w->length < w->capacity ? w->length : w->capacity - 1] = '\0';
	return w->length;
}

size_t
abi_type_text(const abi_signature *sig, uint32_t node, char *out, size_t capacity)
{
	writer		w = {.out = out, .capacity = capacity};

	put_type(&w, sig, node);
	return end_text(&w);
}

size_t
abi_signature_text(const abi_signature *sig, char *out, size_t capacity)
{
	writer		w = {.out = out, .capacity = capacity};

	put_signature(&w, sig);
	return end_text(&w);
}

void
abi_event_topic(const abi_signature *sig, uint8_t topic[32])
{
	keccak256_state hash;
	writer		w = {.hash = &hash};

	keccak256_init(&hash);
	put_signature(&w, sig);
	keccak256_final(&hash, topic);
}

void
abi_function_selector(const abi_signature *sig, uint8_t selector[4])
{
	uint8_t		hash[32];

	abi_event_topic(sig, hash);
	memcpy(selector, hash, 4);
}
