package dev.tandem.cut;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CutCommandTest {
    private static final String LOG = """
        #separator \\x09
        #set_separator\t,
        #empty_field\t(empty)
        #unset_field\t-
        #path\ttest
        #fields\tts\tid.orig_h\ttimes\tname
        #types\ttime\taddr\tset[time]\tstring
        1526572800.123456\t10.0.0.1\t0.000000,1.500000\tä
        -\t10.0.0.2\t-\t\\x09
        """;

    @TempDir
    private Path folder;

    private record Cut(boolean ok, String out, String err) {}

    private static Cut cut(byte[] in, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        boolean ok;
        try (PrintStream o = new PrintStream(out, false, StandardCharsets.ISO_8859_1);
                PrintStream e = new PrintStream(err, false, StandardCharsets.UTF_8)) {
            ok = CutCommand.run(new ByteArrayInputStream(in), o, e, args);
        }
        return new Cut(ok, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static String out(String... args) {
        Cut cut = cut(LOG.getBytes(StandardCharsets.UTF_8), args);
        assertTrue(cut.ok, cut.err);
        return cut.out;
    }

    @Test
    void columnsComeInTheOrderAskedFor() {
        assertEquals("ä\t10.0.0.1\n\\x09\t10.0.0.2\n", out("name", "id.orig_h"));
    }

    @Test
    void unknownColumnsAreEmpty() {
        assertEquals("\tä\n\t\\x09\n", out("nothing", "name"));
    }

    @Test
    void allColumnsAreThereUnlessSomeAreNamedOrExcluded() {
        assertEquals(2, out().lines().count());
        assertEquals("10.0.0.1\tä\n10.0.0.2\t\\x09\n", out("-n", "ts", "times"));
    }

    @Test
    void timesBecomeReadable() {
        assertEquals("2018-05-17T16:00:00+0000\n-\n", out("-u", "ts"));
        assertEquals("17.05. 16h 1526572800%\n-\n", out("-U", "%d.%m. %Hh %s%%", "ts"));
        assertEquals("1970-01-01T00:00:00+0000,1970-01-01T00:00:01+0000\n-\n", out("-u", "times"));
    }

    @Test
    void headersGoByWhatIsPrinted() {
        assertEquals(
                """
                #separator \\x09
                #set_separator\t,
                #empty_field\t(empty)
                #unset_field\t-
                #path\ttest
                #fields\tname\tts
                #types\tstring\tstring
                """,
                String.join("\n", out("-c", "-u", "name", "ts").lines().limit(7).toList()) + "\n");
        assertEquals("name\nä\n\\x09\n", out("-m", "name"));
        assertEquals(
                "name,ts\n",
                out("-F", ",", "-m", "name", "ts").lines().findFirst().orElse("") + "\n");
    }

    @Test
    void severalLogsMayHaveSeveralHeaders() {
        byte[] two = (LOG + LOG.replace("\tname", "\tother")).getBytes(StandardCharsets.UTF_8);
        assertEquals("ä\n\\x09\n\n\n", cut(two, "name").out);
        assertEquals(
                1, cut(two, "-M", "name").out.lines().filter("name"::equals).count());
    }

    @Test
    void archivesAreReadAsTheyAre() throws IOException {
        byte[] plain = LOG.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(gzip)) {
            stream.write(plain);
        }
        assertEquals("ä\n\\x09\n", cut(gzip.toByteArray(), "name").out);
        Path file = folder.resolve("conn.log.zst");
        Files.write(file, Zstd.compress(plain));
        assertEquals("ä\n\\x09\n", cut(new byte[0], "name", file.toString()).out);
        byte[] half = java.util.Arrays.copyOf(gzip.toByteArray(), gzip.size() - 12);
        Cut cut = cut(half, "name");
        assertFalse(cut.ok);
        assertTrue(cut.err.contains("ends in the middle"), cut.err);
    }

    @Test
    void whatIsNoLogIsSaid() {
        Cut cut = cut("{\"ts\":1}\n".getBytes(StandardCharsets.UTF_8), "ts");
        assertFalse(cut.ok);
        assertTrue(cut.err.contains("is it a log in JSON?"), cut.err);
        assertTrue(cut(new byte[0], "ts").ok);
    }
}
