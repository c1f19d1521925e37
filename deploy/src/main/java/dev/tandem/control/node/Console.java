package dev.tandem.control.node;

import java.io.PrintStream;

/** Where commands say what they do: as broctl, information to standard output, errors to standard error. */
public record Console(PrintStream out, PrintStream err) {
    public void info(String text) {
        out.println(text);
        out.flush();
    }

    /** Something that needs attention, but does not keep the command from its work. */
    public void warn(String text) {
        info("Warning: " + text);
    }

    public void error(String text) {
        out.flush();
        err.println("Error: " + text);
        err.flush();
    }

    /** Details of an error, as they are. */
    public void errorText(String text) {
        out.flush();
        err.println(text);
        err.flush();
    }
}
