package dev.tandem.script.bif;

import dev.tandem.script.runtime.FuncValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The script functions that are asked before an option changes. An engine offers it as a service; engine thread. */
public final class OptionHandlers {
    private record Handler(FuncValue function, long priority) {}

    private final Map<String, List<Handler>> byOption = new HashMap<>();

    /** Behind those of the same priority. */
    void add(String option, FuncValue function, long priority) {
        List<Handler> handlers = byOption.computeIfAbsent(option, o -> new ArrayList<>());
        int at = 0;
        while (at < handlers.size() && handlers.get(at).priority >= priority) {
            at++;
        }
        handlers.add(at, new Handler(function, priority));
    }

    /** Highest priority first. */
    List<FuncValue> of(String option) {
        return byOption.getOrDefault(option, List.of()).stream()
                .map(Handler::function)
                .toList();
    }
}
