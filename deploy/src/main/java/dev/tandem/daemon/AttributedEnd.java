package dev.tandem.daemon;

/**
 * Who was at one end of a connection, as {@code conn.log} tells it.
 *
 * @param host the monitored host's name or id; empty when it is not known
 * @param user empty when it is not known
 * @param process its path or name; empty when it is not known
 */
record AttributedEnd(String host, String user, String process) {
    private static final int UUID_LENGTH = 36;
    private static final int SHORT_ID = 13;

    /** @param side {@code orig} or {@code resp} */
    static AttributedEnd of(TsvLog.Row row, String side) {
        return new AttributedEnd(
                row.first(side + "_hostname", side + "_host", side + "_hosts"),
                row.first(side + "_user", side + "_users", side + "_uid", side + "_uids"),
                row.first(
                        side + "_path",
                        side + "_paths",
                        side + "_name",
                        side + "_names",
                        side + "_pid",
                        side + "_pids"));
    }

    boolean isKnown() {
        return !host.isEmpty() || !user.isEmpty() || !process.isEmpty();
    }

    /** {@code user@host process}, of which any part may be missing; the process without its folders. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(user);
        if (!host.isEmpty()) {
            text.append('@').append(host.length() == UUID_LENGTH ? host.substring(0, SHORT_ID) : host);
        }
        String program = process.substring(process.lastIndexOf('/') + 1);
        if (!program.isEmpty()) {
            text.append(text.isEmpty() ? "" : " ").append(program);
        }
        return text.toString();
    }
}
