package dev.tandem.core.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddrTextTest {
    @ParameterizedTest
    @CsvSource({
        "255.100.9.0, 255.100.9.0",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7",
        "2001:DB8::a:0:0:1, 2001:db8::a:0:0:1",
        "::ffff:1.2.3.4, 1.2.3.4",
        "::1:2, ::0.1.0.2",
        "::ffff:0:102:304, ::ffff:0:1.2.3.4",
        "::1:203:405, ::1:203:405"
    })
    void textIsTheShortestForm(String given, String expected) {
        Addr addr = Addr.parse(given);
        assertNotNull(addr);
        assertEquals(expected, addr.toString());
    }

    @Test
    void textReadsBackAsTheSameAddressInAnyPlace() throws UnknownHostException {
        SplittableRandom random = new SplittableRandom(9);
        byte[] out = new byte[100];
        for (int i = 0; i < 50_000; i++) {
            long sparse = random.nextLong() & random.nextLong() & random.nextLong();
            Addr addr =
                    random.nextInt(4) == 0 ? Addr.v4(random.nextInt()) : Addr.v6(sparse, sparse * random.nextInt(3));
            int end = addr.writeTo(out, 50);
            String text = new String(out, 50, end - 50, StandardCharsets.ISO_8859_1);
            assertEquals(addr, Addr.parse(text), text);
            assertEquals(text, addr.toString());
            InetAddress other = InetAddress.getByName(text);
            assertEquals(InetAddress.getByAddress(addr.toBytes()), other, text);
        }
    }
}
