package dev.tandem.hostprotocol.enroll;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** What a host proves itself with after its enrolment. Kept nowhere but at the host: we know its {@link #hash} only. */
public final class NodeKey {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 24;

    private NodeKey() {}

    /** A new one, fit for JSON and headers. */
    public static String create() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** SHA-256 in hexadecimal: enough for keys nobody can guess. */
    public static String hash(String key) {
        return HexFormat.of().formatHex(digest(key));
    }

    public static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
