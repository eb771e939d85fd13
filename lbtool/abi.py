"""The machine-level contract between compiled code and the runtime, as one table.

Who reads it: the code generator, the runtime (also from C, through the header that
``setup.py`` writes), the explain sink, the documents. Plain integers in upper case become
``cdef enum`` members; everything else is Python only.

Registers
    ``rsp`` stack, ``r15`` VMContext of the running instance, ``r14`` base of its memory 0.
    Every other register is caller-saved. ``r11`` and ``xmm15`` are scratch for code
    generation and for stubs: never an argument, never live across a call.

Frame (drawn at the moment after the prologue; every function keeps rsp fixed from here)::

    [rsp + F + 8 + 8*(A+j)]   stack result j   (written by the callee; lives in the caller)
    [rsp + F + 8 + 8*i]       stack argument i
    [rsp + F]                 return address
    [rsp + ...]               spill slots of the operand stack
    [rsp + 8*O + ...]         slots of locals
    [rsp + 0 .. 8*O)          outgoing area: arguments first, results above them

    F is the frame size in bytes, F % 16 == 8, so rsp is 16-aligned at every call.

Arguments go through INT_ARGS / FLOAT_ARGS in order (i32, i64, funcref, externref in the
first, f32, f64 in the second), the rest on the stack in order, 8 bytes each. Results
likewise through INT_RESULTS / FLOAT_RESULTS, the rest in the stack result words above the
stack arguments of the same call. An i32 in a 64-bit place has its upper half zero; of an
f32 only the low 32 bits count, wherever it is.

A function is called with r15 and r14 set for its own instance. A call within the instance
leaves them; a foreign call (import, or a funcref of another instance) is done by the
caller: it saves r15 in its frame, loads r15 = callee VMContext and r14 = [r15+VM_MEMORY0],
calls, and restores both.
"""

# fmt: off
# ---- general-purpose and vector registers, numbered as the Intel manual does
RAX, RCX, RDX, RBX, RSP, RBP, RSI, RDI = range(8)
R8, R9, R10, R11, R12, R13, R14, R15 = range(8, 16)
SCRATCH = R11
FSCRATCH = 15

INT_ARGS = (RDI, RSI, RBX, RBP, R8, R9)
INT_RESULTS = (RAX, RCX, RDX)
FLOAT_ARGS = (6, 7, 8, 9, 10, 11, 12, 13)
FLOAT_RESULTS = (0, 1, 2, 3)
FIRST_FLOAT_ARG = 6    # both float sequences are consecutive
FIRST_FLOAT_RESULT = 0
N_INT_ARGS = len(INT_ARGS)
N_INT_RESULTS = len(INT_RESULTS)
N_FLOAT_ARGS = len(FLOAT_ARGS)
N_FLOAT_RESULTS = len(FLOAT_RESULTS)

# Library calls (memory.grow, table.init, ...): arguments here, r15 stays; the stub passes
# r15 as the first C argument, so these are C arguments 2 to 6. Result in rax. All other
# registers are clobbered. A trap inside never returns.
LIBCALL_ARGS = (RSI, RDX, RCX, R8, R9)

# ---- VMContext, addressed from r15 (byte offsets)
VM_STORE = 0           # StoreCtx*
VM_MEMORY0 = 8         # base of memory 0, what r14 holds
VM_STACK_LIMIT = 16    # copy of the store's limit: prologue traps when rsp is below
VM_TRAP = 24           # `call [r15+VM_TRAP]` from an out-of-line stub; never returns
VM_INSTANCE = 32       # runtime's own pointer (instance record)
VM_LIBCALLS = 64       # code pointers, 8 bytes each, indexed by LIB_*
VM_CELLS = 256         # from here: cells laid out per module by the linker

