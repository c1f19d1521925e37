package dev.tandem.script.input;

/** Where a source that is a file is found. */
final class SourcePath {
    private SourcePath() {}

    /** The source as messages name it: behind the prefix when it is a relative path. */
    static String name(String source, String prefix) {
        if (prefix.isEmpty() || source.startsWith("/")) {
            return source;
        }
        int end = prefix.length();
        while (end > 0 && prefix.charAt(end - 1) == '/') {
            end--;
        }
        return (end == 0 ? "/" : prefix.substring(0, end)) + "/" + source;
    }
}
