package dev.tandem.hostprotocol.result;

import dev.tandem.core.host.HostEvent;
import dev.tandem.core.host.HostQuery;
import dev.tandem.core.host.QueryTarget;
import dev.tandem.core.host.UpdateType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A recording written line by line, and what replaying it delivers, as text. */
final class Replay implements AutoCloseable {
    static final QueryTarget EVERYONE = new QueryTarget.Everyone();

    final List<String> complaints = new ArrayList<>();
    final List<HostEvent> events = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final Path folder;
    private @Nullable RecordedHosts hosts;

    Replay(Path folder) {
        this.folder = folder;
    }

    /** @param row {@code column=value} texts */
    Replay added(double time, String host, String query, String... row) {
        return line(time, host, query, columns(row) + ",'action':'added'");
    }

    Replay removed(double time, String host, String query, String... row) {
        return line(time, host, query, columns(row) + ",'action':'removed'");
    }

    Replay line(double time, String host, String query, String rest) {
        return raw("{'name':'" + query + "','hostIdentifier':'" + host + "','unixTime':" + time + "," + rest + "}");
    }

    Replay raw(String line) {
        lines.add(line.replace('\'', '"'));
        return this;
    }

    static String columns(String... row) {
        return "'columns':" + object(row);
    }

    static String object(String... row) {
        List<String> members = new ArrayList<>();
        for (String cell : row) {
            int at = cell.indexOf('=');
            members.add("'" + cell.substring(0, at) + "':'" + cell.substring(at + 1) + "'");
        }
        return "{" + String.join(",", members) + "}";
    }

    RecordedHosts open() {
        return open(null);
    }

    RecordedHosts open(@Nullable List<String> arrivals) {
        try {
            Path results = Files.write(folder.resolve("r.ndjson"), lines);
            Path times = arrivals == null ? null : Files.write(folder.resolve("r.arrival"), arrivals);
            return hosts = RecordedHosts.open(results, times, complaints::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RecordedHosts hosts() {
        return hosts == null ? open() : hosts;
    }

    /** Subscribes with an event named {@code e}. */
    Replay subscribe(String sql, UpdateType updates) {
        hosts().subscribe(query("e", sql, updates), EVERYONE);
        return this;
    }

    static HostQuery query(String event, String sql, UpdateType updates) {
        return new HostQuery(event, sql, updates, 10, "", "");
    }

    /** What is delivered up to that time. */
    List<String> until(double time) {
        List<HostEvent> got = new ArrayList<>();
        hosts().poll(time, got::add);
        return texts(got);
    }

    List<String> rest() {
        List<HostEvent> got = new ArrayList<>();
        hosts().drain(got::add);
        return texts(got);
    }

    private List<String> texts(List<HostEvent> got) {
        events.addAll(got);
        return got.stream().map(Replay::text).toList();
    }

    private static String text(HostEvent event) {
        return switch (event) {
            case HostEvent.HeardFrom h -> h.hostId() + " heard from " + h.address();
            case HostEvent.Connected c -> c.hostId() + " connected";
            case HostEvent.Disconnected d -> d.hostId() + " disconnected";
            case HostEvent.Status s -> s.hostId() + " says " + s.message();
            case HostEvent.Row r -> r.hostId() + " " + r.query().event() + " " + r.update() + " " + r.values();
            case HostEvent.PackRow r -> r.hostId() + " " + r.pack() + " " + r.query() + " " + r.values();
            case HostEvent.Finished f ->
                f.hostId() + " " + f.query().event() + " finished " + f.rows() + " " + f.error();
        };
    }

    /** The last row delivered. */
    HostEvent.Row lastRow() {
        return (HostEvent.Row) events.getLast();
    }

    @Override
    public void close() {
        if (hosts != null) {
            hosts.close();
        }
    }
}
