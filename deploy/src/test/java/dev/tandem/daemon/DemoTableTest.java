package dev.tandem.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoTableTest {
    private static final String HEADER =
            "#separator \\x09\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p"
                    + "\tproto\tservice\torig_bytes\tresp_bytes\tconn_state\torig_user\torig_path\tresp_user\tresp_path\n"
                    + "#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring\tcount\tcount\tstring\tstring\tstring\tstring"
                    + "\tstring\n";

    @TempDir
    Path folder;

    private List<String> table(String... rows) throws IOException {
        Path log = folder.resolve("conn.log");
        Files.writeString(log, HEADER + String.join("\n", rows) + "\n#close\t2026-11-24-00-00-00\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new DemoTable(TsvLog.read(log)).print(new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void showsWhoWasAtEachEnd() throws IOException {
        List<String> lines = table("1795487878.25\tCa\t10.1.1.1\t4000\tfd00::20\t80\ttcp\thttp\t10\t32\tSF\talice"
                + "\t/usr/bin/wget\tdeploy\t/usr/sbin/nginx");
        assertEquals(
                "TIME (UTC)   N PROTO ORIGINATOR    WHO        RESPONDER     WHO          SERVICE BYTES STATE",
                lines.get(0));
        assertEquals(
                "02:37:58.250 1 tcp   10.1.1.1:4000 alice wget [fd00::20]:80 deploy nginx http       42 SF",
                lines.get(1));
        assertEquals(
                "1 connections, 1 of them attributed: 1 originator ends, 1 responder ends",
                lines.get(lines.size() - 1));
    }

    @Test
    void connectionsThatDifferInThePortOnlyAreOneLineAtTheTimeOfTheFirst() throws IOException {
        String rest = "\t10.1.1.2\t80\ttcp\t-\t1\t-\tSF\tbob\t/usr/bin/curl\t-\t-";
        List<String> lines = table(
                "1795487879.0\tCb\t10.1.1.1\t4001" + rest,
                "1795487878.0\tCa\t10.1.1.1\t4000" + rest,
                "1795487880.0\tCc\t10.1.1.1\t4002" + rest.replace("bob", "-").replace("/usr/bin/curl", "-"));
        assertTrue(lines.get(1).startsWith("02:37:58.000 2 tcp   10.1.1.1:* bob curl 10.1.1.2:80"), lines.get(1));
        assertEquals("", lines.get(2));
        assertEquals(
                "3 connections, 2 of them attributed: 2 originator ends, 0 responder ends",
                lines.get(lines.size() - 1));
    }

    @Test
    void linesStayWithin120Columns() throws IOException {
        String name = "a-user-with-a-name-that-goes-on-and-on-for-so-long-that-it-cannot-be-shown";
        List<String> lines = table("1795487878.25\tCa\tfd00:10:10::1111\t40000\tfd00:10:10::2222\t80\ttcp\thttp\t10\t32"
                + "\tSF\t" + name + "\t/usr/bin/wget\t" + name + "\t/usr/sbin/nginx");
        assertTrue(lines.get(1).length() <= 120, lines.get(1));
        assertTrue(lines.get(1).contains("a-user-with-a-~"), lines.get(1));
        assertTrue(lines.get(1).endsWith("SF"), lines.get(1));
    }
}
