package dev.tandem.script.input;

/** When a source is read: {@code Input::Mode}, in its order. */
enum ReadMode {
    /** Once, and again when a script asks. */
    MANUAL,
    /** As a whole again whenever it has changed. */
    REREAD,
    /** Once, and then what is added. */
    STREAM
}
