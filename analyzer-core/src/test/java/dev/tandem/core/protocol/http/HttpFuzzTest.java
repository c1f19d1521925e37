package dev.tandem.core.protocol.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever both sides say, the analyzer tells the same however it is cut into pieces, ends what it began, and has no fault. Ordinary runs try the seeds; {@code JAZZER_FUZZ=1} looks for more.
 */
class HttpFuzzTest {
    private static final int WHOLE = 1 << 20;
    private static final String FAULT = "conn_weird analyzer_fault";

    /** Stands between what one side says and what the other says. */
    private static final byte TURN = 1;

    /** A turn with this behind it is a gap of as many bytes as the next one says. */
    private static final byte GAP = 2;

    static Stream<byte[]> conversations() {
        String get = "GET /a%20b?c HTTP/1.1\r\nHost: example.org\r\nRange: bytes=1-2\r\n\r\n\u0001";
        return Stream.of(
                        get + "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/plain\r\n\r\nhello",
                        get + "HTTP/1.1 206 Partial\r\nContent-Range: bytes 1-2/9\r\nContent-Length: 2\r\n\r\nhe",
                        get + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nT: 1\r\n\r\n",
                        get + "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\u001f\u008b\u0008\u0000",
                        get + "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhe\u0001\u0001\u0002\u0004llo",
                        "POST / HTTP/1.1\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\nContent-Length: 60\r\n\r\n"
                                + "--b\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n--b--\r\n",
                        "CONNECT a:80 HTTP/1.1\r\n\r\n\u0001HTTP/1.0 200 OK\r\n\r\n\u0001GET / HTTP/0.9\r\n\r\n",
                        "HEAD / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"
                                + "\u0001HTTP/1.1 304 No\r\n\r\nHTTP/1.1 101 Yes\r\n\r\n\u0001?")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @MethodSource("conversations")
    @FuzzTest(maxDuration = "5m")
    void conversations(byte[] input) {
        List<String> told = told(new HttpTalk(WHOLE), input);
        assertEquals(told, told(new HttpTalk(1), input));
        assertEquals(told, told(new HttpTalk(7), input));
        assertEquals(
                count(told, "http_request ") + count(told, "http_reply "),
                count(told, "http_message_done "),
                told::toString);
        assertEquals(0, count(told, FAULT), told::toString);
        List<String> withFiles = told(new HttpTalk(WHOLE).withFiles(), input);
        assertEquals(0, count(withFiles, FAULT), withFiles::toString);
    }

    private static long count(List<String> told, String event) {
        return told.stream().filter(s -> s.startsWith(event)).count();
    }

    private static List<String> told(HttpTalk talk, byte[] input) {
        boolean client = true;
        int from = 0;
        for (int at = 0; at <= input.length; at++) {
            if (at < input.length && input[at] != TURN) {
                continue;
            }
            talk.send(client, Arrays.copyOfRange(input, from, at));
            client = !client;
            from = at + 1;
            if (at + 2 < input.length && input[at + 1] == GAP) {
                talk.gap(client, input[at + 2] & 0xff);
                at += 2;
                from = at + 1;
            }
        }
        return talk.end();
    }
}