# ---- cells in the VMContext, per slot kind
CELL_FUNC_IMPORT = 16  # {code, callee VMContext}
CELL_FUNCREF = 32      # {code, VMContext, type id (u64), 0}: what a funcref points to
CELL_GLOBAL = 16       # the value; for an imported global the pointer to such a cell
CELL_MEMORY = 8        # MemoryInstance*
CELL_TABLE = 8         # TableInstance*
CELL_TYPE = 8          # type id, u64

# ---- funcref, MemoryInstance and TableInstance
REF_CODE = 0
REF_VMCTX = 8
REF_TYPE = 16
MEM_BASE = 0           # never moves
MEM_SIZE = 8           # bytes, u64
TAB_BASE = 0           # elements: 8 bytes each (funcref pointer or externref handle), may move
TAB_LEN = 8            # elements, u64

# ---- library calls: a memory or table by its pointer (its cell), a segment by its index
LIB_MEMORY_GROW = 0    # (delta u32, memory) -> old size in pages or 0xFFFFFFFF
LIB_MEMORY_FILL = 1    # (dst, value, len, memory)
LIB_MEMORY_COPY = 2    # (dst, src, len, dst memory, src memory)
LIB_MEMORY_INIT = 3    # (dst, src, len, data index, memory)
LIB_DATA_DROP = 4      # (data index)
LIB_TABLE_GROW = 5     # (value, delta, table) -> old size or 0xFFFFFFFF
LIB_TABLE_FILL = 6     # (index, value, len, table)
LIB_TABLE_COPY = 7     # (dst, src, len, dst table, src table)
LIB_TABLE_INIT = 8     # (dst, src, len, elem index, table)
LIB_ELEM_DROP = 9      # (elem index)
N_LIBCALLS = 10

# ---- relocations: records of four u32 {offset, kind, slot, addend}; every field is 32 bits
RELOC_CALL = 1         # rel32 to a function defined in the module: target - (field + 4)
RELOC_CELL = 2         # disp32 of the slot's cell from r15, plus addend
RELOC_FUNCREF = 3      # disp32 of the funcref cell of a function slot from r15, plus addend
RELOC_INDEX = 4        # imm32: the module's index of the slot

# ---- sites: records of two u32 {code offset, ordinal << 8 | code}, sorted by offset. The
# offset is the return address of a call (code SITE_CALL) or of an explicit trap stub's
# call; with SITE_ACCESS set, it is the address of an instruction that may fault. All sites
# have the frame in place, except TRAP_STACK, which is before the prologue's `sub rsp`.
SITE_CALL = 0
SITE_ACCESS = 0x80     # flag: TRAP_MEMORY | SITE_ACCESS
TRAP_UNREACHABLE = 1
TRAP_MEMORY = 2        # out of bounds memory access
TRAP_TABLE = 3         # out of bounds table access
TRAP_UNDEFINED = 4     # call_indirect: index beyond the table (undefined element)
TRAP_NULL = 5          # call_indirect: null entry (uninitialized element)
TRAP_SIGNATURE = 6     # indirect call type mismatch
TRAP_OVERFLOW = 7      # integer overflow
TRAP_DIVIDE = 8        # integer divide by zero
TRAP_CONVERSION = 9    # invalid conversion to integer
TRAP_STACK = 10        # call stack exhausted
TRAP_INTERRUPT = 11
TRAP_HOST = 12         # a host function raised
N_TRAPS = 13

# ---- slot kinds of a canonical function
SLOT_FUNC = 0
SLOT_TYPE = 1
SLOT_TABLE = 2
SLOT_MEMORY = 3
SLOT_GLOBAL = 4
SLOT_DATA = 5
SLOT_ELEM = 6
SLOT_TAG = 7
SLOT_IMPORTED = 1      # flag
SLOT_MUTABLE = 2       # flag (globals)

# ---- value types, as in the binary format
I32 = 0x7F
I64 = 0x7E
F32 = 0x7D
F64 = 0x7C
V128 = 0x7B
FUNCREF = 0x70
EXTERNREF = 0x6F
# fmt: on
