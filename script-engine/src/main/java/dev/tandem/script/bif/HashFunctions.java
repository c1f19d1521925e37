package dev.tandem.script.bif;

import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Seeds;
import dev.tandem.script.runtime.ByteSink;
import dev.tandem.script.runtime.ScriptContext;
import dev.tandem.script.runtime.ScriptError;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests and checksums in one call. */
public final class HashFunctions {
    private HashFunctions() {}

    private static byte[] digest(String algorithm, Object... args) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (Object a : args) {
                digest.update(BinaryForm.of(a).array());
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new ScriptError(algorithm + " is not available");
        }
    }

    static Bytes hex(byte[] data) {
        ByteSink out = new ByteSink(2 * data.length);
        for (byte b : data) {
            out.hex(b);
        }
        return out.toBytes();
    }

    @Bif(value = "md5_hash", type = "function(...): string", pure = true)
    public static Bytes md5Hash(Object... args) {
        return hex(digest("MD5", args));
    }

    @Bif(value = "sha1_hash", type = "function(...): string", pure = true)
    public static Bytes sha1Hash(Object... args) {
        return hex(digest("SHA-1", args));
    }

    @Bif(value = "sha224_hash", type = "function(...): string", pure = true)
    public static Bytes sha224Hash(Object... args) {
        return hex(digest("SHA-224", args));
    }

    @Bif(value = "sha256_hash", type = "function(...): string", pure = true)
    public static Bytes sha256Hash(Object... args) {
        return hex(digest("SHA-256", args));
    }

    @Bif(value = "sha384_hash", type = "function(...): string", pure = true)
    public static Bytes sha384Hash(Object... args) {
        return hex(digest("SHA-384", args));
    }

    @Bif(value = "sha512_hash", type = "function(...): string", pure = true)
    public static Bytes sha512Hash(Object... args) {
        return hex(digest("SHA-512", args));
    }

    private static Bytes keyed(KeyedDigest digest, Object[] args) {
        byte[][] parts = new byte[args.length][];
        for (int i = 0; i < args.length; i++) {
            parts[i] = BinaryForm.of(args[i]).array();
        }
        return hex(digest.of(parts));
    }

    private static Seeds seeds(ScriptContext ctx) {
        return ctx.service(RandomSource.class).seeds();
    }

    @Bif(value = "md5_hmac", type = "function(...): string")
    public static Bytes md5Hmac(ScriptContext ctx, Object... args) {
        return keyed(KeyedDigest.md5(seeds(ctx)), args);
    }

    @Bif(value = "sha256_hmac", type = "function(...): string")
    public static Bytes sha256Hmac(ScriptContext ctx, Object... args) {
        return keyed(KeyedDigest.sha256(seeds(ctx)), args);
    }

    @Bif(value = "fnv1a32", type = "function(input: any): count", pure = true)
    public static long fnv1a32(Object input) {
        int h = 0x811c9dc5;
        for (byte b : BinaryForm.of(input).array()) {
            h = (h ^ b & 0xff) * 16777619;
        }
        return h & 0xffff_ffffL;
    }

    @Bif(value = "fnv1a64", type = "function(input: any): count", pure = true)
    public static long fnv1a64(Object input) {
        long h = 0xcbf29ce484222325L;
        for (byte b : BinaryForm.of(input).array()) {
            h = (h ^ b & 0xff) * 0x100000001b3L;
        }
        return h;
    }

    /** Highest random weight: the site of a key is the one that weighs most (Thaler and Ravishankar, 1998). */
    @Bif(value = "hrw_weight", type = "function(key_digest: count, site_id: count): count", pure = true)
    public static long hrwWeight(long keyDigest, long siteId) {
        long d = keyDigest & 0x7fff_ffffL;
        long mixed = 1103515245L * (siteId & 0xffff_ffffL) + 12345 & 0xffff_ffffL;
        return 1103515245L * (mixed ^ d) + 12345 & 0x7fff_ffffL;
    }
}
