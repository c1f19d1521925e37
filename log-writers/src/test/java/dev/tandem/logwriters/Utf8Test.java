package dev.tandem.logwriters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8Test {
    @Test
    void everyCodePointIsShownUnlessControlOrPrivateOrSpecial() {
        for (int code = 0; code <= 0x10ffff; code++) {
            if (code >= 0xd800 && code < 0xe000) {
                continue;
            }
            byte[] text = Character.toString(code).getBytes(StandardCharsets.UTF_8);
            boolean hidden = code < 0x20
                    || code >= 0x7f && code < 0xa0
                    || code >= 0xe000 && code <= 0xf8ff
                    || code >= 0xfff0 && code <= 0xffff;
            assertEquals(hidden ? 0 : text.length, Utf8.shown(text, 0, text.length), Integer.toHexString(code));
        }
    }

    @Test
    void malformedSequencesAreNotShown() {
        byte[] text = new byte[3];
        for (int bits = 0; bits < 1 << 24; bits += 5) {
            text[0] = (byte) (0x80 | bits >>> 16 & 0x7f);
            text[1] = (byte) (bits >>> 8);
            text[2] = (byte) bits;
            int length = Utf8.shown(text, 0, 3);
            if (length > 0) {
                assertWellFormed(text, length);
            }
        }
        assertEquals(0, Utf8.shown(new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80}, 0, 4));
        assertEquals(0, Utf8.shown(new byte[] {(byte) 0xf0, (byte) 0x8f, (byte) 0xbf, (byte) 0xbf}, 0, 4));
    }

    private static void assertWellFormed(byte[] text, int length) {
        try {
            int chars = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text, 0, length))
                    .length();
            assertEquals(1, chars);
        } catch (CharacterCodingException e) {
            throw new AssertionError("shown although malformed", e);
        }
    }

    @Test
    void aCharacterCutOffIsNotShown() {
        byte[] rocket = "\ud83d\ude80".getBytes(StandardCharsets.UTF_8);
        assertEquals(0, Utf8.shown(rocket, 0, 3));
        assertEquals(4, Utf8.shown(rocket, 0, 4));
    }
}
