package dev.tandem.script.bif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.tandem.core.record.RecordValue;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Seeds;
import dev.tandem.script.runtime.AnyValue;
import dev.tandem.script.types.Attributes;
import dev.tandem.script.types.RecordField;
import dev.tandem.script.types.RecordType;
import dev.tandem.script.types.Types;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashFunctionsTest {
    private final RecordingContext ctx = new RecordingContext();

    /** RFC 1321, FIPS 180: digests of "abc". */
    @ParameterizedTest
    @CsvSource({
        "md5_hash, 900150983cd24fb0d6963f7d28e17f72",
        "sha1_hash, a9993e364706816aba3e25717850c26c9cd0d89d",
        "sha224_hash, 23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
        "sha256_hash, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    })
    void digestsRunOverAllArguments(String function, String expected) {
        assertEquals(expected, ctx.text(function, Bytes.of("a"), Bytes.of("bc")));
        assertEquals(expected, ctx.text(function, Bytes.of("abc")));
    }

    @Test
    void longDigestsHaveTheirLength() {
        assertEquals(96, ctx.text("sha384_hash", Bytes.of("abc")).length());
        assertEquals(128, ctx.text("sha512_hash", Bytes.of("abc")).length());
    }

    @Test
    void keyedDigestsRepeatWithinAProcess() {
        ctx.services.put(RandomSource.class, new RandomSource(Seeds.unpredictable()));
        String h = ctx.text("md5_hmac", Bytes.of("abc"));
        assertEquals(h, ctx.text("md5_hmac", Bytes.of("a"), Bytes.of("bc")));
        assertNotEquals(ctx.text("md5_hash", Bytes.of("abc")), h);
        assertEquals(64, ctx.text("sha256_hmac", Bytes.of("abc")).length());
    }

    /** The reference vectors of the FNV draft for empty and "b". */
    @Test
    void fnvHashesBytes() {
        assertEquals(0x811c9dc5L, ctx.call("fnv1a32", Bytes.EMPTY));
        assertEquals(0xe70c2de5L, ctx.call("fnv1a32", Bytes.of("b")));
        assertEquals(0xaf63df4c8601f1a5L, ctx.call("fnv1a64", Bytes.of("b")));
    }

    /** Values other than strings hash as type number and value, so that equal texts of different types differ. */
    @Test
    void fnvSeesTheTypeOfNumbers() {
        assertEquals(0xc5b442fdL, ctx.call("fnv1a32", new AnyValue(Types.COUNT, 123L)));
        assertEquals(0x15d2016fL, ctx.call("fnv1a32", new AnyValue(Types.DOUBLE, 123.0)));
        assertEquals(0x6c1151a5L, ctx.call("fnv1a32", true));
    }

    @Test
    void hrwWeightsAre31BitsAndDifferBySite() {
        long one = (Long) ctx.call("hrw_weight", 12345L, 1L);
        long two = (Long) ctx.call("hrw_weight", 12345L, 2L);
        assertNotEquals(one, two);
        assertEquals(0, one >>> 31);
    }

    @Test
    void entropyOfEqualAndOfAllBytes() {
        String[] names = {"entropy", "chi_square", "mean", "monte_carlo_pi", "serial_correlation"};
        ctx.types.put(
                "entropy_test_result",
                new RecordType(java.util.Arrays.stream(names)
                        .map(n -> new RecordField(n, Types.DOUBLE, Attributes.NONE))
                        .toList()));
        RecordValue same = (RecordValue) ctx.call("find_entropy", Bytes.of("aaaaaaaa"));
        assertEquals(
                List.of(0.0, 2040.0, 97.0, 4.0, -100000.0),
                List.of(same.get(0), same.get(1), same.get(2), same.get(3), same.get(4)));
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        RecordValue each = (RecordValue) ctx.call("find_entropy", Bytes.wrap(all));
        assertEquals(8.0, (Double) each.get(0), 1e-9);
        assertEquals(0.0, each.get(1));
        assertEquals(127.5, each.get(2));
    }
}
