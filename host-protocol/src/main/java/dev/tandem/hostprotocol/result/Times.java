package dev.tandem.hostprotocol.result;

/** Times as text. */
final class Times {
    private static final double LATEST = 1e11;

    private Times() {}

    /** Seconds since 1970 out of decimal text; NaN when it is none or lies beyond any calendar. */
    static double parse(String text) {
        if (text.isEmpty() || text.length() > 40 || !isDecimal(text)) {
            return Double.NaN;
        }
        double seconds = Double.parseDouble(text);
        return seconds < LATEST ? seconds : Double.NaN;
    }

    private static boolean isDecimal(String text) {
        int points = 0;
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                points++;
            } else if (c >= '0' && c <= '9') {
                digits++;
            } else {
                return false;
            }
        }
        return points <= 1 && digits > 0;
    }
}
