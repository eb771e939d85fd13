"""Small integer codes shared by the modules of the compiler core.

Plain integers in upper case become ``cdef enum`` members; the tuples are for display.
"""

# fmt: off
# ---- outcome of a scan or a generation step
OK = 0
INVALID = 1
UNSUPPORTED = 2
RESTART = 3  # a buffer is too small: grow (doubling), then run again
INTERNAL = 4  # the generator broke a promise of its own: a bug

# ---- types of values inside the compiler
T_I32, T_I64, T_F32, T_F64, T_REF = range(5)

# ---- where an operand-stack entry lives (`Values.kind`)
K_CONST = 0    # imm: the bits
K_REG = 1      # reg: owned by the entry alone
K_SLOT = 2     # its own word of the frame
K_LOCAL = 3    # imm: local index; reads the local when consumed
K_LOAD = 4     # a full-width load not yet done: [r14 + reg + imm]; at most one on the stack
K_FLAGS = 5    # imm: condition; only between a compare and the instruction after it
K_SCALED = 6   # reg << imm; only between a shift and the addition after it

# ---- register ownership (`Values.owner`); 0 and up: index of the stack entry
NOBODY = -1
PIN = -2       # holds the current value of the local it is the home of
TAKEN = -3     # in use by the instruction being compiled

# ---- where a value was when somebody looked (`Recording`)
AT_CONSTANT = 0  # number: the bits
AT_REGISTER = 1  # where: register
AT_BOTH = 2      # where: register; number: displacement of its word from rsp as well
AT_MEMORY = 3    # where: displacement of its word from rsp
AT_LOCAL = 4     # where: local
AT_LOAD = 5      # where: register or -1; number: what is added to it
AT_BYTE = 6
AT_SCALED = 7    # where: register; number: shift
AT_FLAGS = 8     # where: condition
AT_ZERO = 9
AT_NOWHERE = 10

AHEAD = 4      # operations between one that makes a value and the local that gets it

# Forward jumps over the code of less than REACH instructions are tried with two bytes:
# together with the moves of an edge, and less the more labels there are.
REACH = 32
ALL_REACH = 2048   # of all labels of a function together
EDGE_WEIGHT = 6    # moves of an edge, in instructions

WINDOW = 16    # entries deeper than this below the top are never lazy references to locals

RECENT_CONSTANTS = 16  # pool entries looked at before a new one is made

# ---- notes of the explain sink (bits, in order of NOTE_NAMES)
NOTE_SPILLED = 1
NOTE_FUSED = 2
NOTE_FOLDED = 4
NOTE_DEFERRED = 8
NOTE_FLAGS = 16
NOTE_BOUNDS_ELIDED = 32
NOTE_BOUNDS_CHECKED = 64
NOTE_SAVED = 128
NOTE_RELOADED = 256
NOTE_TRAPS = 512
NOTE_MOVED = 1024
NOTE_TARGET = 2048
NOTE_REDUCED = 4096
# fmt: on

NOTE_NAMES = (
    "spilled",
    "fused with the instruction before",
    "folded into an operand",
    "deferred",
    "kept in flags",
    "bounds check elided by guard pages",
    "bounds checked",
    "locals saved around the call",
    "local reloaded",
    "can trap",
    "moved to where the label expects it",
    "computed in its destination",
    "strength reduced",
)

