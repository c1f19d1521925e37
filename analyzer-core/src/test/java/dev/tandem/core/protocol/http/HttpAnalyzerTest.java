package dev.tandem.core.protocol.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.connection.StreamMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class HttpAnalyzerTest {
    private static final int WHOLE = 1 << 20;
    private static final String GET = "GET /a%20b HTTP/1.1\r\nHost: example.org\r\n\r\n";

    private static List<String> of(List<String> said, String begin) {
        return said.stream().filter(s -> s.startsWith(begin)).toList();
    }

    /** The same conversation whole and byte by byte; returns what was told. */
    private static List<String> both(Function<HttpTalk, HttpTalk> conversation) {
        List<String> whole = conversation.apply(new HttpTalk(WHOLE)).end();
        assertEquals(whole, conversation.apply(new HttpTalk(1)).end());
        assertEquals(whole, conversation.apply(new HttpTalk(7)).end());
        return whole;
    }

    @Test
    void pipelinedRequestsHaveTheirRepliesInOrder() {
        List<String> said = both(talk -> talk.client(
                        GET + "HEAD /x HTTP/1.1\r\n\r\n" + "POST /y HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc")
                .server("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
                .server("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n")
                .server("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));
        assertEquals(
                List.of(
                        "http_request GET /a%20b /a b 1.1",
                        "http_request HEAD /x /x 1.1", "http_request POST /y /y 1.1"),
                of(said, "http_request"));
        assertEquals(
                List.of(
                        "http_reply 1.1 200 OK",
                        "http_reply 1.1 200 OK",
                        "http_reply 1.1 100 Continue",
                        "http_reply 1.1 404 Not Found"),
                of(said, "http_reply"));
        assertEquals(List.of("data abc", "data hello"), of(said, "data"));
        assertEquals(7, of(said, "http_message_done").size());
        assertTrue(of(said, "conn_weird").isEmpty(), said.toString());
        assertEquals(1, of(said, "analyzer_confirmation_info").size());
    }

    @Test
    void chunksAreJoined() {
        List<String> said = both(talk -> talk.client(GET)
                .server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "5\r\nhello\r\n7;x=y\r\n, world\r\n0\r\nTrailer: 1\r\n\r\n"));
        assertEquals(List.of("data hello, world"), of(said, "data"));
        assertTrue(said.contains("http_message_done false interrupted false body 12 gap 0 header 51"), said.toString());
    }

    @Test
    void codedBodiesAreDecoded() {
        String text = "compressed text ".repeat(500);
        byte[] plain = text.getBytes(StandardCharsets.ISO_8859_1);
        for (String coding : new String[] {"gzip", "deflate"}) {
            byte[] coded = coded(coding, plain);
            List<String> said = both(talk -> talk.client(GET)
                    .server("HTTP/1.1 200 OK\r\nContent-Encoding: " + coding + "\r\nContent-Length: " + coded.length
                            + "\r\n\r\n")
                    .send(false, coded));
            assertEquals(List.of("data " + text), of(said, "data"));
        }
    }

    @Test
    void aBodyThatCannotBeDecodedIsToldOnce() {
        // Broken in its first two bytes (no such kind of block, no such window), and behind them.
        for (String body : new String[] {"\u00ff\u00ffmore", "\u0088\u001cmore", "\u0078\u009c\u00ff\u00ff\u00ffm"}) {
            List<String> said = both(talk -> talk.client(GET)
                    .server("HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\nContent-Length: 6\r\n\r\n" + body));
            assertEquals(1, of(said, "conn_weird inflate_failed").size(), said.toString());
            assertTrue(of(said, "data").isEmpty(), said.toString());
        }
    }

    private static byte[] coded(String coding, byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream zip =
                coding.equals("gzip") ? new GZIPOutputStream(out) : new DeflaterOutputStream(out)) {
            zip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Test
    void partsOfAMultipartAreEntities() {
        String body = "--b\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\none\r\ntwo\r\n"
                + "--b\r\nContent-Type: text/html\r\n\r\n<p>\r\n--b--\r\n";
        List<String> said =
                both(talk -> talk.client("POST / HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body));
        assertEquals(List.of("data one\r\ntwo", "data <p>"), of(said, "data"));
        assertEquals(3, of(said, "http_begin_entity").size());
        assertEquals(
                List.of(
                        "http_content_type true MULTIPART FORM-DATA",
                        "http_content_type true TEXT PLAIN",
                        "http_content_type true TEXT HTML"),
                of(said, "http_content_type"));
    }

    @Test
    void aProxysTunnelIsLookedIntoAgain() {
        List<String> said = both(talk -> talk.client("CONNECT example.org:80 HTTP/1.1\r\n\r\n")
                .server("HTTP/1.1 200 OK\r\n\r\n")
                .client("GET /inside HTTP/1.1\r\n\r\n")
                .server("HTTP/1.1 204 No\r\n\r\n"));
        assertTrue(said.contains("http_request GET /inside /inside 1.1"), said.toString());
        assertTrue(said.contains("http_reply 1.1 204 No"), said.toString());
    }

    @Test
    void aBodyGoesOnAfterAGapInIt() {
        HttpTalk talk = new HttpTalk(WHOLE).withFiles();
        List<String> said = talk.client(GET)
                .server("HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n" + "x".repeat(10))
                .serverGap(15)
                .server("y".repeat(5) + "HTTP/1.1 500 Late\r\nContent-Length: 0\r\n\r\n")
                .end();
        assertTrue(
                said.contains("http_message_done false interrupted false body 30 gap 15 header 33"), said.toString());
        assertTrue(said.contains("http_reply 1.1 500 Late"), said.toString());
        assertEquals(List.of("file_gap 10 15"), of(said, "file_gap"));
        assertTrue(of(said, "file_hash").isEmpty(), "a file with a hole has no hash");
    }

    @Test
    void aGapInHeadersEndsThatSide() {
        List<String> said = new HttpTalk(WHOLE)
                .client(GET)
                .server("HTTP/1.1 200 OK\r\nContent-Le")
                .serverGap(4)
                .server("th: 5\r\n\r\nhello")
                .end();
        assertTrue(of(said, "data").isEmpty());
        assertTrue(of(said, "http_message_done false interrupted true").size() == 1, said.toString());
    }

    @Test
    void aBodyIsAFileWithAHash() throws NoSuchAlgorithmException {
        String body = "file content";
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.ISO_8859_1)));
        for (int piece : new int[] {1, 5, WHOLE}) {
            List<String> said = new HttpTalk(piece)
                    .withFiles()
                    .client(GET)
                    .server("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n" + body)
                    .end();
            assertEquals(List.of("file_new"), of(said, "file_new"));
            assertEquals(List.of("file_hash sha256 " + hash), of(said, "file_hash"));
            assertEquals(1, of(said, "file_state_remove").size());
        }
    }

    @Test
    void httpIsFoundOnAnyPort() {
        HttpTalk talk = new HttpTalk(WHOLE, 4711);
        assertTrue(talk.isAnalyzed());
        List<String> said = talk.client(GET).server("HTTP/1.1 204 No\r\n\r\n").end();
        assertEquals(1, of(said, "http_request").size());
        assertEquals(1, of(said, "http_reply").size());
        List<String> other = new HttpTalk(WHOLE, 4711)
                .client("SSH-2.0-x\r\n")
                .server("SSH-2.0-y\r\n")
                .end();
        assertTrue(of(other, "http_").isEmpty(), other.toString());
    }

    @Test
    void otherProtocolsAreViolations() {
        List<String> said =
                new HttpTalk(WHOLE).client("\u0016\u0003\u0001\u0000 what\r\n").end();
        assertEquals(1, of(said, "analyzer_violation_info").size());
        assertTrue(said.stream().anyMatch(s -> s.contains("bad_HTTP_request")), said.toString());
    }

    @Test
    void whateverComesNothingIsThrown() {
        String good =
                GET + "POST /y HTTP/1.1\r\nContent-Type: multipart/mixed; boundary=b\r\nContent-Length: 40\r\n\r\n"
                        + "--b\r\nContent-Transfer-Encoding: base64\r\n\r\nYWJj\r\n--b--\r\n";
        String answer = "HTTP/1.1 206 Part\r\n"
                + "Content-Range: bytes 0-9/20\r\n"
                + "Content-Length: 10\r\n\r\n"
                + "0123456789HTTP/1.1 200 OK\r\n"
                + "Transfer-Encoding: chunked\r\n"
                + "Content-Encoding: gzip\r\n\r\n"
                + "5\r\n"
                + "\u001f\u008b\b\u0000\u0000\r\n"
                + "0\r\n\r\n";
        Random random = new Random(1);
        for (int round = 0; round < 800; round++) {
            HttpTalk talk = new HttpTalk(1 + random.nextInt(60)).withFiles();
            talk.send(true, mutated(good, random));
            talk.send(false, mutated(answer, random));
            if (random.nextInt(4) == 0) {
                talk.serverGap(1 + random.nextInt(40));
                talk.send(false, mutated(answer, random));
            }
            List<String> said = talk.end();
            assertFalse(said.stream().anyMatch(s -> s.contains("analyzer_fault")), said.toString());
        }
    }

    private static byte[] mutated(String text, Random random) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int n = random.nextInt(6); n > 0; n--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        int cut = random.nextInt(3) == 0 ? random.nextInt(bytes.length) : bytes.length;
        return Arrays.copyOf(bytes, cut);
    }

    @Test
    void linesWithoutAnEndCountAsMemoryOfStreams() {
        HttpTalk talk = new HttpTalk(1000);
        StreamMemory memory = talk.shard.tracker.streamMemory();
        talk.client("GET /" + "x".repeat(500_000));
        talk.server("HTTP/1.1 200 " + "y".repeat(500_000));
        assertTrue(memory.bytes() >= 1_000_000, memory.bytes() + " bytes");
        talk.client(" HTTP/1.1\r\n\r\n");
        assertTrue(memory.bytes() < 1_000_000, memory.bytes() + " bytes after a line has ended");
        talk.end();
        assertEquals(0, memory.bytes());
    }

    @Test
    void aSideThatIsNoHttpIsNotCutIntoLines() {
        HttpTalk talk = new HttpTalk(WHOLE);
        talk.client("\u0001 no request\r\n").client("z".repeat(100_000));
        assertEquals(0, talk.shard.tracker.streamMemory().bytes());
    }

    @Test
    void replyToARequestFarBehindIsStillOne() {
        UnansweredRequests unanswered = new UnansweredRequests();
        for (int i = 0; i <= 2 * UnansweredRequests.KNOWN; i++) {
            unanswered.add(i % 2 == 0);
        }
        for (int i = 0; i <= 2 * UnansweredRequests.KNOWN; i++) {
            assertFalse(unanswered.isEmpty());
            assertEquals(i < UnansweredRequests.KNOWN && i % 2 == 0, unanswered.firstIsHead());
            unanswered.removeFirst();
        }
        assertTrue(unanswered.isEmpty());
        unanswered.removeFirst();
        assertEquals(0, unanswered.size());
    }
}
