package dev.tandem.script.gen;

/** Why a body stays interpreted. */
final class NotCompiled extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotCompiled(String why) {
        super(why, null, false, false);
    }
}
