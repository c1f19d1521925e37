package dev.tandem.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Seeds as {@code zeek -H} writes them: a number a line, the first of which starts {@code rand()} (zeek {@code
 * src/util.cc}, read_random_seeds).
 *
 * @param first the first number
 * @param whole a digest of the file, from which ids of connections are made
 */
record SeedFile(long first, long whole) {
    /** What {@code --deterministic} stands for. */
    static final SeedFile FIXED = new SeedFile(1, 1);

    /** @throws StartException when it cannot be read or does not begin with a number */
    static SeedFile read(Path file) throws StartException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new StartException(file + ": No such file or directory");
        } catch (IOException e) {
            throw new StartException(file + ": cannot be read");
        }
        String first = new String(bytes, StandardCharsets.ISO_8859_1).strip().split("\\s+", 2)[0];
        CRC32C digest = new CRC32C();
        digest.update(bytes);
        try {
            return new SeedFile(Long.parseLong(first), digest.getValue());
        } catch (NumberFormatException e) {
            throw new StartException(file + ": not a seed file: does not begin with a number");
        }
    }
}
