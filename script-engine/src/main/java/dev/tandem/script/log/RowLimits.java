package dev.tandem.script.log;

/**
 * How much of a row's strings and containers is written; 0 for no limit.
 *
 * @param fieldStringBytes of one string
 * @param totalStringBytes of all strings of a row
 * @param fieldElements of one set or vector
 * @param totalElements of all sets and vectors of a row
 */
record RowLimits(long fieldStringBytes, long totalStringBytes, long fieldElements, long totalElements) {
    static final RowLimits NONE = new RowLimits(0, 0, 0, 0);

    /** What is allowed of a string or container, given how much the row holds already. */
    static int allowed(int wanted, long perField, long perRow, long soFar) {
        long most = wanted;
        if (perField != 0) {
            most = Math.min(most, perField);
        }
        if (perRow != 0) {
            most = Math.min(most, Math.max(0, perRow - soFar));
        }
        return (int) most;
    }
}
