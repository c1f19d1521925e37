package dev.tandem.control.command;

import dev.tandem.control.config.ConfigException;
import dev.tandem.control.node.Console;
import dev.tandem.control.node.Site;
import java.nio.file.Path;

/**
 * Where the commands of one {@code tandemctl} work.
 *
 * @param home where Tandem is installed
 * @param prefix whose nodes they are about
 * @param isInteractive whether somebody types the commands at the prompt
 */
public record Session(Path home, Path prefix, Console console, boolean isInteractive) {
    /** Reads the configuration anew: it may have been edited since the last command. */
    public Site open() throws ConfigException {
        return Site.setUp(home, prefix, console);
    }
}
