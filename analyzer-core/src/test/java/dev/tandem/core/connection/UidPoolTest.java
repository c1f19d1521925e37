package dev.tandem.core.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Seeds;
import org.junit.jupiter.api.Test;

final class UidPoolTest {
    /** The ids that Zeek's test of unique_id() expects; only the last four words of its seed file matter. */
    @Test
    void withChosenSeedsIdsAreThoseOfZeek() {
        byte[] material = new byte[Seeds.BYTES];
        long[] words = {1462428821L, 0, 2278350848L, 32767};
        for (int i = 0; i < 16; i++) {
            material[64 + i] = (byte) (words[i / 4] >>> 8 * (i % 4));
        }
        Seeds seeds = new Seeds(2983378351L, Bytes.wrap(material), true);
        UidPool scripts = new UidPool(seeds, UidPool.SCRIPTS);
        assertEquals(
                "A-wrZBf1q3FkxySjt2a", ConnectionUid.next("A-", 96, scripts).latin1());
        assertEquals(
                "B-4YLL34fD0qxAnfwOe", ConnectionUid.next("B-", 96, scripts).latin1());
        UidPool numbered = new UidPool(seeds, UidPool.FIRST_OF_SCRIPTS + 4);
        assertEquals(
                "D-9caUh1xPFIcmdN7rf", ConnectionUid.next("D-", 96, numbered).latin1());
    }

    @Test
    void withoutNobodyElseHasTheSame() {
        Seeds seeds = Seeds.unpredictable();
        long one = new UidPool(seeds, UidPool.SCRIPTS).next();
        assertNotEquals(one, new UidPool(seeds, UidPool.SCRIPTS).next());
        assertNotEquals(one, new UidPool(Seeds.unpredictable(), UidPool.SCRIPTS).next());
    }
}
