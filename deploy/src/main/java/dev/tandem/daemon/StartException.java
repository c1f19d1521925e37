package dev.tandem.daemon;

/** Why Tandem cannot start; the message is fit for the user. */
final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    StartException(String message) {
        super(message);
    }
}
