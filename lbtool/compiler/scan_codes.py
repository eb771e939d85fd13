"""Numbers shared by the modules of the scan: kinds of instructions, errors, frame
fields.

Plain integers in upper case become ``cdef enum`` members (see ``setup.py``). Words for
the errors are in `lbtool.compiler.diagnose`, the kinds of all opcodes in `scan_tables`.
"""

# fmt: off
# ---- instead of a value (-1 is how Cython tells exceptions)
STOP = -2              # the scan has stopped
UNKNOWN = -3           # an index that names nothing; reported

CALL_WEIGHT = 6  # instructions whose code is as long as that of a call

# ---- opcode space of the tables: plain opcodes, then 0xFC and 0xFD sub-opcodes
OP_FC = 256            # first 0xFC sub-opcode
OP_FC_END = 288
OP_FD = 512            # first 0xFD sub-opcode
OP_FD_END = 832
OP_COUNT = 832

# ---- kinds: what an instruction needs beyond its fixed signature
I_ILLEGAL = 0          # no instruction of this profile
I_PLAIN = 1            # no immediates; operands and result as in the signature table
I_LOCAL_GET = 2
I_LOCAL_SET = 3
I_LOCAL_TEE = 4
I_CONST_I32 = 5
I_CONST_I64 = 6
I_BYTES = 7            # constant of a fixed number of bytes (the width table has it)
I_ACCESS = 8           # memarg
I_GLOBAL_GET = 9
I_GLOBAL_SET = 10
I_BLOCK = 11
I_LOOP = 12
I_IF = 13
I_ELSE = 14
I_END = 15
I_BR = 16
I_BR_IF = 17
I_BR_TABLE = 18
I_RETURN = 19
I_CALL = 20
I_CALL_INDIRECT = 21
I_UNREACHABLE = 22
I_DROP = 23
I_SELECT = 24
I_SELECT_TYPED = 25
I_FC = 26              # prefix
I_FD = 27              # prefix
I_MEMORY = 28          # one memidx: memory.size, memory.grow, memory.fill
I_MEMORY_COPY = 29
I_MEMORY_INIT = 30
I_DATA_DROP = 31
I_TABLE_GET = 32
I_TABLE_SET = 33
I_TABLE_SIZE = 34
I_TABLE_GROW = 35
I_TABLE_FILL = 36
I_TABLE_COPY = 37
I_TABLE_INIT = 38
I_ELEM_DROP = 39
I_REF_NULL = 40
I_REF_IS_NULL = 41
I_REF_FUNC = 42
I_LANE = 43            # one lane index
I_ACCESS_LANE = 44     # memarg, lane index
I_SHUFFLE = 45         # sixteen lane indices

# ---- fields of a control frame, an int each
F_KIND = 0             # I_BLOCK, I_LOOP, I_IF, I_ELSE; I_CALL for the function itself
F_TYPE = 1             # block type, see T_EMPTY
F_HEIGHT = 2           # operands below the block's own
F_POLY = 3             # is the enclosing block's stack polymorphic?
F_LIVE = 4             # was the block entered in reachable code?
F_INIT = 5             # height of the stack of initialised locals
F_LABEL = 6            # number among block/loop/if, -1 for the function
F_LOOP = 7             # number among loops
F_CALLS = 8            # calls before the loop
F_MARK = 9             # br_table which looked at this label last
F_SIZE = 10

PENDING = -2           # last use: the end of an outermost loop not yet reached

T_EMPTY = -4           # block type [] -> []; [] -> [t] is -t; others are type indices

MAX_WEIGHT = 1073741824

# ---- buffers that may be too small (bits)
BUF_BODY = 1
BUF_TYPES = 2
BUF_VALS = 4
BUF_SLOTS = 8
BUF_LOCALS = 16
BUF_LOOPS = 32
BUF_LABELS = 64
BUF_STACK = 128
BUF_FRAMES = 256

# ---- recorded errors: {code, byte offset, ordinal, opcode, expected, actual}
ERR_CODE = 0
ERR_OFFSET = 1
ERR_ORDINAL = 2
ERR_OP = 3
ERR_WANT = 4
ERR_HAVE = 5
ERR_SIZE = 6
ERR_MAX = 16           # more errors than this in one body are not recorded

# ---- errors; below E_VALID the body is malformed and the scan stops there
E_END = 1
E_LEB_LONG = 2
E_LEB_LARGE = 3
E_ILLEGAL = 4
E_TRAILING = 5
E_MANY_LOCALS = 6
E_DATA_COUNT = 7
E_ZERO_BYTE = 8
E_VALTYPE = 9
E_BLOCKTYPE = 10
E_REFTYPE = 11
E_MEMOP = 12
E_NO_END = 14
E_LOCAL_LIMIT = 15
E_VALID = 32           # from here: well-formed, not valid
E_TYPE = 32            # operand has another type
E_EMPTY = 33           # operand missing
E_LEFT = 34            # operands left at the end of a block
E_NO_ELSE = 35         # `if` without `else` changes the stack
E_NOT_REF = 36
E_NOT_NUM = 37         # untyped select of references
E_ARITY = 38           # br_table arms
E_RESULT_ARITY = 39    # typed select
E_NOT_FUNCREF = 40     # call_indirect
E_LOCAL = 41
E_GLOBAL = 42
E_FUNC = 43
E_TYPEIDX = 44
E_TABLE = 45
E_MEMORYIDX = 46
E_DATAIDX = 47
E_ELEMIDX = 48
E_LABEL = 49
E_IMMUTABLE = 50
E_ALIGN = 51
E_LANE = 52
E_UNDECLARED = 53
E_ELSE = 54
# fmt: on
