package dev.tandem.script.opaque;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.opaque.RunningDigest.Algorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunningDigestTest {
    @ParameterizedTest
    @EnumSource
    void piecesGiveTheDigestOfTheWhole(Algorithm algorithm) {
        RunningDigest digest = RunningDigest.of(algorithm);
        assertTrue(digest.feed(Bytes.of("one")));
        assertTrue(digest.feed(new byte[] {'x', 't', 'w', 'o', 'x'}, 1, 4));
        assertTrue(digest.feed(Bytes.of("three")));
        assertEquals(RunningDigest.hex(algorithm, Bytes.of("onetwothree")), digest.finish());
    }

    @Test
    void digestsAreTheWellKnownOnes() {
        assertEquals("f97c5d29941bfb1b2fdab0874906ab82", RunningDigest.hex(Algorithm.MD5, Bytes.of("one")));
        assertEquals("7b0391feb2e0cd271f1cf39aafb4376f", RunningDigest.hex(Algorithm.MD5, Bytes.of("onetwothree")));
        assertEquals("a9993e364706816aba3e25717850c26c9cd0d89d", RunningDigest.hex(Algorithm.SHA1, Bytes.of("abc")));
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                RunningDigest.hex(Algorithm.SHA256, Bytes.of("abc")));
    }

    @Test
    void aFinishedDigestTakesAndGivesNothing() {
        RunningDigest digest = RunningDigest.of(Algorithm.SHA1);
        assertTrue(digest.isOpen());
        digest.finish();
        assertFalse(digest.isOpen());
        assertFalse(digest.feed(Bytes.of("more")));
        assertEquals("", digest.finish());
        assertEquals("", digest.soFar());
        assertFalse(digest.copy().isOpen());
    }

    @Test
    void lookingAtAnIntermediateDigestDoesNotEndIt() {
        RunningDigest digest = RunningDigest.of(Algorithm.MD5);
        digest.feed(Bytes.of("one"));
        RunningDigest copy = digest.copy();
        assertEquals("f97c5d29941bfb1b2fdab0874906ab82", digest.soFar());
        digest.feed(Bytes.of("twothree"));
        assertEquals("7b0391feb2e0cd271f1cf39aafb4376f", digest.finish());
        assertEquals("f97c5d29941bfb1b2fdab0874906ab82", copy.finish());
    }
}
