package dev.tandem.capture;

import java.io.IOException;

/** A trace or an interface that cannot be opened or read any further. The message is fit for the user. */
public final class CaptureException extends IOException {
    private static final long serialVersionUID = 1;

    public CaptureException(String message) {
        super(message);
    }

    public CaptureException(String message, Throwable cause) {
        super(message, cause);
    }
}
