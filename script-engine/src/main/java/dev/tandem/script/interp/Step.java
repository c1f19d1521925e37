package dev.tandem.script.interp;

/** An executable statement. */
abstract class Step {
    /** How a statement ended. */
    static final int GO_ON = 0;

    static final int BREAK = 1;
    static final int NEXT = 2;
    static final int FALLTHROUGH = 3;
    static final int RETURN = 4;

    /** @return one of the constants; with RETURN the frame holds the result */
    abstract int run(Frame f);
}
