package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.it.DaemonRunner.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was downloaded: http.log, files.log with hashes, the files themselves, and the service of the connection. */
class HttpFilesIT {
    private static final String BODY = "#!/bin/sh\necho downloaded\n";
    private static final String REQUEST = "GET /get/tool HTTP/1.1\r\nHost: files.example\r\nUser-Agent: it\r\n\r\n";
    private static final String REPLY = "HTTP/1.1 200 OK\r\nContent-Length: " + BODY.length()
            + "\r\nContent-Disposition: attachment; filename=\"tool.sh\"\r\n\r\n" + BODY;

    @TempDir
    Path folder;

    private Run download(int port, String... scripts) {
        Path trace = new TraceBuilder()
                .tcp(1700000000.25, "10.0.0.1", 40001, "10.0.0.2", port, REQUEST, REPLY)
                .pcap(folder.resolve("download.pcap"));
        String[] args = Stream.concat(Stream.of("-r", trace.toString()), Stream.of(scripts))
                .toArray(String[]::new);
        return new DaemonRunner(folder).run(args);
    }

    @Test
    void aDownloadIsLoggedHashedAndExtracted() throws IOException, NoSuchAlgorithmException {
        Run run = download(80, "frameworks/files/hash-all-files", "frameworks/files/extract-all-files");
        assertEquals(
                List.of("GET files.example /get/tool 200 OK " + BODY.length() + " tool.sh text/x-shellscript"),
                run.log("http")
                        .select(
                                "method",
                                "host",
                                "uri",
                                "status_code",
                                "status_msg",
                                "response_body_len",
                                "resp_filenames",
                                "resp_mime_types"));
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(BODY.getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                List.of("HTTP tool.sh text/x-shellscript F " + BODY.length() + " " + hash),
                run.log("files").select("source", "filename", "mime_type", "is_orig", "seen_bytes", "sha256"));
        assertEquals(List.of("http"), run.log("conn").select("service"));
        String extracted = run.log("files").select("extracted").getFirst();
        assertEquals(
                BODY, Files.readString(run.folder().resolve("extract_files").resolve(extracted)));
        assertEquals(run.log("http").select("resp_fuids"), run.log("files").select("fuid"));
    }

    @Test
    void httpIsFoundOnAnyPort() {
        Run run = download(40404);
        assertEquals(List.of("http"), run.log("conn").select("service"));
        assertEquals(List.of("/get/tool"), run.log("http").select("uri"));
    }

    @Test
    void extractionEndsAtItsLimit() throws IOException {
        Run run = download(80, "frameworks/files/extract-all-files", "FileExtract::default_limit=10");
        assertEquals(List.of("T 10"), run.log("files").select("extracted_cutoff", "extracted_size"));
        String extracted = run.log("files").select("extracted").getFirst();
        assertEquals(10, Files.size(run.folder().resolve("extract_files").resolve(extracted)));
    }

    @Test
    void anAnalyzerThatIsDisabledSeesNothing() {
        Run run = download(80, "Analyzer::disabled_analyzers+={Analyzer::ANALYZER_HTTP}");
        assertEquals(List.of("-"), run.log("conn").select("service"));
        assertTrue(Files.notExists(run.folder().resolve("http.log")));
    }
}
