package dev.tandem.daemon;

import dev.tandem.core.value.Bytes;
import dev.tandem.hostprotocol.pack.Decorators;
import dev.tandem.hostprotocol.pack.PackFile;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.TableValue;
import dev.tandem.script.runtime.VectorValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Packs and decorators as the command line and the scripts' {@code Hosts} module name them. */
final class PackOptions {
    private PackOptions() {}

    /**
     * Those of the command line, then those of the scripts by their names.
     *
     * @throws IOException when groups are given a pack that is not there; the message is fit for the user
     */
    static List<PackFile> packs(RunOptions options, ScriptContext scripts) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        each(scripts, "packs", (name, file) -> {
            if (name instanceof Bytes pack && file instanceof Bytes path) {
                files.put(pack.utf8(), Path.of(path.utf8()));
            }
        });
        Map<String, Set<String>> groups = new TreeMap<>();
        each(scripts, "pack_groups", (name, members) -> {
            if (name instanceof Bytes pack && members instanceof TableValue set) {
                groups.put(pack.utf8(), texts(set));
            }
        });
        List<PackFile> packs = new ArrayList<>();
        for (Path file : options.packs()) {
            PackFile pack = PackFile.of(file);
            packs.add(with(pack.name(), file, groups));
        }
        files.forEach((name, file) -> packs.add(with(name, file, groups)));
        groups.keySet().removeAll(packs.stream().map(PackFile::name).toList());
        if (!groups.isEmpty()) {
            throw new IOException("Hosts::pack_groups: there is no pack " + String.join(", ", groups.keySet())
                    + ": give its file in Hosts::packs or by --pack");
        }
        return packs;
    }

    private static PackFile with(String name, Path file, Map<String, Set<String>> groups) {
        return new PackFile(name, file, groups.getOrDefault(name, Set.of()));
    }

    static Decorators decorators(ScriptContext scripts) {
        SortedMap<Long, List<String>> interval = new TreeMap<>();
        each(scripts, "decorators_interval", (every, queries) -> {
            if (every instanceof Double seconds) {
                interval.put(Math.round(seconds), texts(queries));
            }
        });
        return new Decorators(
                texts(scripts.global("Hosts::decorators_load")),
                texts(scripts.global("Hosts::decorators_always")),
                interval);
    }

    private static void each(
            ScriptContext scripts, String option, BiConsumer<@Nullable Object, @Nullable Object> taker) {
        if (scripts.global("Hosts::" + option) instanceof TableValue table) {
            for (int e = table.nextEntry(-1); e >= 0; e = table.nextEntry(e)) {
                Object key = table.entryKey(e);
                taker.accept(key == null ? null : TableValue.parts(key)[0], table.entryValue(e));
            }
        }
    }

    private static Set<String> texts(TableValue set) {
        Set<String> texts = new TreeSet<>();
        for (int e = set.nextEntry(-1); e >= 0; e = set.nextEntry(e)) {
            Object key = set.entryKey(e);
            if (key != null && TableValue.parts(key)[0] instanceof Bytes text) {
                texts.add(text.utf8());
            }
        }
        return texts;
    }

    private static List<String> texts(@Nullable Object vector) {
        List<String> texts = new ArrayList<>();
        if (vector instanceof VectorValue all) {
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i) instanceof Bytes text) {
                    texts.add(text.utf8());
                }
            }
        }
        return texts;
    }
}
