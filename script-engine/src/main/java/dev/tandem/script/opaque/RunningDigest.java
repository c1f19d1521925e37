package dev.tandem.script.opaque;

import dev.tandem.core.value.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A digest that is fed piece by piece and finished once, as {@code md5_hash_init} and its kin hand out. */
public final class RunningDigest {
    /** Which digest; the names are those of the opaque types. */
    public enum Algorithm {
        MD5("MD5"),
        SHA1("SHA-1"),
        SHA224("SHA-224"),
        SHA256("SHA-256"),
        SHA384("SHA-384"),
        SHA512("SHA-512");

        private final String standardName;

        Algorithm(String standardName) {
            this.standardName = standardName;
        }
    }

    private final Algorithm algorithm;
    private final MessageDigest digest;
    private boolean finished;

    private RunningDigest(Algorithm algorithm, MessageDigest digest, boolean finished) {
        this.algorithm = algorithm;
        this.digest = digest;
        this.finished = finished;
    }

    /** A digest of nothing yet. */
    public static RunningDigest of(Algorithm algorithm) {
        return new RunningDigest(algorithm, instance(algorithm), false);
    }

    /** The digest of {@code data}, in lower-case hexadecimal. */
    public static String hex(Algorithm algorithm, Bytes data) {
        return HexFormat.of().formatHex(instance(algorithm).digest(data.array()));
    }

    private static MessageDigest instance(Algorithm algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.standardName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no " + algorithm.standardName, e);
        }
    }

    public Algorithm algorithm() {
        return algorithm;
    }

    /** Whether more data can come: true until {@link #finish}. */
    public boolean isOpen() {
        return !finished;
    }

    /** Goes on with {@code data}; false, and nothing done, when finished. */
    public boolean feed(Bytes data) {
        return feed(data.array(), 0, data.length());
    }

    /** Goes on with the bytes from {@code from} up to {@code to}; false, and nothing done, when finished. */
    public boolean feed(byte[] data, int from, int to) {
        if (finished) {
            return false;
        }
        digest.update(data, from, to - from);
        return true;
    }

    /** The digest of all data so far in lower-case hexadecimal, without finishing; empty when finished. */
    public String soFar() {
        return finished ? "" : HexFormat.of().formatHex(copyOf(digest).digest());
    }

    /** The digest in lower-case hexadecimal; empty from the second time on, as in Zeek (OpaqueVal.cc, HashVal::Get). */
    public String finish() {
        if (finished) {
            return "";
        }
        finished = true;
        return HexFormat.of().formatHex(digest.digest());
    }

    /** A digest of the same data that goes its own way from here. */
    public RunningDigest copy() {
        return new RunningDigest(algorithm, copyOf(digest), finished);
    }

    private static MessageDigest copyOf(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the digests of this Java runtime cannot be copied", e);
        }
    }
}
