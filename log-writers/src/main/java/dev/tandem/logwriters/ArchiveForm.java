package dev.tandem.logwriters;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** How archived logs are kept. */
public enum ArchiveForm {
    PLAIN("none", ""),
    GZIP("gz", ".gz"),
    ZSTD("zst", ".zst");

    private static final int BUFFER = 16 * 1024;

    /** A megabyte would be taken for every open log otherwise. */
    private static final int ZSTD_WINDOW_LOG = 17;

    private final String word;
    private final String suffix;

    ArchiveForm(String word, String suffix) {
        this.word = word;
        this.suffix = suffix;
    }

    /** By the name that options have for it; null when there is none such. */
    public static @Nullable ArchiveForm named(String word) {
        for (ArchiveForm form : values()) {
            if (form.word.equals(word)) {
                return form;
            }
        }
        return null;
    }

    /** What is added to the name of a log. */
    String suffix() {
        return suffix;
    }

    /** Compresses what is written on the way to {@code file}. */
    OutputStream into(OutputStream file) throws IOException {
        return switch (this) {
            case PLAIN -> file;
            case GZIP -> new Gzip(file);
            case ZSTD -> {
                ZstdOutputStream stream = new ZstdOutputStream(file);
                stream.setLevel(1);
                stream.setWindowLog(ZSTD_WINDOW_LOG);
                yield stream;
            }
        };
    }

    /** At the speed that keeps up with a busy log; it is done while packets wait. */
    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream file) throws IOException {
            super(file, BUFFER);
            def.setLevel(Deflater.BEST_SPEED + 2);
        }

        /** The deflater's memory is not on the heap. */
        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                def.end();
            }
        }
    }
}
