package dev.tandem.logwriters;

import java.nio.charset.StandardCharsets;

/** A time in UTC as {@code 2018-05-28T13:05:59.123456Z}, written as zeek {@code src/threading/formatters/JSON.cc} does. */
final class IsoTime {
    /** The most bytes of a time, for years of ten digits. */
    static final int MAX_LENGTH = 40;

    private static final byte[] UNSHOWABLE = "2000-01-01T00:00:00.000000".getBytes(StandardCharsets.ISO_8859_1);
    private static final int DAY = 86_400;

    /** About the years that fit the C library's struct tm. */
    private static final double LIMIT = 6.7e16;

    private IsoTime() {}

    /**
     * @param seconds since 1970; a time with no date (infinite, not a number) comes out as the year 2000 without the Z
     * @return the index behind the text
     */
    static int write(double seconds, byte[] out, int at) {
        double floor = Math.floor(seconds);
        if (!(Math.abs(floor) < LIMIT)) {
            System.arraycopy(UNSHOWABLE, 0, out, at, UNSHOWABLE.length);
            return at + UNSHOWABLE.length;
        }
        long whole = (long) floor;
        at = date(Math.floorDiv(whole, DAY), out, at);
        int ofDay = Math.floorMod(whole, DAY);
        out[at++] = 'T';
        at = Digits.pair(ofDay / 3600, out, at);
        out[at++] = ':';
        at = Digits.pair(ofDay / 60 % 60, out, at);
        out[at++] = ':';
        at = Digits.pair(ofDay % 60, out, at);
        out[at++] = '.';
        // Rounded without a carry: what is nearly a second comes out as 1000000, in Zeek too.
        int micros = (int) Math.rint(Math.abs(fraction(seconds)) * 1_000_000);
        at = micros == 1_000_000 ? Digits.unsigned(micros, out, at) : Digits.six(micros, out, at);
        out[at++] = 'Z';
        return at;
    }

    private static double fraction(double seconds) {
        double fraction = seconds - (long) seconds;
        return fraction < 0 ? fraction + 1 : fraction;
    }

    /** Days since 1970 as a Gregorian date; counts in years that begin in March, so that leap days come last. */
    private static int date(long days, byte[] out, int at) {
        long shifted = days + 719_468; // days since 0000-03-01
        long era = Math.floorDiv(shifted, 146_097);
        int ofEra = (int) (shifted - era * 146_097);
        int yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365;
        int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int fromMarch = (5 * ofYear + 2) / 153;
        int month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
        int day = ofYear - (153 * fromMarch + 2) / 5 + 1;
        at = Digits.signed(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), out, at);
        out[at++] = '-';
        at = Digits.pair(month, out, at);
        out[at++] = '-';
        return Digits.pair(day, out, at);
    }
}
