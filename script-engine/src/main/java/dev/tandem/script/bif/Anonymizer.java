package dev.tandem.script.bif;

import dev.tandem.core.value.Addr;
import dev.tandem.core.value.Subnet;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * IPv4 addresses replaced by others, the same ones for the life of an engine. The methods are those of Zeek's {@code
 * src/Anon.h}; what replaces what differs, since the keys do. Engine thread.
 */
public final class Anonymizer {
    private final byte[] key = new byte[32];
    private final Map<Addr, Addr> numbered = new HashMap<>();
    private final List<Subnet> preserved = new ArrayList<>();

    public Anonymizer(RandomSource random) {
        ByteBuffer words = ByteBuffer.wrap(key);
        while (words.hasRemaining()) {
            words.putInt((int) random.next());
        }
    }

    /** Numbers handed out from 0.0.0.2 on. */
    Addr sequential(Addr a) {
        return numbered.computeIfAbsent(a, x -> Addr.v4(numbered.size() + 2));
    }

    /** Unrelated addresses for related ones. */
    Addr random(Addr a) {
        return Addr.v4((int) (hash(a.v4Bits(), 32) >>> 32));
    }

    /** Keeps the first bits of addresses in a subnet as they are, in {@link #prefixPreserving}. */
    void preserve(Subnet subnet) {
        preserved.add(subnet);
    }

    /**
     * Addresses with a common prefix get addresses with a common prefix of that length: each bit is turned or not depending on
     * those before it (Xu et al., "On the Design and Performance of Prefix-Preserving IP Traffic Trace Anonymization", 2001).
     */
    Addr prefixPreserving(Addr a) {
        int bits = a.v4Bits();
        if (bits == 0 || bits == -1) {
            return a;
        }
        int turned = 0;
        for (int i = 0; i < 32; i++) {
            int before = i == 0 ? 0 : bits & -1 << 32 - i;
            if (!isPreserved(a, i) && (hash(before, i) & 1) == 1) {
                turned |= 1 << 31 - i;
            }
        }
        return Addr.v4(bits ^ turned);
    }

    /** Whether bit {@code i} lies in a preserved prefix that the bits before it lead into. */
    private boolean isPreserved(Addr a, int i) {
        for (Subnet s : preserved) {
            if (i < s.width() && a.mask(96 + i).equals(s.prefix().mask(96 + i))) {
                return true;
            }
        }
        return false;
    }

    private long hash(int bits, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(key);
            digest.update(ByteBuffer.allocate(8).putInt(bits).putInt(length).array());
            return ByteBuffer.wrap(digest.digest()).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
