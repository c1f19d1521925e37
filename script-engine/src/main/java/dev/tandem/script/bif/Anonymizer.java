package dev.tandem.script.bif;

import dev.tandem.core.value.Addr;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * IPv4 addresses replaced by others, the same ones for the life of an engine. Methods, and with chosen seeds results too, are
 * those of Zeek ({@code src/Anon.cc}). Engine thread.
 */
public final class Anonymizer {
    /** A way to replace addresses; it remembers what it gave out. */
    private static final class Method {
        private final IntUnaryOperator replacement;
        private final Map<Addr, Addr> known = new HashMap<>();

        Method(IntUnaryOperator replacement) {
            this.replacement = replacement;
        }

        Addr of(Addr a) {
            return known.computeIfAbsent(a, x -> Addr.v4(replacement.applyAsInt(x.v4Bits())));
        }
    }

    private final Map<String, Method> methods = new HashMap<>();
    private final PrefixTree prefixes;
    private int last = 1;

    public Anonymizer(RandomSource random) {
        KeyedDigest md5 = KeyedDigest.md5(random.seeds());
        KeyedDigest sha256 = KeyedDigest.sha256(random.seeds());
        prefixes = new PrefixTree(() -> (int) (random.next() << 16 | random.next() & 0xffff));
        methods.put("SEQUENTIALLY_NUMBERED", new Method(bits -> ++last));
        methods.put("PREFIX_PRESERVING_A50", new Method(prefixes::output));
        methods.put("RANDOM_MD5", new Method(bits -> scattered(md5, bits)));
        methods.put("RANDOM_SHA256", new Method(bits -> scattered(sha256, bits)));
        methods.put("PREFIX_PRESERVING_MD5", new Method(bits -> prefixPreserving(md5, bits)));
        methods.put("PREFIX_PRESERVING_SHA256", new Method(bits -> prefixPreserving(sha256, bits)));
    }

    /** The address itself when there is no such method. */
    Addr replace(String method, Addr a) {
        Method m = methods.get(method);
        return m == null ? a : m.of(a);
    }

    /** Keeps the first bits of an address as they are, in PREFIX_PRESERVING_A50. */
    void preserve(Addr prefix, int width) {
        prefixes.preserve(prefix.v4Bits(), width);
    }

    /** Unrelated addresses for related ones. */
    private static int scattered(KeyedDigest digest, int bits) {
        byte[] d = digest.of(ByteBuffer.allocate(4).putInt(bits).array());
        return Integer.reverseBytes(ByteBuffer.wrap(d).getInt());
    }

    /**
     * Each bit is turned or not depending on those before it (Xu et al., "On the Design and Performance of Prefix-Preserving IP
     * Traffic Trace Anonymization", 2001).
     */
    private static int prefixPreserving(KeyedDigest digest, int bits) {
        int turned = 0;
        for (int i = 0; i < 32; i++) {
            int padded = (int) (bits & -1L << 32 - i) | 1 << 31 - i;
            byte[] d = digest.of(
                    ByteBuffer.allocate(8).putInt(i + 1).putInt(padded).array());
            turned |= (d[0] & 1) << 31 - i;
        }
        return bits ^ turned;
    }
}
