package dev.tandem.script.opaque;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.value.Bytes;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntropyTestTest {
    private static EntropyTest.Result of(String text) {
        EntropyTest test = new EntropyTest();
        test.feed(Bytes.latin1(text));
        return test.result();
    }

    /** The numbers are those that Zeek prints for the same strings, to six digits. */
    @Test
    void measuresEqualZeeks() {
        EntropyTest.Result mixed = of("dh3Hie02uh^s#Sdf9L3frd243h$d78r2G4cM6*Q05d(7rh46f!0|4-f");
        assertEquals(4.715374, mixed.entropy(), 5e-7);
        assertEquals(591.981818, mixed.chiSquare(), 5e-7);
        assertEquals(75.472727, mixed.mean(), 5e-7);
        assertEquals(4.0, mixed.monteCarloPi());
        assertEquals(-0.11027, mixed.serialCorrelation(), 5e-7);

        EntropyTest.Result plain = of("0011000aaabbbbcccc000011111000000000aaaabbbbcccc0000000");
        assertEquals(2.083189, plain.entropy(), 5e-7);
        assertEquals(3906.018182, plain.chiSquare(), 5e-7);
        assertEquals(69.054545, plain.mean(), 5e-7);
        assertEquals(0.849402, plain.serialCorrelation(), 5e-7);
    }

    @Test
    void randomBytesLookRandom() {
        byte[] data = new byte[1 << 20];
        new Random(1).nextBytes(data);
        EntropyTest test = new EntropyTest();
        test.feed(Bytes.wrap(data));
        EntropyTest.Result result = test.result();
        assertEquals(8, result.entropy(), 0.001);
        assertEquals(255, result.chiSquare(), 100);
        assertEquals(127.5, result.mean(), 0.5);
        assertEquals(Math.PI, result.monteCarloPi(), 0.02);
        assertEquals(0, result.serialCorrelation(), 0.01);
    }

    @Test
    void equalBytesHaveNoEntropyAndNoCorrelation() {
        EntropyTest.Result result = of("aaaaaaaa");
        assertEquals(0, result.entropy());
        assertEquals(97, result.mean());
        assertEquals(-100000, result.serialCorrelation());
    }

    @Test
    void fewerThanSixBytesMakeNoPoint() {
        assertEquals(0, of("abcde").monteCarloPi());
        assertEquals(4, of("abcdef").monteCarloPi());
        assertTrue(Double.isNaN(of("").mean()));
    }

    @Test
    void piecesAndCopiesCountAsTheWhole() {
        EntropyTest test = new EntropyTest();
        test.feed(Bytes.latin1("0011000aaa"));
        test.result();
        EntropyTest copy = test.copy();
        copy.feed(Bytes.latin1("bbbb"));
        test.feed(Bytes.latin1("cccc1"));
        assertEquals(of("0011000aaabbbb"), copy.result());
        assertEquals(of("0011000aaacccc1"), test.result());
    }
}
