package dev.tandem.script.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** What tells whether the file behind a path is still the one that was read, unchanged. */
record FileVersion(FileTime modified, long bytes, @Nullable Object key) {
    /** @throws IOException when there is no such file, or it cannot be looked at */
    static FileVersion of(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileVersion(now.lastModifiedTime(), now.size(), now.fileKey());
    }

    /** The same file, though it may have grown. */
    boolean isSameFile(@Nullable FileVersion other) {
        return other != null && key != null && key.equals(other.key);
    }
}
