package dev.tandem.script.bif;

import dev.tandem.core.value.Seeds;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Digests that only who knows the run's seeds can compute. Not RFC 2104: Zeek mixes a key made of the seeds into the first
 * digest and hashes that again ({@code src/util.cc}, hmac_md5; {@code src/Hash.cc}, InitializeSeeds).
 */
final class KeyedDigest {
    private final String algorithm;
    private final byte[] key;

    private KeyedDigest(String algorithm, byte[] key) {
        this.algorithm = algorithm;
        this.key = key;
    }

    static KeyedDigest md5(Seeds seeds) {
        return new KeyedDigest("MD5", digest("MD5").digest(seeds.part(0, 64)));
    }

    static KeyedDigest sha256(Seeds seeds) {
        return new KeyedDigest("SHA-256", digest("SHA-256").digest(seeds.part(8, Seeds.BYTES)));
    }

    byte[] of(byte[]... data) {
        MessageDigest digest = digest(algorithm);
        for (byte[] d : data) {
            digest.update(d);
        }
        byte[] inner = digest.digest();
        for (int i = 0; i < inner.length; i++) {
            inner[i] ^= key[i];
        }
        return digest.digest(inner);
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no " + algorithm, e);
        }
    }
}
