package dev.tandem.control.config;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of an option's value: parted at blanks, except between single or double quotes, which are left out as a shell does
 * (broctl hands ZeekArgs to one). Nothing else is special.
 */
public final class QuotedWords {
    private QuotedWords() {}

    private record Scan(List<String> words, boolean isWhole) {}

    /** Empty for a text of blanks; a quote that is not closed reaches to the end. */
    public static List<String> of(String text) {
        return scan(text).words;
    }

    /** Whether all quotes are closed. */
    static boolean isWhole(String text) {
        return scan(text).isWhole;
    }

    private static Scan scan(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean isInWord = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                isInWord = true; // '' is a word too
            } else if (!Character.isWhitespace(c)) {
                word.append(c);
                isInWord = true;
            } else if (isInWord) {
                words.add(word.toString());
                word.setLength(0);
                isInWord = false;
            }
        }
        if (isInWord) {
            words.add(word.toString());
        }
        return new Scan(words, quote == 0);
    }
}
