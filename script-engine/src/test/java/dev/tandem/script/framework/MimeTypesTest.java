package dev.tandem.script.framework;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.core.value.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MimeTypesTest {
    private final MimeTypes types = new MimeTypes();

    private static Bytes bytes(String escaped) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < escaped.length(); i++) {
            if (escaped.startsWith("\\x", i)) {
                out.append((char) Integer.parseInt(escaped.substring(i + 2, i + 4), 16));
                i += 3;
            } else {
                out.append(escaped.charAt(i));
            }
        }
        return Bytes.latin1(out.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "This is a test ~ text/plain",
                "<!DOCTYPE html><html> ~ text/html",
                "#!/usr/bin/env bash and more ~ text/x-shellscript",
                "{\"a\": 1, \"b\": 2} ~ text/json",
                "\\x89PNG\\x0d\\x0a\\x1a\\x0a ~ image/png",
                "GIF89a ~ image/gif",
                "%PDF-1.7 ~ application/pdf",
                "PK\\x03\\x04\\x0a\\x00\\x00\\x00 ~ application/zip",
                "MZ\\x90\\x00\\x03 ~ application/x-dosexec",
                "\\x1f\\x8b\\x08 ~ application/x-gzip",
                "\\xca\\xfe\\xba\\xbe\\x00\\x00\\x00\\x34 ~ application/x-java-applet",
                "\\xd4\\xc3\\xb2\\xa1 ~ application/vnd.tcpdump.pcap",
            })
    void theSurestKindComesFirst(String begin, String type) {
        assertEquals(type, types.of(bytes(begin)).getFirst().type());
    }

    @Test
    void unknownBytesAreOfNoKind() {
        assertEquals(List.of(), types.of(Bytes.latin1("\u0001\u0002\u0003")));
        assertEquals(List.of(), types.of(Bytes.EMPTY));
    }

    @Test
    void whatOneFileWasDoesNotStickToTheNext() {
        types.of(bytes("GIF89a"));
        assertEquals(1, types.of(bytes("%PDF-1.7")).size());
    }
}
