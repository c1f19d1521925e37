package dev.tandem.cut;

/** Which of a log's header lines are printed. */
enum HeaderMode {
    NONE,
    /** Those of the first log only. */
    FIRST,
    ALL
}
