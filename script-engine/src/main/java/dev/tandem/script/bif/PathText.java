package dev.tandem.script.bif;

import java.util.ArrayList;
import java.util.List;

/** Paths as text. */
final class PathText {
    private PathText() {}

    /** Without {@code .}, empty and undone parts, a leading {@code .} excepted (Zeek {@code src/util.cc}, normalize_path). */
    static String normalize(String path) {
        if (!path.contains("/.") && !path.contains("//")) {
            return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        }
        List<String> kept = new ArrayList<>();
        String[] parts = path.split("/");
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            if (part.isEmpty() || part.equals(".") && i > 0) {
                continue;
            }
            String before = kept.isEmpty() ? "" : kept.get(kept.size() - 1);
            if (!part.equals("..") || before.isEmpty() || before.equals("~") || before.equals("..")) {
                kept.add(part);
            } else if (before.equals(".")) {
                kept.set(kept.size() - 1, "..");
            } else {
                kept.remove(kept.size() - 1);
            }
        }
        return (path.startsWith("/") ? "/" : "") + String.join("/", kept);
    }
}
