package dev.tandem.hostprotocol.result;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.tandem.hostprotocol.result.ResultLine.Content;
import dev.tandem.hostprotocol.result.ResultLine.Parsed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads result lines. Strict about what it needs and its types, deaf to keys it does not know. Numbers may be strings
 * and the reverse, as osquery's versions and flags have it. Never throws for what a line holds. One thread; equal texts
 * and column lists of the lines it has read share memory.
 */
public final class ResultLineParser {
    private static final int MOST_SHARED = 1 << 16;
    private static final int LONGEST_SHARED = 128;
    private static final int MOST_SHAPES = 4096;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxStringLength(16 << 20)
                    .maxNumberLength(400)
                    .build())
            .build();

    private final Map<String, String> texts = new HashMap<>();
    private final Map<List<String>, List<String>> shapes = new HashMap<>();

    /** Why a line is no result line. */
    private static final class Refusal extends IOException {
        Refusal(String reason) {
            super(reason);
        }
    }

    /** What has been found of a line so far. */
    private static final class Draft {
        @Nullable
        String name;

        @Nullable
        String hostId;

        @Nullable
        String action;

        double unixTime = Double.NaN;
        long epoch;
        long counter;
        boolean severity;

        @Nullable
        ResultRow columns;

        @Nullable
        List<ResultRow> snapshot;

        Content.@Nullable Difference difference;
        Map<String, String> decorations = Map.of();

        void decorate(String key, String value) {
            if (decorations.isEmpty()) {
                decorations = new LinkedHashMap<>();
            }
            decorations.put(key, value);
        }
    }

    /** @param line one JSON object, without its line end */
    public Parsed parse(String line) {
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return new Parsed.Refused("not a JSON object");
            }
            Draft draft = new Draft();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                take(json, json.currentName(), draft);
            }
            if (json.nextToken() != null) {
                return new Parsed.Refused("more than one JSON object");
            }
            return new Parsed.Accepted(finish(draft));
        } catch (JsonProcessingException e) {
            return new Parsed.Refused("not JSON: " + firstLine(e.getOriginalMessage()));
        } catch (IOException e) {
            return new Parsed.Refused(firstLine(String.valueOf(e.getMessage())));
        }
    }

    private void take(JsonParser json, String key, Draft draft) throws IOException {
        json.nextToken();
        switch (key) {
            case "name" -> draft.name = shared(string(json, key));
            case "hostIdentifier" -> draft.hostId = shared(string(json, key));
            case "action" -> draft.action = string(json, key);
            case "unixTime" -> draft.unixTime = time(json);
            case "epoch" -> draft.epoch = wholeNumber(json, key);
            case "counter" -> draft.counter = wholeNumber(json, key);
            case "columns" -> draft.columns = row(json, key);
            case "snapshot" -> draft.snapshot = rows(json, key);
            case "diffResults" -> draft.difference = difference(json);
            case "decorations" -> decorations(json, draft);
            case "calendarTime", "numerics" -> json.skipChildren();
            default -> {
                draft.severity |= key.equals("severity");
                if (json.currentToken().isScalarValue() && !json.hasToken(JsonToken.VALUE_NULL)) {
                    draft.decorate(shared(key), shared(json.getText()));
                } else {
                    json.skipChildren();
                }
            }
        }
    }

    private static ResultLine finish(Draft draft) throws Refusal {
        Content content = content(draft);
        if (draft.hostId == null || draft.hostId.isEmpty()) {
            throw new Refusal("no hostIdentifier");
        }
        if (draft.name == null || draft.name.isEmpty()) {
            throw new Refusal("no name");
        }
        if (Double.isNaN(draft.unixTime)) {
            throw new Refusal("no unixTime");
        }
        return new ResultLine(
                draft.name, draft.hostId, draft.unixTime, draft.epoch, draft.counter, draft.decorations, content);
    }

    private static Content content(Draft draft) throws Refusal {
        if (draft.snapshot != null) {
            return new Content.Snapshot(draft.snapshot);
        }
        if (draft.difference != null) {
            return draft.difference;
        }
        if (draft.columns == null) {
            throw new Refusal(
                    draft.severity ? "a status line, not a result line" : "no columns, snapshot or diffResults");
        }
        if (draft.action == null) {
            throw new Refusal("no action");
        }
        return switch (draft.action) {
            case "added" -> new Content.Difference(List.of(), List.of(draft.columns));
            case "removed" -> new Content.Difference(List.of(draft.columns), List.of());
            case "snapshot" -> new Content.SnapshotRow(draft.columns);
            default -> throw new Refusal("unknown action " + shortened(draft.action));
        };
    }

    private Content.Difference difference(JsonParser json) throws IOException {
        if (!json.isExpectedStartObjectToken()) {
            throw new Refusal("diffResults is not an object");
        }
        List<ResultRow> removed = List.of();
        List<ResultRow> added = List.of();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            switch (key) {
                // An empty side is an empty string in some versions.
                case "removed" -> removed = json.hasToken(JsonToken.VALUE_STRING) ? List.of() : rows(json, key);
                case "added" -> added = json.hasToken(JsonToken.VALUE_STRING) ? List.of() : rows(json, key);
                default -> json.skipChildren();
            }
        }
        return new Content.Difference(removed, added);
    }

    private List<ResultRow> rows(JsonParser json, String key) throws IOException {
        if (!json.isExpectedStartArrayToken()) {
            throw new Refusal(key + " is not an array");
        }
        List<ResultRow> rows = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            rows.add(row(json, key));
        }
        return rows;
    }

    private ResultRow row(JsonParser json, String key) throws IOException {
        if (!json.isExpectedStartObjectToken()) {
            throw new Refusal(key + " holds a row that is not an object");
        }
        List<String> names = new ArrayList<>(32);
        List<@Nullable String> values = new ArrayList<>(32);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            names.add(name);
            values.add(
                    switch (json.nextToken()) {
                        case VALUE_NULL -> null;
                        case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> shared(json.getText());
                        default -> throw new Refusal("column " + shortened(name) + " is neither text nor number");
                    });
        }
        return new ResultRow(sharedShape(names), Collections.unmodifiableList(values));
    }

    private void decorations(JsonParser json, Draft draft) throws IOException {
        if (!json.isExpectedStartObjectToken()) {
            throw new Refusal("decorations is not an object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                draft.decorate(shared(key), shared(json.getText()));
            } else {
                json.skipChildren();
            }
        }
    }

    private static String string(JsonParser json, String key) throws IOException {
        if (!json.hasToken(JsonToken.VALUE_STRING)) {
            throw new Refusal(key + " is not a string");
        }
        return json.getText();
    }

    private static double time(JsonParser json) throws IOException {
        double seconds = Times.parse(scalar(json, "unixTime"));
        if (Double.isNaN(seconds)) {
            throw new Refusal("unixTime is not a time: " + shortened(json.getText()));
        }
        return seconds;
    }

    private static long wholeNumber(JsonParser json, String key) throws IOException {
        String text = scalar(json, key);
        try {
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new Refusal(key + " is not a whole number: " + shortened(text));
        }
    }

    private static String scalar(JsonParser json, String key) throws IOException {
        JsonToken token = json.currentToken();
        if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
            throw new Refusal(key + " is neither a number nor a string");
        }
        return json.getText();
    }

    private String shared(String text) {
        if (text.length() > LONGEST_SHARED) {
            return text;
        }
        String same = texts.get(text);
        if (same != null) {
            return same;
        }
        if (texts.size() < MOST_SHARED) {
            texts.put(text, text);
        }
        return text;
    }

    private List<String> sharedShape(List<String> names) {
        List<String> same = shapes.get(names);
        if (same != null) {
            return same;
        }
        List<String> shape = List.copyOf(names);
        if (shapes.size() < MOST_SHAPES) {
            shapes.put(shape, shape);
        }
        return shape;
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return shortened(end < 0 ? text : text.substring(0, end));
    }

    private static String shortened(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "...";
    }
}
