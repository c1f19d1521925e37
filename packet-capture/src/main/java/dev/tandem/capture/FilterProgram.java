package dev.tandem.capture;

import dev.tandem.core.packet.PacketBatch;

/**
 * A compiled capture filter: instructions of the classic BPF machine, run in Java over the bytes of a packet, so that a
 * trace needs no native call per packet. Registers A and X and 16 memory cells, all 32-bit unsigned. A load beyond the
 * captured bytes, or a division by zero, rejects the packet.
 *
 * <p>Not thread-safe: the memory cells belong to the program. Source: McCanne and Jacobson, "The BSD Packet Filter",
 * USENIX 1993; the encoding is that of {@code struct bpf_insn}.
 */
final class FilterProgram implements PacketBatch.PacketTest {
    /** Bytes of an instruction: code (2), jump if true (1), if false (1), operand k (4), in machine byte order. */
    static final int INSTRUCTION_BYTES = 8;

    private static final int MEMORY_CELLS = 16;

    private static final int LD = 0x00;
    private static final int LDX = 0x01;
    private static final int ST = 0x02;
    private static final int STX = 0x03;
    private static final int ALU = 0x04;
    private static final int JMP = 0x05;
    private static final int RET = 0x06;

    private static final int WORD = 0x00;
    private static final int HALF = 0x08;
    private static final int BYTE = 0x10;

    private static final int IMM = 0x00;
    private static final int ABS = 0x20;
    private static final int IND = 0x40;
    private static final int MEM = 0x60;
    private static final int LEN = 0x80;
    private static final int MSH = 0xa0;

    private static final int ADD = 0x00;
    private static final int SUB = 0x10;
    private static final int MUL = 0x20;
    private static final int DIV = 0x30;
    private static final int OR = 0x40;
    private static final int AND = 0x50;
    private static final int LSH = 0x60;
    private static final int RSH = 0x70;
    private static final int MOD = 0x90;
    private static final int XOR = 0xa0;

    private static final int JA = 0x00;
    private static final int JEQ = 0x10;
    private static final int JGT = 0x20;
    private static final int JGE = 0x30;
    private static final int JSET = 0x40;

    private static final int OPERAND_X = 0x08;
    private static final int RETURN_A = 0x10;
    private static final int TXA = 0x80;

    private final int[] code;
    private final int[] ifTrue;
    private final int[] ifFalse;
    private final int[] operand;
    private final int[] memory = new int[MEMORY_CELLS];

    /**
     * @param bytes instructions one after the other
     * @throws IllegalArgumentException when an instruction is unknown or leads out of the program
     */
    FilterProgram(byte[] bytes, ByteLayout layout) {
        int count = bytes.length / INSTRUCTION_BYTES;
        code = new int[count];
        ifTrue = new int[count];
        ifFalse = new int[count];
        operand = new int[count];
        for (int i = 0; i < count; i++) {
            int at = i * INSTRUCTION_BYTES;
            code[i] = layout.unsigned16(bytes, at);
            operand[i] = layout.int32(bytes, at + 4);
            boolean always = code[i] == (JMP | JA);
            ifTrue[i] = i + 1 + (always ? operand[i] : bytes[at + 2] & 0xff);
            ifFalse[i] = i + 1 + (bytes[at + 3] & 0xff);
            check(i, count);
        }
        if (count == 0 || (code[count - 1] & 7) != RET) {
            throw new IllegalArgumentException("a filter program without end");
        }
    }

    private void check(int i, int count) {
        int kind = code[i] & 7;
        boolean memoryCell = kind == ST || kind == STX || ((kind == LD || kind == LDX) && (code[i] & 0xe0) == MEM);
        boolean good = switch (kind) {
            case LD -> loads(code[i]);
            case LDX -> code[i] == (LDX | BYTE | MSH) || (code[i] & 0x18) == WORD && constantLoad(code[i]);
            case JMP -> jumps(code[i]) && inside(ifTrue[i], i, count) && inside(ifFalse[i], i, count);
            case ALU -> (code[i] & 0xf0) <= XOR; // 0x80, unnamed below, is negation
            default -> true;
        };
        if (!good || memoryCell && Integer.compareUnsigned(operand[i], MEMORY_CELLS) >= 0) {
            throw new IllegalArgumentException("an unknown filter instruction " + Integer.toHexString(code[i]));
        }
    }

