package dev.tandem.hostprotocol.result;

import java.util.List;
import java.util.Locale;

/** Names of tables and columns: SQL does not tell their cases apart. */
final class Names {
    private Names() {}

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    static List<String> lower(List<String> names) {
        return names.stream().map(Names::lower).toList();
    }
}
