"""x86-64 encodings as numbers (Intel SDM volume 2), read by the assembler.

An encoding is one integer: the opcode byte, its map, its mandatory prefix and two notes on
byte operands. ``op reg, rm`` is the default direction; names ending in ``_MR`` are the
``op rm, reg`` direction. Group opcodes with an opcode extension have it in `EXT_*`.
"""

# fmt: off
MAP_0F = 1 << 8        # 0F xx
MAP_0F3A = 3 << 8      # 0F 3A xx
MAP_MASK = 3 << 8
P_66 = 1 << 10
P_F3 = 2 << 10
P_F2 = 3 << 10         # and the mask of the three
BYTE_REG = 1 << 12     # ModRM.reg names a byte register: 4-7 need a REX prefix
BYTE_RM = 1 << 13      # ModRM.rm does
VEX = 1 << 14          # VEX prefix: a source operand before rm, in the bits from VEX_V
VEX_V = 15

LONGEST_FORM = 32      # bytes: no form of the assembler writes more

# ---- what was too small (bits of `Assembler.overflow`)
OVER_CODE = 1
OVER_TABLES = 2
OVER_LABELS = 4
OVER_CALLS = 8
OVER_SHORT = 16  # a jump of two bytes goes too far

# ---- integer
ADD = 0x03
OR = 0x0B
AND = 0x23
SUB = 0x2B
XOR = 0x33
CMP = 0x3B
ADD_MR = 0x01
CMP_MR = 0x39
TEST = 0x85
MOV = 0x8B
MOV_MR = 0x89
MOV8_MR = 0x88 | BYTE_REG
MOV16_MR = 0x89 | P_66
MOV_MI = 0xC7          # ext 0
MOV8_MI = 0xC6         # ext 0
MOV16_MI = 0xC7 | P_66
LEA = 0x8D
MOVSXD = 0x63
MOVZX8 = 0xB6 | MAP_0F | BYTE_RM
MOVZX16 = 0xB7 | MAP_0F
MOVSX8 = 0xBE | MAP_0F | BYTE_RM
MOVSX16 = 0xBF | MAP_0F
IMUL = 0xAF | MAP_0F
IMUL_I32 = 0x69        # op reg, rm, imm32
IMUL_I8 = 0x6B
POPCNT = 0xB8 | MAP_0F | P_F3
LZCNT = 0xBD | MAP_0F | P_F3
TZCNT = 0xBC | MAP_0F | P_F3
BSR = 0xBD | MAP_0F
BSF = 0xBC | MAP_0F
CMOV = 0x40 | MAP_0F   # + condition
SETCC = 0x90 | MAP_0F | BYTE_RM
GROUP1_I32 = 0x81      # rm op= imm32, by EXT_*
GROUP1_I8 = 0x83
GROUP1_BYTE = 0x80 | BYTE_RM
GROUP2_I8 = 0xC1       # shifts and rotates by imm8
GROUP2_CL = 0xD3
GROUP3 = 0xF7          # test, not, neg, mul, div by EXT_*
GROUP3_BYTE = 0xF6 | BYTE_RM
GROUP5 = 0xFF          # call, jmp by EXT_*
CDQ = 0x99

EXT_ADD, EXT_OR, EXT_ADC, EXT_SBB, EXT_AND, EXT_SUB, EXT_XOR, EXT_CMP = range(8)
EXT_ROL = 0
EXT_ROR = 1
EXT_SHL = 4
EXT_SHR = 5
EXT_SAR = 7
EXT_TEST = 0
EXT_NOT = 2
EXT_NEG = 3
EXT_DIV = 6
EXT_IDIV = 7
EXT_CALL = 2
EXT_JMP = 4

# ---- conditions (SDM volume 1, appendix B)
CC_O, CC_NO, CC_B, CC_AE, CC_E, CC_NE, CC_BE, CC_A = range(8)
CC_S, CC_NS, CC_P, CC_NP, CC_L, CC_GE, CC_LE, CC_G = range(8, 16)
# float equality needs the parity flag as well: not conditions of the machine
CC_FEQ = 16
CC_FNE = 17

# ---- scalar floating point; the double form is the single one with F2 for F3
MOVSS = 0x10 | MAP_0F | P_F3
MOVSS_MR = 0x11 | MAP_0F | P_F3
MOVSD = 0x10 | MAP_0F | P_F2
MOVSD_MR = 0x11 | MAP_0F | P_F2
MOVAPS = 0x28 | MAP_0F
MOVUPS = 0x10 | MAP_0F
MOVUPS_MR = 0x11 | MAP_0F
PSHUFD = 0x70 | MAP_0F | P_66  # and imm8
XORPS = 0x57 | MAP_0F
ANDPS = 0x54 | MAP_0F
ANDNPS = 0x55 | MAP_0F
ORPS = 0x56 | MAP_0F
SQRTSS = 0x51 | MAP_0F | P_F3
ADDSS = 0x58 | MAP_0F | P_F3
MULSS = 0x59 | MAP_0F | P_F3
SUBSS = 0x5C | MAP_0F | P_F3
MINSS = 0x5D | MAP_0F | P_F3
DIVSS = 0x5E | MAP_0F | P_F3
MAXSS = 0x5F | MAP_0F | P_F3
UCOMISS = 0x2E | MAP_0F
UCOMISD = 0x2E | MAP_0F | P_66
ROUNDSS = 0x0A | MAP_0F3A | P_66
ROUNDSD = 0x0B | MAP_0F3A | P_66
CVTSI2SS = 0x2A | MAP_0F | P_F3
CVTSI2SD = 0x2A | MAP_0F | P_F2
CVTTSS2SI = 0x2C | MAP_0F | P_F3
CVTTSD2SI = 0x2C | MAP_0F | P_F2
CVTSS2SD = 0x5A | MAP_0F | P_F3
CVTSD2SS = 0x5A | MAP_0F | P_F2
MOVD_X = 0x6E | MAP_0F | P_66    # xmm <- gpr
MOVD_R = 0x7E | MAP_0F | P_66    # gpr <- xmm (reg field is the xmm)
F64_FORM = 1 << 10     # P_F2 ^ P_F3: add to a single-precision encoding
# fmt: on
