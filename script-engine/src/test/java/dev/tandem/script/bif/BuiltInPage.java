package dev.tandem.script.bif;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page of the built-in functions, {@code docs/scripting/built-ins.md}: names and prototypes from their {@link Bif}
 * annotations, grouped by the class they are in, with the first sentence of each comment.
 */
final class BuiltInPage {
    private static final String COMMENT = "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*";

    private final Path sources;

    /** @param sources the folder that packages begin in */
    BuiltInPage(Path sources) {
        this.sources = sources;
    }

    String text() throws IOException {
        Map<String, List<BifDefinition>> families = new TreeMap<>();
        Map<String, Class<?>> classes = new TreeMap<>();
        for (BifDefinition d : BifRegistry.all()) {
            Class<?> family = d.method().getDeclaringClass();
            String title = title(family);
            classes.put(title, family);
            families.computeIfAbsent(title, t -> new ArrayList<>()).add(d);
        }
        StringBuilder page = new StringBuilder();
        page.append("# Built-in functions\n\n");
        page.append("Written by `BuiltInPageTest` from the annotations in the source; do not edit. ");
        page.append("\"Pure\" functions give equal results for equal arguments and do nothing else.\n\n");
        page.append("Contents: ");
        page.append(String.join(
                ", ", families.keySet().stream().map(BuiltInPage::link).toList()));
        page.append(".\n");
        for (Map.Entry<String, List<BifDefinition>> family : families.entrySet()) {
            append(page, family.getKey(), classes.get(family.getKey()), family.getValue());
        }
        return page.toString();
    }

    private void append(StringBuilder page, String title, Class<?> family, List<BifDefinition> functions)
            throws IOException {
        String source = Files.readString(sources.resolve(family.getName().replace('.', '/') + ".java"));
        page.append("\n## ").append(title).append("\n\n");
        page.append(comment(source, "(?:public )?final class " + family.getSimpleName()))
                .append("\n\n");
        functions.sort(Comparator.comparing(BifDefinition::name));
        for (BifDefinition d : functions) {
            String prototype = d.prototype().replaceFirst("^function", d.name());
            String what = comment(source, "@Bif\\(\\s*(?:value\\s*=\\s*)?\"" + Pattern.quote(d.name()) + "\"");
            page.append("- `").append(prototype).append("`");
            page.append(what.isEmpty() ? "" : ": " + what);
            page.append(d.isPure() ? " (pure)" : "").append("\n");
        }
    }

    /** The first sentence of the comment before something; empty when there is none. */
    private static String comment(String source, String before) {
        Matcher m = Pattern.compile(COMMENT + before, Pattern.DOTALL).matcher(source);
        if (!m.find()) {
            return "";
        }
        String text = m.group(1)
                .replaceAll("\\s*\\n\\s*\\* ?", " ")
                .replaceAll("\\{@code\\s+([^}]*)\\}", "`$1`")
                .replaceAll("\\{@link\\s+#?([^}]*)\\}", "`$1`")
                .strip();
        Matcher end = Pattern.compile("(?<=[^.][a-z)`0-9\"])\\.(?= [A-Z]|$)|<p>| @param | @return ")
                .matcher(text);
        String sentence = end.find() ? text.substring(0, end.start()) : text;
        return sentence.strip() + ".";
    }

    /** The class's name in words. */
    private static String title(Class<?> family) {
        String name = family.getSimpleName().replaceFirst("(Functions|Bifs)$", "");
        String words = name.replaceAll("(?<=[a-z])(?=[A-Z])", " ");
        return words.charAt(0) + words.substring(1).toLowerCase(java.util.Locale.ROOT);
    }

    private static String link(String title) {
        return "[" + title + "](#" + title.toLowerCase(java.util.Locale.ROOT).replace(' ', '-') + ")";
    }
}
