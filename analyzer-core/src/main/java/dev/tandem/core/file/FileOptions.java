package dev.tandem.core.file;

/** What scripts choose about files; set before traffic. */
public final class FileOptions {
    /** Seconds of silence after which a file counts as over, when its record does not say. */
    public double timeout = 120;

    /** Of ids, at most 128. */
    public int idBits = 96;
}
