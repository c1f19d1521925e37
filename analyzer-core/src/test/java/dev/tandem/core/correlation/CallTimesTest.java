package dev.tandem.core.correlation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.host.SocketTable.FiveTuple;
import dev.tandem.core.value.Addr;
import org.junit.jupiter.api.Test;

class CallTimesTest {
    private static final Addr HERE = Addr.parse("10.0.0.1");
    private static final Addr THERE = Addr.parse("10.0.0.2");

    private final CallTimes times = new CallTimes();
    private final CallPairing one = new CallPairing();
    private final CallPairing other = new CallPairing();

    private static Flow tcp(double start, double end) {
        Flow f = new Flow(null, true, new FiveTuple(6, HERE, 1000, THERE, 80), start);
        f.end = end;
        return f;
    }

    @Test
    void aCallLiesBetweenThoseOfOtherPlaces() {
        assertTrue(times.made(one, 10, tcp(100, 101), false));
        assertTrue(times.made(one, 20, tcp(200, 201), false));
        CallTimes.Bounds around = times.around(other, 15);
        assertEquals(100, around.before());
        assertEquals(200, around.behind());
        assertEquals(1, around.fit(tcp(150, 151), false));
        assertEquals(0.02, around.fit(tcp(50, 51), false));
        assertEquals(0.02, around.fit(tcp(250, 251), false));
        assertEquals(1, around.fit(tcp(50, 151), true), "a call that blocks returns while its connection is there");
    }

    @Test
    void aPairingDoesNotLearnFromItself() {
        times.made(one, 10, tcp(100, 101), false);
        assertEquals(Double.NEGATIVE_INFINITY, times.around(one, 15).before());
    }

    @Test
    void onlyWhatChangesIsNews() {
        Flow f = tcp(100, 101);
        assertTrue(times.made(one, 10, f, false));
        assertFalse(times.made(one, 10, f, false));
        assertFalse(times.doubted(other, 10));
        assertTrue(times.doubted(one, 10));
        assertFalse(times.doubted(one, 10));
        assertEquals(Double.NEGATIVE_INFINITY, times.around(other, 15).before());
    }

    @Test
    void aConnectionThatStaysOpenDoesNotKeepWhatIsBehindIt() {
        Flow open = tcp(100, Double.POSITIVE_INFINITY);
        times.made(one, 10, open, true);
        for (int i = 0; i < 100; i++) {
            times.made(one, 20 + i, tcp(110 + i, 111 + i), true);
        }
        times.expire(1000);
        assertEquals(Double.POSITIVE_INFINITY, times.around(other, 15).behind());
        assertEquals(100, times.around(other, 500).before(), "the open one is still known");
        open.end = 200;
        times.expire(1000);
        assertEquals(Double.NEGATIVE_INFINITY, times.around(other, 500).before());
    }
}
