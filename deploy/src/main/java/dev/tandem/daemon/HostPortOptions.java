package dev.tandem.daemon;

import dev.tandem.core.value.Bytes;
import dev.tandem.hostprotocol.live.HostSettings;
import dev.tandem.script.pattern.Pattern;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.TableValue;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How the port of the hosts is wanted: what the command line says, and else what the scripts' {@code Hosts} module does.
 *
 * @param committedLogs by their paths
 * @param tokens of clients that publish and subscribe; null for a file of our own
 */
record HostPortOptions(
        HostSettings settings,
        Predicate<String> committedLogs,
        @Nullable Path tokens) {
    private static final double QUERY_TIMEOUT = 300;

    /**
     * Null when no port is wanted.
     *
     * @throws IOException when what is said makes no sense; the message is fit for the user
     */
    static @Nullable HostPortOptions of(RunOptions options, ScriptContext scripts) throws IOException {
        String listen = options.hostPort() == null ? text(scripts, "listen") : options.hostPort();
        if (listen.isEmpty()) {
            return null;
        }
        Path state = file(options.stateDirectory(), scripts, "state_dir");
        if (state == null) {
            throw new IOException(
                    "hosts need a directory for what outlives a run: give --state DIR or Hosts::state_dir");
        }
        HostSettings settings = new HostSettings(
                address(listen),
                state,
                secrets(scripts),
                file(options.enrollSecrets(), scripts, "enroll_secret_file"),
                file(options.tlsCertificate(), scripts, "tls_cert"),
                file(options.tlsKey(), scripts, "tls_key"),
                file(options.tlsClientAuthority(), scripts, "tls_client_ca"),
                Boolean.TRUE.equals(scripts.global("Hosts::prefix_groups")),
                osqueryOptions(scripts),
                PackOptions.packs(options, scripts),
                PackOptions.decorators(scripts),
                scripts.global("Hosts::query_timeout") instanceof Double seconds ? seconds : QUERY_TIMEOUT,
                scripts.global("Hosts::carve_limit") instanceof Long bytes ? bytes : 0);
        Predicate<String> committed = scripts.global("Hosts::committed_logs") instanceof Pattern pattern
                ? path -> pattern.foundIn(Bytes.of(path))
                : path -> false;
        return new HostPortOptions(settings, committed, file(null, scripts, "token_file"));
    }

    private static InetSocketAddress address(String listen) throws IOException {
        int colon = listen.lastIndexOf(':');
        String host = colon < 0 ? "" : listen.substring(0, colon);
        String port = listen.substring(colon + 1);
        if (host.isEmpty() || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
            throw new IOException(
                    "hosts cannot be listened for at " + listen + ": say ADDRESS:PORT, such as 0.0.0.0:8443");
        }
        boolean isBracketed = host.startsWith("[") && host.endsWith("]");
        InetSocketAddress address = new InetSocketAddress(
                isBracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
        if (address.isUnresolved()) {
            throw new IOException("hosts cannot be listened for at " + listen + ": no such address");
        }
        return address;
    }

    private static String text(ScriptContext scripts, String option) {
        return scripts.global("Hosts::" + option) instanceof Bytes text ? text.utf8() : "";
    }

    private static @Nullable Path file(@Nullable Path given, ScriptContext scripts, String option) {
        String text = text(scripts, option);
        return given != null ? given : text.isEmpty() ? null : Path.of(text);
    }

    private static Set<String> secrets(ScriptContext scripts) {
        Set<String> secrets = new HashSet<>();
        if (scripts.global("Hosts::enroll_secrets") instanceof TableValue set) {
            for (int e = set.nextEntry(-1); e >= 0; e = set.nextEntry(e)) {
                add(set.entryKey(e), secrets);
            }
        }
        return secrets;
    }

    private static void add(@Nullable Object key, Set<String> secrets) {
        if (key != null && TableValue.parts(key)[0] instanceof Bytes text) {
            secrets.add(text.utf8());
        }
    }

    private static Map<String, String> osqueryOptions(ScriptContext scripts) {
        Map<String, String> options = new HashMap<>();
        if (scripts.global("Hosts::osquery_options") instanceof TableValue table) {
            for (int e = table.nextEntry(-1); e >= 0; e = table.nextEntry(e)) {
                Object key = table.entryKey(e);
                if (key != null
                        && TableValue.parts(key)[0] instanceof Bytes name
                        && table.entryValue(e) instanceof Bytes value) {
                    options.put(name.utf8(), value.utf8());
                }
            }
        }
        return options;
    }
}
