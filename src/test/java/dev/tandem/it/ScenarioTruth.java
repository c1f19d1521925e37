package dev.tandem.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who was behind each connection of a made-up network, one a line, as the recorded scenarios write it. */
final class ScenarioTruth {
    private static final String COLUMNS = "proto\tsrc\tsport\tdst\tdport\tstart\tend\tstate\torig_bytes\tresp_bytes"
            + "\tinit_host\tinit_uuid\tinit_pid\tinit_path\tinit_cmdline\tinit_uid\tinit_user\tinit_how"
            + "\tresp_host\tresp_uuid\tresp_pid\tresp_path\tresp_cmdline\tresp_uid\tresp_user\tresp_how";

    /** An end of a connection and who is there. */
    record End(ScenarioHost host, ScenarioHost.Process process) {}

    private record Line(double at, String text) {}

    private final double seconds;
    private final List<Line> lines = new ArrayList<>();

    /** @param seconds that every connection lasts */
    ScenarioTruth(double seconds) {
        this.seconds = seconds;
    }

    /** @param responder null for one that is not monitored */
    void add(
            String proto,
            double at,
            String from,
            int fromPort,
            String to,
            int toPort,
            End originator,
            @Nullable End responder) {
        lines.add(new Line(
                at,
                String.join(
                        "\t",
                        proto,
                        from,
                        "" + fromPort,
                        to,
                        "" + toPort,
                        String.format(Locale.ROOT, "%.6f", at),
                        String.format(Locale.ROOT, "%.6f", at + seconds),
                        "closed\t8\t6",
                        text(originator),
                        text(responder))));
    }

    private static String text(@Nullable End end) {
        if (end == null) {
            return "outside\t-\t-\t-\t-\t-\t-\t-";
        }
        ScenarioHost.Process p = end.process();
        return String.join(
                "\t",
                end.host().name,
                end.host().uuid,
                "" + p.pid(),
                p.path(),
                p.cmdline(),
                "" + p.uid(),
                end.host().userName(p.uid()),
                "made");
    }

    /** Writes {@code capture.pcap}, {@code osquery.ndjson}, {@code osquery.arrival} and {@code truth.tsv}. */
    void write(Path folder, TraceBuilder trace, HostRecording recording) {
        List<String> truth = new ArrayList<>();
        truth.add(COLUMNS);
        lines.stream()
                .sorted(Comparator.comparingDouble(Line::at))
                .map(Line::text)
                .forEach(truth::add);
        try {
            trace.inOrder().pcap(folder.resolve("capture.pcap"));
            Files.write(folder.resolve("truth.tsv"), truth);
            recording.inOrder().write(folder);
            Files.move(folder.resolve("hosts.ndjson"), folder.resolve("osquery.ndjson"));
            Files.move(folder.resolve("hosts.arrival"), folder.resolve("osquery.arrival"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
