package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that was acknowledged is lost or logged twice when the daemon is killed. {@link HostCrashTrial} does more by hand. */
class HostCrashIT {
    @TempDir
    Path folder;

    @Test
    void killsLoseNothingAndDoubleNothing() throws Exception {
        HostCrashTrial.Outcome outcome = new HostCrashTrial(folder, 20, 7).run(3);
        assertTrue(outcome.acknowledged() > 100, outcome.toString());
        assertEquals(0, outcome.lost(), outcome.toString());
        assertEquals(0, outcome.twice(), outcome.toString());
    }
}
