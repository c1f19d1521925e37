package dev.tandem.daemon;

/** Where a run is, in the words of Zeek's status file (zeek {@code src/util.cc}, set_processing_status). */
enum RunPhase {
    /** Reads scripts. */
    INITIALIZING("main"),
    /** Takes packets and whatever else comes in. */
    RUNNING("run_loop"),
    /** Logs what is open. */
    TERMINATING("done_with_network"),
    /** Has closed its logs. */
    TERMINATED("zeek_terminate_loop");

    private final String where;

    RunPhase(String where) {
        this.where = where;
    }

    /** The status file's line. */
    String line() {
        return name() + " [" + where + "]";
    }
}
