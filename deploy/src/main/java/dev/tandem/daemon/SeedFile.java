package dev.tandem.daemon;

import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Seeds as {@code zeek -H} writes them: a number a line (zeek {@code src/util.cc}, read_random_seeds). */
final class SeedFile {
    /** What {@code --deterministic} stands for. */
    static final Seeds EMPTY = Seeds.fixed(0);

    private SeedFile() {}

    /** @throws StartException when it cannot be written */
    static void write(Seeds seeds, Path file) throws StartException {
        StringBuilder numbers = new StringBuilder().append(seeds.first()).append('\n');
        ByteBuffer material = ByteBuffer.wrap(seeds.material().array()).order(ByteOrder.LITTLE_ENDIAN);
        while (material.hasRemaining()) {
            numbers.append(Integer.toUnsignedString(material.getInt())).append('\n');
        }
        try {
            Files.writeString(file, numbers);
        } catch (IOException e) {
            throw new StartException(file + ": cannot be written");
        }
    }

    /** @throws StartException when it cannot be read or lacks a number */
    static Seeds read(Path file) throws StartException {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new StartException(file + ": No such file or directory");
        } catch (IOException e) {
            throw new StartException(file + ": cannot be read");
        }
        String[] numbers = text.strip().split("\\s+");
        ByteBuffer material = ByteBuffer.allocate(Seeds.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        if (numbers.length <= Seeds.BYTES / Integer.BYTES) {
            throw new StartException(
                    file + ": not a seed file: has fewer than " + (1 + Seeds.BYTES / Integer.BYTES) + " numbers");
        }
        try {
            for (int i = 1; material.hasRemaining(); i++) {
                material.putInt(Integer.parseUnsignedInt(numbers[i]));
            }
            return new Seeds(Integer.parseUnsignedInt(numbers[0]) & 0xffff_ffffL, Bytes.wrap(material.array()), true);
        } catch (NumberFormatException e) {
            throw new StartException(file + ": not a seed file: has something that is no number");
        }
    }
}
