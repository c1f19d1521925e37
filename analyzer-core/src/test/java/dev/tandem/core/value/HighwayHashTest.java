package dev.tandem.core.value;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HighwayHashTest {
    private final HighwayHash hash = new HighwayHash(new long[] {1, 2, 3, 4});

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
