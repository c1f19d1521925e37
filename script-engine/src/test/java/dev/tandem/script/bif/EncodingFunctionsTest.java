package dev.tandem.script.bif;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.core.value.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodingFunctionsTest {
    private static final Bytes URL_ALPHABET =
            Bytes.of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private final RecordingContext ctx = new RecordingContext();

    private static Bytes b(String s) {
        return Bytes.latin1(s);
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "f, Zg==", "fo, Zm8=", "foo, Zm9v", "foob, Zm9vYg=="})
    void base64RoundTrips(String plain, String encoded) {
        assertEquals(encoded, ctx.text("encode_base64", b(plain), null));
        assertEquals(plain, ctx.text("decode_base64", b(encoded), null));
        assertEquals(true, ctx.call("is_valid_base64", b(encoded), null));
        assertEquals(List.of(), ctx.messages);
    }

    @Test
    void otherAlphabetsNeed64Characters() {
        assertEquals("__4=", ctx.text("encode_base64", b("\u00ff\u00fe"), URL_ALPHABET));
        assertEquals("\u00ff\u00fe", ctx.text("decode_base64", b("__4="), URL_ALPHABET));
        assertEquals("", ctx.text("encode_base64", b("x"), b("abc")));
        assertEquals(List.of("error: base64 alphabet is not 64 characters: abc"), ctx.messages);
    }

    @Test
    void foreignCharactersSpoilDecoding() {
        assertEquals("", ctx.text("decode_base64", b("Zm!9v?"), null));
        assertEquals(
                List.of("error: character 33 ignored by Base64 decoding", "error: error in decoding string Zm!9v?"),
                ctx.messages);
        assertEquals(false, ctx.call("is_valid_base64", b("Zm!9v?"), null));
    }

    @Test
    void missingPaddingIsFilledUp() {
        assertEquals("foob", ctx.text("decode_base64", b("Zm9vYg"), null));
        assertEquals(List.of("error: incomplete base64 group, padding with 12 bits of 0"), ctx.messages);
    }

    @Test
    void hexStrings() {
        assertEquals("00ff41", ctx.text("bytestring_to_hexstr", b("\u0000\u00ffA")));
        assertEquals("\u0000\u00ffA", ctx.text("hexstr_to_bytestring", b("00Ff41")));
        assertEquals("", ctx.text("hexstr_to_bytestring", b("123")));
        assertEquals("", ctx.text("hexstr_to_bytestring", b("zz")));
        assertEquals(
                List.of(
                        "error: Hex string '123' has invalid length (not divisible by 2)",
                        "error: Could not read hex element from input zz"),
                ctx.messages);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 258", "3, 66051", "5, 4328719365", "8, 72623859790382856"})
    void countsAreReadBigEndian(int length, long expected) {
        Bytes bytes = Bytes.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}).slice(0, length);
        assertEquals(expected, ctx.call("bytestring_to_count", bytes, null));
    }

    @Test
    void countsAreReadLittleEndianOnRequest() {
        assertEquals(0x030201L, ctx.call("bytestring_to_count", b("\1\2\3"), true));
        assertEquals(0L, ctx.call("bytestring_to_count", b(""), true));
        assertEquals(0L, ctx.call("bytestring_to_count", b("123456789"), null));
        assertEquals(List.of("error: unsupported byte length for bytestring_to_count"), ctx.messages);
    }

    @Test
    void floatsAreReadBigEndian() {
        assertEquals(1.5, ctx.call("bytestring_to_double", b("\u003f\u00f8\0\0\0\0\0\0")));
        assertEquals(-2.0, ctx.call("bytestring_to_float", b("\u00c0\0\0\0")));
        assertEquals(0.0, ctx.call("bytestring_to_float", b("x")));
        assertEquals(List.of("error: bad conversion to float"), ctx.messages);
    }

    @Test
    void uuidsHaveLittleEndianFields() {
        assertEquals("04030201-0605-0807-090a-0b0c0d0e0f10", ctx.text("uuid_to_string", Bytes.wrap(new byte[] {
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
        })));
        assertEquals("<Invalid UUID>", ctx.text("uuid_to_string", b("x")));
    }
}
