package dev.tandem.core.storage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files that are replaced as a whole: whoever reads one has the old content or the new. A draft beside it, {@code .NAME.new},
 * takes its name when it is done. One writer of a file at a time.
 */
public final class WholeFile {
    private static final int BUFFER_BYTES = 1 << 16;

    /** What is to be in a file. */
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private WholeFile() {}

    /**
     * Replaces a file. After a crash of the machine it may be the old one.
     *
     * @param attributes the file is made with, such as its permissions
     */
    public static void write(Path file, String text, FileAttribute<?>... attributes) throws IOException {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)), false, attributes);
    }

    /** Replaces a file, and returns when the disk has it: what it stands for can be deleted then. */
    public static void writeSynced(Path file, Content content) throws IOException {
        write(file, content, true);
        syncFolder(file.toAbsolutePath().getParent());
    }

    private static void write(Path file, Content content, boolean isSynced, FileAttribute<?>... attributes)
            throws IOException {
        Path draft = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(draft); // with other attributes, maybe
        try (FileChannel channel = FileChannel.open(
                        draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES)) {
            content.writeTo(out);
            out.flush();
            if (isSynced) {
                channel.force(true);
            }
        }
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Makes new names in a folder last: a synced file whose name is lost is lost. */
    public static void syncFolder(@Nullable Path folder) throws IOException {
        if (folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
