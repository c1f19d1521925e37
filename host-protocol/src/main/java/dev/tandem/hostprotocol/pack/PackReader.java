package dev.tandem.hostprotocol.pack;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one pack and checks what osquery would silently leave out: a query without text or interval, a platform that is none.
 * Comments and lines continued by a backslash are taken as osquery takes them ({@code config/config.cpp}, {@code packs.cpp}).
 */
final class PackReader {
    static final String QUERIES = "queries";

    private static final long LONGEST_INTERVAL = 604_800;
    private static final int DEEPEST = 30;

    private static final JsonMapper JSON = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_YAML_COMMENTS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** What a pack may have besides queries: other parts of the configuration, which osquery takes out of packs too. */
    private static final Set<String> PARTS = Set.of(
            "file_paths",
            "file_accesses",
            "file_paths_query",
            "exclude_paths",
            "decorators",
            "events",
            "views",
            "yara",
            "auto_table_construction",
            "prometheus_targets");

    /** By their names, the systems that osquery compares {@code platform} with, and those it takes for Linux. */
    private static final Set<String> PLATFORMS =
            Set.of("all", "any", "null", "posix", "linux", "darwin", "windows", "freebsd", "ubuntu", "centos");

    private static final Set<String> FLAGS = Set.of("snapshot", "removed", "denylist", "blacklist");
    private static final Set<String> TEXTS = Set.of("description", "value");

    private final PackFile source;
    private final PackFile.SqlCheck sql;
    private final List<String> faults;
    private final Consumer<String> notes;

    /** @param faults gets what is wrong, with place and cure */
    PackReader(PackFile source, PackFile.SqlCheck sql, List<String> faults, Consumer<String> notes) {
        this.source = source;
        this.sql = sql;
        this.faults = faults;
        this.notes = notes;
    }

    /** Null when it is no pack at all. */
    @Nullable
    QueryPack read(String text) {
        JsonNode tree;
        try {
            tree = JSON.readTree(text.replace("\\\r\n", "").replace("\\\n", ""));
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String place = at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr();
            faults.add(source.file() + place + ": not JSON: " + e.getOriginalMessage());
            return null;
        }
        if (!(tree instanceof ObjectNode document)) {
            faults.add(source.file() + ": a pack is a JSON object with \"queries\": give that");
            return null;
        }
        members(document);
        return new QueryPack(source.name(), source.groups(), document);
    }

    private void members(ObjectNode document) {
        boolean hasParts = false;
        for (Map.Entry<String, JsonNode> member : List.copyOf(document.properties())) {
            String name = member.getKey();
            JsonNode value = member.getValue();
            switch (name) {
                case "platform" -> platform("", value);
                case "version" -> version("", value);
                case "shard" -> shard("", value);
                case "discovery" -> discovery(value);
                case QUERIES -> queries(value);
                default -> {
                    if (PARTS.contains(name)) {
                        hasParts = true;
                    } else {
                        leaveOut(document, "", name);
                    }
                }
            }
        }
        if (!document.has(QUERIES)) {
            if (!hasParts) {
                fault("", "has no \"queries\": give an object with a query for each name");
            }
            document.putObject(QUERIES);
        }
    }

    private void queries(JsonNode queries) {
        if (!queries.isObject()) {
            fault("", "\"queries\" is not an object: give one with a query for each name");
            return;
        }
        queries.properties().forEach(entry -> {
            String place = "query " + entry.getKey() + ": ";
            if (entry.getKey().isBlank()) {
                fault(place, "has no name: give it one");
            } else if (entry.getValue() instanceof ObjectNode query) {
                query(place, query);
            } else {
                fault(place, "is not an object: give {\"query\": \"SELECT ...\", \"interval\": SECONDS}");
            }
        });
    }

    private void query(String place, ObjectNode query) {
        sql(place, query.path("query"));
        number(place, "interval", query.path("interval"), LONGEST_INTERVAL);
        List<String> strange = new ArrayList<>();
        query.properties().forEach(member -> {
            String name = member.getKey();
            JsonNode value = member.getValue();
            switch (name) {
                case "query", "interval" -> {}
                case "platform" -> platform(place, value);
                case "version" -> version(place, value);
                case "shard" -> shard(place, value);
                default -> {
                    if (FLAGS.contains(name)) {
                        if (!value.isBoolean()) {
                            fault(place, "\"" + name + "\" is " + value + ": say true or false");
                        }
                    } else if (!TEXTS.contains(name)) {
                        strange.add(name);
                    }
                }
            }
        });
        strange.forEach(name -> leaveOut(query, place, name));
    }

    private void leaveOut(ObjectNode from, String place, String member) {
        from.remove(member);
        notes.accept(
                source.file() + ": " + place + "\"" + member + "\" is nothing that osquery knows, and is left out");
    }

    private void sql(String place, JsonNode query) {
        if (!query.isTextual() || query.textValue().isBlank()) {
            fault(place, "has no \"query\": give its SQL");
            return;
        }
        String error = sql.error(query.textValue());
        if (error != null) {
            fault(place, error + ": correct the SQL");
        }
    }

    private void discovery(JsonNode queries) {
        if (!queries.isArray()) {
            fault("", "\"discovery\" is not a list: give the queries in [ ]");
            return;
        }
        queries.forEach(query -> sql("discovery: ", query));
    }

    private void platform(String place, JsonNode platform) {
        if (!platform.isTextual()) {
            fault(place, "\"platform\" is " + platform + ": give text, such as \"linux,darwin\"");
            return;
        }
        for (String system : platform.textValue().strip().split("[\\s,:]+")) {
            if (!system.isEmpty() && !PLATFORMS.contains(system)) {
                fault(
                        place,
                        "platform \"" + system + "\" is none that osquery knows: say posix, linux, darwin, windows,"
                                + " freebsd or all");
            }
        }
    }

    private void version(String place, JsonNode version) {
        if (!version.isTextual() || !version.textValue().strip().matches("[0-9]+(\\.[0-9]+)*")) {
            fault(place, "\"version\" is " + version + ": give the oldest osquery that will do, such as \"5.0.1\"");
        }
    }

    private void shard(String place, JsonNode shard) {
        number(place, "shard", shard, 100);
    }

    /** Numbers may be text, as osquery takes them. */
    private void number(String place, String name, JsonNode value, long most) {
        long number = value.isIntegralNumber() || value.isTextual() ? value.asLong(0) : 0;
        if (number < 1 || number > most) {
            fault(
                    place,
                    (value.isMissingNode() ? "has no \"" + name + "\"" : "\"" + name + "\" is " + value)
                            + ": give a number from 1 to " + most);
        }
    }

    private void fault(String place, String what) {
        faults.add(source.file() + ": " + place + what);
    }
}
