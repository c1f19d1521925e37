package dev.tandem.hostprotocol.pack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a pack is: a file of osquery's own form.
 *
 * @param groups whose members are asked; empty for every host
 */
public record PackFile(String name, Path file, Set<String> groups) {
    /** osquery takes no configuration over 1 MiB (until 5.23.1); the rest of it needs room too. */
    private static final int MOST_BYTES = 900 << 10;

    /** What osquery itself calls its schedule: lines of such packs would have no pack in their names. */
    private static final Set<String> TAKEN = Set.of("main", "legacy_main");

    /** Says why a query can run nowhere; null when it may. */
    public interface SqlCheck {
        @Nullable
        String error(String sql);
    }

    public PackFile {
        groups = Set.copyOf(groups);
    }

    /** A pack for every host, called as its file is without what follows the first dot. */
    public static PackFile of(Path file) {
        Path last = file.getFileName();
        String name = last == null ? "" : last.toString();
        int dot = name.indexOf('.', 1);
        return new PackFile(dot < 0 ? name : name.substring(0, dot), file, Set.of());
    }

    /**
     * Reads packs, and checks them with the decorators.
     *
     * @param delimiter that hosts put between a pack's name and a query's
     * @param notes told of what is left out
     * @throws IOException when anything is wrong; the message has all of it, with places and cures
     */
    public static QueryPacks read(
            List<PackFile> files, Decorators decorators, String delimiter, SqlCheck sql, Consumer<String> notes)
            throws IOException {
        List<String> faults = new ArrayList<>();
        List<QueryPack> packs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int bytes = 0;
        for (PackFile each : files) {
            String unfit = each.unfitName(names);
            if (unfit != null) {
                faults.add(each.file + ": " + unfit);
                continue;
            }
            QueryPack pack = each.read(sql, faults, notes);
            if (pack != null) {
                packs.add(pack);
                bytes += pack.document().toString().getBytes(StandardCharsets.UTF_8).length;
            }
        }
        decorators.check(sql, faults);
        QueryPacks all = new QueryPacks(packs);
        faults.addAll(all.ambiguous(delimiter));
        if (bytes > MOST_BYTES) {
            faults.add("the packs are " + bytes + " bytes together, and osquery takes no configuration over 1 MiB:"
                    + " give fewer, or each to fewer groups");
        }
        if (!faults.isEmpty()) {
            throw new IOException(String.join("\n", faults));
        }
        return all;
    }

    private @Nullable String unfitName(Set<String> names) {
        if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
            return "\"" + name + "\" is no name for a pack: give it another in Hosts::packs";
        }
        if (TAKEN.contains(name)) {
            return "a pack cannot be called " + name + ", which is osquery's name for the schedule itself: rename it";
        }
        return names.add(name) ? null : "there is a pack " + name + " already: rename one of them";
    }

    private @Nullable QueryPack read(SqlCheck sql, List<String> faults, Consumer<String> notes) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            faults.add(file + ": cannot read the pack: " + e.getMessage());
            return null;
        }
        return new PackReader(this, sql, faults, notes).read(text);
    }
}
