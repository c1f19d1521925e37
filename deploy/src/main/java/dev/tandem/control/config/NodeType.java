package dev.tandem.control.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a node does, in the order in which nodes are listed and started. */
public enum NodeType {
    LOGGER,
    MANAGER,
    PROXY,
    WORKER,
    STANDALONE;

    /** As node.cfg has it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The group of all such nodes. */
    public String plural() {
        return this == PROXY ? "proxies" : word() + "s";
    }

    static @Nullable NodeType of(String word) {
        for (NodeType type : values()) {
            if (type.word().equals(word.toLowerCase(Locale.ROOT))) {
                return type;
            }
        }
        return null;
    }
}
