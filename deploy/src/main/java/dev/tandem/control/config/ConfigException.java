package dev.tandem.control.config;

/** A configuration file is wrong; the message says where and what to do, for the user. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }
}
