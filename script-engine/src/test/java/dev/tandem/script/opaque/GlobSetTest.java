package dev.tandem.script.opaque;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.value.Bytes;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobSetTest {
    private static GlobSet set(String... globs) {
        return new GlobSet(Arrays.stream(globs).map(Bytes::latin1).toList());
    }

    private static List<String> match(GlobSet set, String input) {
        return set.matching(Bytes.latin1(input)).stream().map(Bytes::latin1).toList();
    }

    @Test
    void allMatchingGlobsComeInOrder() {
        assertEquals(List.of("*", "*og", "d?g", "d[!wl]g"), match(set("*", "d?g", "*og", "d?", "d[!wl]g"), "dog"));
        assertEquals(List.of("once"), match(set("once", "!o*", "once"), "once"));
        assertEquals(List.of(), match(set("once", "!o*", "once"), "nothing"));
        assertEquals(
                List.of("*.gov*", "*malware*"),
                match(set("https://*.google.com/*", "*malware*", "*.gov*"), "www.strange-malware-domain.gov"));
        assertEquals(List.of("z*ro", "zero\0zero"), match(set("z*ro", "zero\0zero"), "zero\0zero"));
        assertEquals(List.of("amber=*"), match(set("amber=*", "bridge=*"), "amber="));
        assertEquals(List.of(), match(set(), "a"));
        assertEquals(List.of(), match(set(""), ""));
        assertEquals(List.of("*"), match(set("*", "?"), ""));
    }

    @Test
    void setsOfTheSameGlobsAreTheSame() {
        assertTrue(set("a*", "b").sameGlobsAs(set("b", "a*", "b")));
        assertFalse(set("a*", "b").sameGlobsAs(set("a*")));
    }

    @ParameterizedTest
    @CsvSource({
        "a?c, abc, true",
        "a?c, ac, false",
        "*, '', true",
        "a*b*c, aXXbYYc, true",
        "a*b*c, aXXcYYb, false",
        "[a-c]x, bx, true",
        "[a-c]x, dx, false",
        "[!a-c]x, dx, true",
        "[^a-c]x, bx, false",
        "[]a]x, ]x, true",
        "[!]a]x, bx, true",
        "[a-]x, -x, true",
        "[z-a]x, mx, false",
        "[[:digit:]z]x, 7x, true",
        "[[:digit:]z]x, ax, false",
        "'[ab', '[ab', true",
        "'[ab', 'a', false",
        "'[', '[', true",
        "\\*a, *a, true",
        "\\*a, xa, false",
        "[\\]a]x, ]x, true",
        "a\\, a, false",
        "a\\, a\\, false",
        "a/*, a/b/c, true",
        "*x, .x, true",
        "ab, AB, false",
        "[[:nope:]]x, :]x, true"
    })
    void globsAreThoseOfFnmatch(String glob, String input, boolean matches) {
        assertEquals(matches, new Glob(Bytes.latin1(glob)).matches(Bytes.latin1(input)));
        assertEquals(matches ? List.of(glob) : List.of(), match(set("zz*", glob), input));
    }

    @Test
    void randomGlobsAgreeWithTheFileSystems() {
        Random random = new Random(8);
        String[] pieces = {"a", "b", "c", "*", "?", "[ab]", "[!a]", "ab", "bc"};
        for (int round = 0; round < 200; round++) {
            List<String> globs = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                StringBuilder glob = new StringBuilder();
                for (int k = random.nextInt(6); k >= 0; k--) {
                    glob.append(pieces[random.nextInt(pieces.length)]);
                }
                globs.add(glob.toString());
            }
            GlobSet set = set(globs.toArray(String[]::new));
            for (int k = 0; k < 20; k++) {
                StringBuilder input = new StringBuilder();
                for (int i = random.nextInt(8); i >= 0; i--) {
                    input.append((char) ('a' + random.nextInt(3)));
                }
                List<String> expected = globs.stream()
                        .distinct()
                        .filter(glob -> FileSystems.getDefault()
                                .getPathMatcher("glob:" + glob)
                                .matches(Path.of(input.toString())))
                        .sorted()
                        .toList();
                assertEquals(expected, match(set, input.toString()), () -> globs + " on " + input);
            }
        }
    }

    @Test
    void manyGlobsAreSearchedInOnePass() {
        List<Bytes> globs = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            globs.add(Bytes.latin1("*host" + Integer.toHexString(i * 7919) + ".example*"));
        }
        globs.addAll(Collections.nCopies(1_000_000, Bytes.latin1("*malware*")));
        assertTimeout(Duration.ofSeconds(10), () -> {
            GlobSet set = new GlobSet(globs);
            for (int i = 0; i < 20_000; i++) {
                String name = "www.host" + Integer.toHexString(i * 7919) + ".example.org";
                assertEquals(1, match(set, name).size());
            }
            assertEquals(List.of("*malware*"), match(set, "x".repeat(1_000_000) + "malware"));
        });
    }

    @Test
    void starsCannotMakeMatchingExplode() {
        Glob glob = new Glob(Bytes.latin1("*a".repeat(50) + "*b"));
        assertTimeout(Duration.ofSeconds(5), () -> assertFalse(glob.matches(Bytes.latin1("a".repeat(20_000)))));
    }
}
