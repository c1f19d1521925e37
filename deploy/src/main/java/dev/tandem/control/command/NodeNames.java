package dev.tandem.control.command;

import dev.tandem.control.config.ConfigException;
import java.util.Iterator;
import java.util.List;

/** Names of nodes, for completion at the prompt. */
final class NodeNames implements Iterable<String> {
    private static final List<String> GROUPS = List.of("all", "loggers", "manager", "proxies", "workers");

    private static volatile List<String> names = GROUPS;

    NodeNames() {}

    /** Reads them for the completion from now on. */
    static void read(Session session) {
        try {
            names = session.open().nodes().names();
        } catch (ConfigException e) {
            names = GROUPS; // the next command will say what is wrong
        }
    }

    @Override
    public Iterator<String> iterator() {
        return names.iterator();
    }
}
