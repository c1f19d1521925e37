package dev.tandem.script.bif;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.opaque.RunningDigest;
import dev.tandem.script.opaque.RunningDigest.Algorithm;
import dev.tandem.script.runtime.OpaqueValue;

/** Digests fed piece by piece. One that is finished takes nothing more and gives the empty string. */
public final class DigestFunctions {
    private static final Sketch.Kind<RunningDigest> MD5 = kind("md5", "MD5Val");
    private static final Sketch.Kind<RunningDigest> SHA1 = kind("sha1", "SHA1Val");
    private static final Sketch.Kind<RunningDigest> SHA224 = kind("sha224", "SHA224Val");
    private static final Sketch.Kind<RunningDigest> SHA256 = kind("sha256", "SHA256Val");
    private static final Sketch.Kind<RunningDigest> SHA384 = kind("sha384", "SHA384Val");
    private static final Sketch.Kind<RunningDigest> SHA512 = kind("sha512", "SHA512Val");

    private DigestFunctions() {}

    private static Sketch.Kind<RunningDigest> kind(String name, String jsonName) {
        return new Sketch.Kind<>(name, jsonName, RunningDigest::copy);
    }

    private static boolean update(Sketch.Kind<RunningDigest> kind, OpaqueValue handle, Bytes data) {
        return kind.cast(handle).content().feed(data);
    }

    private static Bytes finish(Sketch.Kind<RunningDigest> kind, OpaqueValue handle) {
        return Bytes.of(kind.cast(handle).content().finish());
    }

    @Bif(value = "md5_hash_init", type = "function(): opaque of md5")
    public static OpaqueValue md5HashInit() {
        return MD5.of(RunningDigest.of(Algorithm.MD5));
    }

    @Bif(value = "md5_hash_update", type = "function(handle: opaque of md5, data: string): bool")
    public static boolean md5HashUpdate(OpaqueValue handle, Bytes data) {
        return update(MD5, handle, data);
    }

    @Bif(value = "md5_hash_finish", type = "function(handle: opaque of md5): string")
    public static Bytes md5HashFinish(OpaqueValue handle) {
        return finish(MD5, handle);
    }

    @Bif(value = "sha1_hash_init", type = "function(): opaque of sha1")
    public static OpaqueValue sha1HashInit() {
        return SHA1.of(RunningDigest.of(Algorithm.SHA1));
    }

    @Bif(value = "sha1_hash_update", type = "function(handle: opaque of sha1, data: string): bool")
    public static boolean sha1HashUpdate(OpaqueValue handle, Bytes data) {
        return update(SHA1, handle, data);
    }

    @Bif(value = "sha1_hash_finish", type = "function(handle: opaque of sha1): string")
    public static Bytes sha1HashFinish(OpaqueValue handle) {
        return finish(SHA1, handle);
    }

    @Bif(value = "sha224_hash_init", type = "function(): opaque of sha224")
    public static OpaqueValue sha224HashInit() {
        return SHA224.of(RunningDigest.of(Algorithm.SHA224));
    }

    @Bif(value = "sha224_hash_update", type = "function(handle: opaque of sha224, data: string): bool")
    public static boolean sha224HashUpdate(OpaqueValue handle, Bytes data) {
        return update(SHA224, handle, data);
    }

    @Bif(value = "sha224_hash_finish", type = "function(handle: opaque of sha224): string")
    public static Bytes sha224HashFinish(OpaqueValue handle) {
        return finish(SHA224, handle);
    }

    @Bif(value = "sha256_hash_init", type = "function(): opaque of sha256")
    public static OpaqueValue sha256HashInit() {
        return SHA256.of(RunningDigest.of(Algorithm.SHA256));
    }

    @Bif(value = "sha256_hash_update", type = "function(handle: opaque of sha256, data: string): bool")
    public static boolean sha256HashUpdate(OpaqueValue handle, Bytes data) {
        return update(SHA256, handle, data);
    }

    @Bif(value = "sha256_hash_finish", type = "function(handle: opaque of sha256): string")
    public static Bytes sha256HashFinish(OpaqueValue handle) {
        return finish(SHA256, handle);
    }

    @Bif(value = "sha384_hash_init", type = "function(): opaque of sha384")
    public static OpaqueValue sha384HashInit() {
        return SHA384.of(RunningDigest.of(Algorithm.SHA384));
    }

    @Bif(value = "sha384_hash_update", type = "function(handle: opaque of sha384, data: string): bool")
    public static boolean sha384HashUpdate(OpaqueValue handle, Bytes data) {
        return update(SHA384, handle, data);
    }

    @Bif(value = "sha384_hash_finish", type = "function(handle: opaque of sha384): string")
    public static Bytes sha384HashFinish(OpaqueValue handle) {
        return finish(SHA384, handle);
    }

    @Bif(value = "sha512_hash_init", type = "function(): opaque of sha512")
    public static OpaqueValue sha512HashInit() {
        return SHA512.of(RunningDigest.of(Algorithm.SHA512));
    }

    @Bif(value = "sha512_hash_update", type = "function(handle: opaque of sha512, data: string): bool")
    public static boolean sha512HashUpdate(OpaqueValue handle, Bytes data) {
        return update(SHA512, handle, data);
    }

    @Bif(value = "sha512_hash_finish", type = "function(handle: opaque of sha512): string")
    public static Bytes sha512HashFinish(OpaqueValue handle) {
        return finish(SHA512, handle);
    }
}
