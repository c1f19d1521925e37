package dev.tandem.script.pattern;

import java.util.Random;

/** Random patterns of the subset that reads the same here and in java.util.regex, over the letters a, b, c. */
final class RandomPatterns {
    private RandomPatterns() {}

    static String pattern(Random random, int depth) {
        if (depth == 0) {
            return atom(random);
        }
        return switch (random.nextInt(9)) {
            case 0, 1 -> pattern(random, depth - 1) + "|" + pattern(random, depth - 1);
            case 2, 3, 4 -> group(random, depth) + group(random, depth);
            case 5 -> group(random, depth) + "*";
            case 6 -> group(random, depth) + "?";
            case 7 -> group(random, depth) + count(random);
            default -> atom(random);
        };
    }

    private static String group(Random random, int depth) {
        return "(" + pattern(random, depth - 1) + ")";
    }

    private static String count(Random random) {
        int min = random.nextInt(4);
        return switch (random.nextInt(3)) {
            case 0 -> "{" + min + "}";
            case 1 -> "{" + min + ",}";
            default -> "{" + min + "," + (min + random.nextInt(3)) + "}";
        };
    }

    private static String atom(Random random) {
        String[] atoms = {"a", "b", "c", ".", "[ab]", "[^a]", "[^b-c]", "\\x61", "()", "a+", "b*"};
        return atoms[random.nextInt(atoms.length)];
    }

    static String input(Random random, int longest) {
        int length = random.nextInt(longest + 1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("abcabc\n".charAt(random.nextInt(7)));
        }
        return text.toString();
    }
}
