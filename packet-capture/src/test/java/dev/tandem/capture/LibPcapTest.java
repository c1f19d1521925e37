package dev.tandem.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class LibPcapTest {
    /** Skips a test where libpcap is not installed. */
    static void assumeInstalled() {
        try {
            LibPcap.require("tests");
        } catch (CaptureException e) {
            Assumptions.abort(e.getMessage());
        }
    }

    @Test
    void missingLibraryIsToldWithItsCure() {
        CaptureException e = assertThrows(CaptureException.class, () -> LibPcap.find("no-such-library-anywhere", "-i"));
        assertEquals(
                "libpcap is needed for -i and was not found; install libpcap0.8 (Debian, Ubuntu) or libpcap (Fedora,"
                        + " Alpine)",
                e.getMessage());
    }
}
