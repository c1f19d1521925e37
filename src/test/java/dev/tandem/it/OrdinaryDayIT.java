package dev.tandem.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.it.DaemonRunner.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Detections have nothing to tell of a day on which nothing happens. */
class OrdinaryDayIT {
    private static final String SITE = DaemonRunner.CHECKOUT
            .resolve("src/test/resources/detections/office.zeek")
            .toString();

    @TempDir
    Path folder;

    private Run run(List<String> options, String... more) {
        List<String> args = new ArrayList<>(options);
        args.addAll(List.of("policy/detections", SITE));
        args.addAll(List.of(more));
        Run run = new DaemonRunner(folder).run(args.toArray(String[]::new));
        assertEquals(0, run.status(), run.err());
        assertEquals("", run.err());
        return run;
    }

    @Test
    void nothingIsToldOfADayOfAnOffice() {
        OrdinaryDay day = new OrdinaryDay(1);
        List<String> options = day.write(folder);
        assertTrue(day.backupsDuringLogins() > 0, "some backup must look like a second hop");
        Run run = run(options);
        assertEquals(List.of(), run.notices());
        // They had something to look at.
        LogFile conn = run.log("conn");
        assertTrue(conn.rows().size() > 2000, conn.rows().size() + " connections");
        long named = conn.rows().stream()
                .filter(row -> !row.get("orig_user").equals("-"))
                .count();
        assertTrue(
                named > 0.9 * conn.rows().size(), named + " of " + conn.rows().size() + " have a user");
        assertTrue(run.log("files").rows().stream()
                        .filter(row -> row.get("sha256").length() == 64)
                        .count()
                > 1000);
        // The same day tells of the agent when nobody allows its mirror, and of the service when nobody declares it.
        Run strict = run(
                options,
                "-e",
                "redef DownloadExecuted::allowed = {};"
                        + " redef ListeningService::declared_at = {}; redef ListeningService::control_ports = {};");
        List<String> told = strict.notices();
        assertEquals(
                4,
                told.stream()
                        .filter(row -> row.endsWith(
                                "downloaded from http://mirror.example.net/agent/agent-update (confirmed)"))
                        .count(),
                told::toString);
        assertTrue(told.stream().anyMatch(row -> row.contains("ana-desk listens on 45123/tcp")), told::toString);
        assertTrue(told.stream().anyMatch(row -> row.contains("mail listens on 587/tcp")), told::toString);
    }
}
