package dev.tandem.core.value;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HighwayHashTest {
    private final HighwayHash hash = new HighwayHash(new long[] {1, 2, 3, 4});

    /** The first of the vectors in google/highwayhash's test: key and data are the bytes 0, 1, 2 and so on. */
    @Test
    void hashesAsPublished() {
        HighwayHash published = new HighwayHash(
                new long[] {0x0706050403020100L, 0x0f0e0d0c0b0a0908L, 0x1716151413121110L, 0x1f1e1d1c1b1a1918L});
        long[][] expected = {
            {0x0fed268f9d8ffec7L, 0x33565e767f093e6fL},
            {0xd6b0a8893681e7a8L, 0xdc291df9eb9cdcb4L},
            {0x3d15ad265a16da04L, 0x78085638dc32e868L},
            {0x0607621b295f0bebL, 0xbfe69a0fd9cedd79L}
        };
        for (int bytes = 0; bytes < expected.length; bytes++) {
            byte[] data = new byte[bytes];
            for (int i = 0; i < bytes; i++) {
                data[i] = (byte) i;
            }
            assertArrayEquals(expected[bytes], published.hash128(data), bytes + " bytes");
        }
    }

    @Test
    void sameBytesHashAlike() {
        byte[] text = "some handle".getBytes(StandardCharsets.ISO_8859_1);
        assertArrayEquals(hash.hash128(text), hash.hash128(text.clone()));
    }

    @Test
    void everyLengthAndByteCounts() {
        Set<Long> seen = new HashSet<>();
        for (int length = 0; length < 100; length++) {
            byte[] bytes = new byte[length];
            seen.add(hash.hash128(bytes)[0]);
            if (length > 0) {
                bytes[length - 1] = 1;
                seen.add(hash.hash128(bytes)[0]);
            }
        }
        assertEquals(199, seen.size());
    }
}
