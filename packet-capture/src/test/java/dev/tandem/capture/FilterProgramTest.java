package dev.tandem.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterProgramTest {
    private static final int LOAD_IMMEDIATE = 0x00;
    private static final int LOAD_WORD = 0x20;
    private static final int LOAD_HALF = 0x28;
    private static final int LOAD_BYTE = 0x30;
    private static final int LOAD_WORD_AT_X = 0x40;
    private static final int LOAD_CELL = 0x60;
    private static final int LOAD_LENGTH = 0x80;
    private static final int LOAD_X_IMMEDIATE = 0x01;
    private static final int LOAD_X_CELL = 0x61;
    private static final int LOAD_X_HEADER_LENGTH = 0xb1;
    private static final int STORE = 0x02;
    private static final int STORE_X = 0x03;
    private static final int JUMP = 0x05;
    private static final int JUMP_EQUAL = 0x15;
    private static final int RETURN = 0x06;
    private static final int RETURN_A = 0x16;
    private static final int A_TO_X = 0x07;
    private static final int X_TO_A = 0x87;

    private final byte[] packet = {9, 9, 0x45, 0x01, 0x02, (byte) 0xf3, (byte) 0x80, 0x05, 9};

    /** Each instruction as code, jump if true, jump if false, operand. */
    private static FilterProgram program(int[]... instructions) {
        ByteBuffer bytes = ByteBuffer.allocate(instructions.length * 8).order(ByteOrder.BIG_ENDIAN);
        for (int[] each : instructions) {
            bytes.putShort((short) each[0])
                    .put((byte) each[1])
                    .put((byte) each[2])
                    .putInt(each[3]);
        }
        return new FilterProgram(bytes.array(), ByteLayout.BIG);
    }

    private static int[] op(int code, int operand) {
        return new int[] {code, 0, 0, operand};
    }

    private static int[] jump(int code, int ifTrue, int ifFalse, int operand) {
        return new int[] {code, ifTrue, ifFalse, operand};
    }

    /** The packet is bytes 2 to 7 of the array, so that a look at its neighbours shows. */
    private boolean run(FilterProgram program) {
        return program.accepts(packet, 2, 6, 60);
    }

    /** Whether register A has that value in the end. */
    private boolean gives(int expected, int[]... instructions) {
        int[][] whole = new int[instructions.length + 3][];
        System.arraycopy(instructions, 0, whole, 0, instructions.length);
        whole[instructions.length] = jump(JUMP_EQUAL, 0, 1, expected);
        whole[instructions.length + 1] = op(RETURN, 65_535);
        whole[instructions.length + 2] = op(RETURN, 0);
        return run(program(whole));
    }

    @Test
    void loadsAreUnsignedAndInNetworkOrder() {
        assertTrue(gives(0x45, op(LOAD_BYTE, 0)));
        assertTrue(gives(0xf3, op(LOAD_BYTE, 3)));
        assertTrue(gives(0x02f3, op(LOAD_HALF, 2)));
        assertTrue(gives(0x02f38005, op(LOAD_WORD, 2)));
        assertTrue(gives(60, op(LOAD_LENGTH, 0)));
    }

    @Test
    void loadBeyondTheCapturedBytesRejects() {
        assertTrue(run(program(op(LOAD_WORD, 2), op(RETURN, 1))));
        assertFalse(run(program(op(LOAD_WORD, 3), op(RETURN, 1))));
        assertFalse(run(program(op(LOAD_BYTE, 6), op(RETURN, 1))));
        assertFalse(run(program(op(LOAD_BYTE, -1), op(RETURN, 1))));
        assertFalse(run(program(op(LOAD_X_HEADER_LENGTH, 6), op(RETURN, 1))));
        assertFalse(run(program(op(LOAD_X_HEADER_LENGTH, -2), op(RETURN, 1))));
        assertFalse(run(program(op(LOAD_X_IMMEDIATE, -1), op(LOAD_WORD_AT_X, 1), op(RETURN, 1))));
    }

    @Test
    void headerLengthIsFourTimesTheLowHalfByte() {
        assertTrue(gives(20, op(LOAD_X_HEADER_LENGTH, 0), op(X_TO_A, 0)));
    }

    @Test
    void indexedLoadAddsX() {
        assertTrue(gives(0x02f38005, op(LOAD_X_IMMEDIATE, 1), op(LOAD_WORD_AT_X, 1)));
    }

    @Test
    void memoryCellsKeepBothRegisters() {
        assertTrue(gives(7, op(LOAD_IMMEDIATE, 7), op(STORE, 15), op(LOAD_IMMEDIATE, 8), op(LOAD_CELL, 15)));
        assertTrue(gives(
                7,
                op(LOAD_IMMEDIATE, 7),
                op(A_TO_X, 0),
                op(STORE_X, 0),
                op(LOAD_X_IMMEDIATE, 1),
                op(LOAD_X_CELL, 0),
                op(X_TO_A, 0)));
    }

    @ParameterizedTest
    @CsvSource({
        "0x04, 6, 5, 11",
        "0x14, 6, 5, 1",
        "0x24, 6, 5, 30",
        "0x34, -2, 2, 2147483647",
        "0x44, 6, 5, 7",
        "0x54, 6, 5, 4",
        "0x64, 6, 31, 0",
        "0x64, 6, 32, 0",
        "0x74, -1, 28, 15",
        "0x74, -1, 33, 0",
        "0x84, 6, 0, -6",
        "0x94, -1, 10, 5",
        "0xa4, 6, 5, 3"
    })
    void arithmeticIsUnsigned(String code, int left, int right, int expected) {
        int instruction = Integer.decode(code);
        assertTrue(gives(expected, op(LOAD_IMMEDIATE, left), op(instruction, right)));
        assertTrue(gives(expected, op(LOAD_IMMEDIATE, left), op(LOAD_X_IMMEDIATE, right), op(instruction | 0x08, 0)));
    }

    @Test
    void divisionByZeroRejects() {
        assertFalse(run(program(op(LOAD_IMMEDIATE, 1), op(0x34, 0), op(RETURN, 1))));
        assertFalse(run(program(op(LOAD_IMMEDIATE, 1), op(0x9c, 0), op(RETURN, 1))));
    }

    @ParameterizedTest
    @CsvSource({
        "0x15, 5, 5, true", "0x15, 5, 6, false",
        "0x25, -1, 1, true", "0x25, 5, 5, false",
        "0x35, 5, 5, true", "0x35, 1, -1, false",
        "0x45, 6, 2, true", "0x45, 6, 1, false"
    })
    void comparisonIsUnsigned(String code, int left, int right, boolean expected) {
        int instruction = Integer.decode(code);
        assertEquals(
                expected,
                run(program(op(LOAD_IMMEDIATE, left), jump(instruction, 1, 0, right), op(RETURN, 0), op(RETURN, 1))));
        assertEquals(
                expected,
                run(program(
                        op(LOAD_IMMEDIATE, left),
                        op(LOAD_X_IMMEDIATE, right),
                        jump(instruction | 0x08, 1, 0, 0),
                        op(RETURN, 0),
                        op(RETURN, 1))));
    }

    @Test
    void longJumpSkips() {
        assertTrue(run(program(op(JUMP, 1), op(RETURN, 0), op(RETURN, 1))));
    }

    @Test
    void resultMayBeInRegisterA() {
        assertFalse(run(program(op(LOAD_IMMEDIATE, 0), op(RETURN_A, 1))));
        assertTrue(run(program(op(LOAD_IMMEDIATE, 1), op(RETURN_A, 0))));
    }

    @Test
    void programThatLeadsAstrayIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> program());
        assertThrows(IllegalArgumentException.class, () -> program(op(LOAD_IMMEDIATE, 1)));
        assertThrows(IllegalArgumentException.class, () -> program(jump(JUMP_EQUAL, 1, 0, 0), op(RETURN, 1)));
        assertThrows(IllegalArgumentException.class, () -> program(op(JUMP, -1), op(RETURN, 1)));
        assertThrows(IllegalArgumentException.class, () -> program(op(STORE, 16), op(RETURN, 1)));
        assertThrows(IllegalArgumentException.class, () -> program(op(LOAD_CELL, -1), op(RETURN, 1)));
        assertThrows(IllegalArgumentException.class, () -> program(op(0xe0, 0), op(RETURN, 1)));
    }

    @Test
    void acceptedProgramsNeverThrow() {
        Random random = new Random(31);
        int accepted = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] code = new byte[8 * (1 + random.nextInt(6))];
            random.nextBytes(code);
            for (int at = 0; at < code.length; at += 8) {
                code[at] = 0;
                code[at + 2] &= 1;
                code[at + 3] &= 1;
                if (random.nextBoolean()) {
                    code[at + 4] = 0;
                    code[at + 5] = 0;
                    code[at + 6] = 0;
                    code[at + 7] &= 15;
                }
            }
            code[code.length - 7] = RETURN;
            FilterProgram program;
            try {
                program = new FilterProgram(code, ByteLayout.BIG);
            } catch (IllegalArgumentException e) {
                continue;
            }
            accepted++;
            for (int captured = 0; captured <= 6; captured++) {
                program.accepts(packet, 2, captured, 60);
            }
        }
        assertTrue(accepted > 1_000, "accepted " + accepted);
    }
}