    private static boolean loads(int code) {
        int mode = code & 0xe0;
        int size = code & 0x18;
        return (mode == ABS || mode == IND) && (size == WORD || size == HALF || size == BYTE)
                || size == WORD && constantLoad(code);
    }

    private static boolean constantLoad(int code) {
        int mode = code & 0xe0;
        return mode == IMM || mode == MEM || mode == LEN;
    }

    private static boolean jumps(int code) {
        return (code & 0xf0) <= JSET;
    }

    private static boolean inside(int target, int from, int count) {
        return target > from && target < count;
    }

    @Override
    public boolean accepts(byte[] data, int offset, int capturedBytes, int originalBytes) {
        int a = 0;
        int x = 0;
        int pc = 0;
        while (true) {
            int instruction = code[pc];
            int k = operand[pc];
            switch (instruction & 7) {
                case LD -> {
                    switch (instruction & 0xe0) {
                        case ABS, IND -> {
                            long at = (k & 0xffffffffL) + ((instruction & 0xe0) == IND ? x & 0xffffffffL : 0);
                            int size = instruction & 0x18;
                            int bytes = size == WORD ? 4 : size == HALF ? 2 : 1;
                            if (at > capturedBytes - bytes) {
                                return false;
                            }
                            a = load(data, offset + (int) at, bytes);
                        }
                        case IMM -> a = k;
                        case MEM -> a = memory[k];
                        default -> a = originalBytes;
                    }
                    pc++;
                }
                case LDX -> {
                    switch (instruction & 0xe0) {
                        case MSH -> {
                            if (Integer.compareUnsigned(k, capturedBytes) >= 0) {
                                return false;
                            }
                            x = (data[offset + k] & 0xf) << 2;
                        }
                        case IMM -> x = k;
                        case MEM -> x = memory[k];
                        default -> x = originalBytes;
                    }
                    pc++;
                }
                case ST -> {
                    memory[k] = a;
                    pc++;
                }
                case STX -> {
                    memory[k] = x;
                    pc++;
                }
                case ALU -> {
                    int right = (instruction & OPERAND_X) != 0 ? x : k;
                    int operation = instruction & 0xf0;
                    if (right == 0 && (operation == DIV || operation == MOD)) {
                        return false;
                    }
                    a = compute(operation, a, right);
                    pc++;
                }
                case JMP -> {
                    int right = (instruction & OPERAND_X) != 0 ? x : k;
                    boolean yes = switch (instruction & 0xf0) {
                        case JEQ -> a == right;
                        case JGT -> Integer.compareUnsigned(a, right) > 0;
                        case JGE -> Integer.compareUnsigned(a, right) >= 0;
                        case JSET -> (a & right) != 0;
                        default -> true;
                    };
                    pc = yes ? ifTrue[pc] : ifFalse[pc];
                }
                case RET -> {
                    return ((instruction & 0x18) == RETURN_A ? a : k) != 0;
                }
                default -> {
                    if ((instruction & 0xf8) == TXA) {
                        a = x;
                    } else {
                        x = a;
                    }
                    pc++;
                }
            }
        }
    }

    private static int load(byte[] data, int at, int bytes) {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | data[at + i] & 0xff;
        }
        return value;
    }

    private static int compute(int operation, int a, int right) {
        return switch (operation) {
            case ADD -> a + right;
            case SUB -> a - right;
            case MUL -> a * right;
            case DIV -> Integer.divideUnsigned(a, right);
            case MOD -> Integer.remainderUnsigned(a, right);
            case OR -> a | right;
            case AND -> a & right;
            case XOR -> a ^ right;
            case LSH -> Integer.compareUnsigned(right, 32) < 0 ? a << right : 0;
            case RSH -> Integer.compareUnsigned(right, 32) < 0 ? a >>> right : 0;
            default -> -a;
        };
    }
}
