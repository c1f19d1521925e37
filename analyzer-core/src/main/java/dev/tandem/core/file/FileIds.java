package dev.tandem.core.file;

import dev.tandem.core.connection.ConnectionUid;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.HighwayHash;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Ids of files: a hash of the handle, keyed by an option that sensors share, so that all of them give a file the same id (zeek
 * {@code src/file_analysis/Manager.cc}, HashHandle, and {@code src/Hash.cc}, StaticHash128).
 */
public final class FileIds {
    private static final String DEFAULT_SALT = "Please change this value.";

    private HighwayHash hash = new HighwayHash(key(Bytes.latin1(DEFAULT_SALT)));

    /** Takes the script option digest_salt. */
    public void salt(Bytes salt) {
        hash = new HighwayHash(key(salt));
    }

    private static long[] key(Bytes salt) {
        try {
            ByteBuffer digest = ByteBuffer.wrap(
                            MessageDigest.getInstance("SHA-256").digest(salt.array()))
                    .order(ByteOrder.LITTLE_ENDIAN);
            return new long[] {digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong()};
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    String of(Bytes handle, int bits) {
        long[] words = hash.hash128(handle.array());
        int[] next = {0};
        return ConnectionUid.next("F", bits, () -> words[next[0]++]).latin1();
    }
}
