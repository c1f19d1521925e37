package dev.tandem.core.file;

import dev.tandem.core.event.EventType;
import dev.tandem.core.value.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/** Hashes a file, and tells when it was seen whole (zeek {@code src/file_analysis/analyzer/hash/Hash.cc}). */
final class HashFileAnalyzer implements FileAnalyzer {
    /** Names that scripts use, with those of Java. */
    static final Map<String, String> KINDS = Map.of(
            "MD5", "MD5",
            "SHA1", "SHA-1",
            "SHA224", "SHA-224",
            "SHA256", "SHA-256",
            "SHA384", "SHA-384",
            "SHA512", "SHA-512");

    private final FileAnalysis file;
    private final Bytes kind;
    private final EventType event;
    private final MessageDigest digest;
    private boolean fed;
    private boolean whole = true;

    HashFileAnalyzer(FileAnalysis file, String name, String algorithm, EventType event) {
        this.file = file;
        kind = Bytes.latin1(name.toLowerCase(Locale.ROOT));
        this.event = event;
        digest = digest(algorithm);
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has these
        }
    }

    @Override
    public boolean stream(byte[] data, int from, int to) {
        digest.update(data, from, to - from);
        fed |= to > from;
        return true;
    }

    /** A hash of a part is of no use. */
    @Override
    public boolean gap(long offset, long bytes) {
        whole = false;
        return false;
    }

    @Override
    public void end() {
        if (fed && whole && event.wanted()) {
            file.raise(event, kind, Bytes.latin1(HexFormat.of().formatHex(digest.digest())));
        }
    }
}
