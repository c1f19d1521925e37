package dev.tandem.control.config;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One process that a prefix runs.
 *
 * @param count its number among those of its type, from 1
 * @param attributes all keys that node.cfg may have, empty where it says nothing
 */
public record Node(String name, NodeType type, int count, SortedMap<String, String> attributes) {
    public Node {
        attributes = new TreeMap<>(attributes);
    }

    public String host() {
        return attributes.getOrDefault("host", "localhost");
    }

    /** The interface to capture from; empty for none, several are separated by commas. */
    public String networkInterface() {
        return attributes.getOrDefault("interface", "");
    }

    /** How many engines of its process share the packets; 1 for one that does all. */
    public int shards() {
        String shards = get("shards");
        return shards.isEmpty() ? 1 : Integer.parseInt(shards);
    }

    public String get(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    /** Whether its host is this one, by whatever name or address. */
    public boolean isLocal() {
        return OwnHost.is(host());
    }

    /** Where others reach it. */
    public String address() {
        return OwnHost.isLoopback(host()) ? "127.0.0.1" : host();
    }

    /** As {@code tandemctl nodes} shows it. */
    public String description() {
        SortedMap<String, String> all = new TreeMap<>(attributes);
        all.put("addr", address());
        all.put("count", Integer.toString(count));
        all.put("name", name);
        all.put("type", type.word());
        StringBuilder text = new StringBuilder(String.format("%16s -", name));
        for (Map.Entry<String, String> e : all.entrySet()) {
            text.append(' ').append(e.getKey()).append('=').append(e.getValue());
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return name;
    }
}