# fmt: off
# ---- Microwasm operations. Control first, then straight-line ones; `MICRO_NAMES` for display
M_END = 0            # end of the stream
M_TRAP = 1           # unreachable
M_FENCE = 2          # a block whose end label is branched to begins: a=label b=params
M_LOOP = 3           # loop head: a=label b=params c=k-th loop
M_UNLESS = 4         # pop a condition, go to label a when zero: a=else b=params c=end
M_LABEL = 5          # label a is here
M_ENDIF = 6          # end of an if without else: a=end b=else
M_JUMP = 7           # a=label
M_BRANCH = 8         # pop a condition, go to label a unless zero
M_TABLE = 9          # pop an index: a=number of targets before the default
M_CALL = 10          # a=function slot
M_CALL_INDIRECT = 11 # a=type slot b=table slot
M_LIBCALL = 12       # row; a, b=slots whose indices are passed, or -1
M_DROP = 13
M_SELECT = 14
M_PICK = 15          # a=local
M_SET = 16
M_TEE = 17
M_GLOBAL_GET = 18    # a=slot
M_GLOBAL_SET = 19
M_TABLE_GET = 20
M_TABLE_SET = 21
M_TABLE_SIZE = 22
M_MEMORY_SIZE = 23
M_REF_FUNC = 24
M_CONST = 25         # a=type imm=bits
M_LOAD = 26          # imm=offset
M_STORE = 27
M_EQZ = 28
M_COMPARE = 29
M_BINARY = 30
M_MUL = 31
M_SHIFT = 32
M_DIVIDE = 33
M_COUNT = 34
M_EXTEND = 35
M_EXTEND_U = 36
M_WRAP = 37
M_FBINARY = 38
M_FMINMAX = 39
M_FSIGN = 40
M_COPYSIGN = 41
M_FUNARY = 42
M_FROUND = 43
M_FCOMPARE = 44
M_FROM_INT = 45
M_TRUNCATE = 46
M_REINTERPRET = 47
# wasm instructions that `Microwasm` turns into the operations above, or into nothing
W_NOP = 64
W_BLOCK = 65
W_LOOP = 66
W_IF = 67
W_ELSE = 68
W_END = 69
W_BR = 70
W_BR_IF = 71
W_BR_TABLE = 72
W_RETURN = 73
W_SELECT_T = 74
W_REF_NULL = 75
W_UNKNOWN = 79

# ---- shapes of immediates, for skipping dead code
I_NONE, I_LEB, I_LEB2, I_BYTES4, I_BYTES8, I_BRTABLE, I_VEC, I_BYTE = range(8)

# ---- kinds of control frames
FRAME_FUNC, FRAME_BLOCK, FRAME_LOOP, FRAME_IF, FRAME_ELSE = range(5)

# ---- homes of pinned locals: rbx rbp rsi rdi r8 r9 r12 r13, and xmm6 to xmm14 (by number)
HOME_GPRS = 0b0011_0011_1110_1000
HOME_XMMS = 0b0111_1111_1100_0000

# ---- optimisations (`Places.use`, `lbtool.compiler.knobs` says what they are)
OPT_PINS, OPT_ZEROS, OPT_TARGET, OPT_FUSE, OPT_FLAGS, OPT_DEFER, OPT_LEA = range(7)
OPT_REDUCE, OPT_RED_ZONE, OPT_ALIGN, OPT_SHORT, OPT_XOR, OPT_TABLE = range(7, 13)
OPT_WEAKEN, OPT_PRELOAD, OPT_GUARD, OPT_TEST, OPT_NARROW, OPT_CLEAR = range(13, 19)
OPT_MEMORY, OPT_SCALE, OPT_IN_PLACE, OPT_ARGUMENT, OPT_BYTE, OPT_AGAIN = range(19, 25)
OPT_BULK, OPT_HALF, OPT_VEX = range(25, 28)
N_OPTS = 28

# per function: code bytes, frame size, words of relocations and of sites, slots,
# and where that is: chunk, offset of the code, first word
BATCH_FIELDS = 8
JUMP_TABLE_FROM = 5  # br_table targets; below, a chain of compares
COPY_PIECES = 8  # of 16 bytes at most for a memory.copy without a call: all are in registers
FILL_PIECES = 16
# fmt: on

MICRO_NAMES = (
    "end", "trap", "fence", "loop", "unless", "label", "endif", "jump", "branch", "table",
    "call", "call_indirect", "libcall", "drop", "select", "pick", "set", "tee", "global.get",
    "global.set", "table.get", "table.set", "table.size", "memory.size", "ref.func", "const",
    "load", "store", "eqz", "compare", "binary", "mul", "shift", "divide", "count", "extend",
    "extend_u", "wrap", "fbinary", "fminmax", "fsign", "copysign", "funary", "fround",
    "fcompare", "from_int", "truncate", "reinterpret",
)  # fmt: skip
